"""Bringing a database up to date, in one transaction: it is either as old as it was or as new as this program.

Refuses a database from a newer program.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, select, table
from sqlalchemy.sql import column

from oralhistory import paths
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0023"
"""The last migration there is. Known here so that an up-to-date database opens without reading the migrations."""


def to_newest(engine: Engine, keep: Callable[[str], None] = lambda _revision: None) -> None:
    """Carry out every migration that the database has not seen; `keep` puts the older one aside by its revision first."""
    with engine.begin() as connection:
        at = revision(connection)
    if at == NEWEST:
        return
    from alembic import command

    config = _config()
    if at is not None:
        _refuse_newer(config, at)
        keep(at)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(connection: Connection) -> str | None:
    """The migration that the database was last brought to; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = table("alembic_version", column("version_num"))
    found = connection.execute(select(version.c.version_num)).scalar()
    return None if found is None else str(found)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    return config


def _refuse_newer(config: "Config", at: str) -> None:
    from alembic.script import ScriptDirectory

    if at not in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}:
        raise MalformedInput(
            tr("This archive was made by a newer version of the program."),
            safe=tr("Nothing was changed."),
            todo=tr("Open it with the newer version."),
        )
