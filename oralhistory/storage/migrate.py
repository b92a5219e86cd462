"""Bringing a database up to date, in one transaction: it is either as old as it was or as new as this program.

Refuses a database from a newer program.
"""

from sqlalchemy import Connection, Engine, inspect, select, table
from sqlalchemy.sql import column

from oralhistory import paths
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

NEWEST = "0007"
"""The last migration there is. Known here so that an up-to-date database opens without reading the migrations."""


def to_newest(engine: Engine) -> None:
    """Carry out every migration that the database has not seen."""
    with engine.begin() as connection:
        if revision(connection) != NEWEST:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The migration that the database was last brought to; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = table("alembic_version", column("version_num"))
    found = connection.execute(select(version.c.version_num)).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    at = revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if at is not None and at not in known:
        raise MalformedInput(
            tr("This archive was made by a newer version of the program."),
            safe=tr("Nothing was changed."),
            todo=tr("Open it with the newer version."),
        )
    command.upgrade(config, "head")
