"""Bringing a database up to date, in one transaction: it is either as old as it was or as new as this program.

A new one is made from the schema as it is written out (see `schema`), without going through what earlier programs had.
Refuses a database from a newer program.
"""

import sqlite3
from collections.abc import Callable, Iterator
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
SCHEMA_FILE = "schema.sql"
"""Beside the migrations: what they lead to."""


def to_newest(engine: Engine, keep: Callable[[str], None] = lambda _revision: None) -> None:
    """Carry out every migration that the database has not seen; `keep` puts the older one aside by its revision first."""
    with engine.begin() as connection:
        at = revision(connection)
        if at is None:
            for statement in _statements((paths.migrations() / SCHEMA_FILE).read_text(encoding="utf-8")):
                connection.exec_driver_sql(statement)
    if at is not None and at != NEWEST:
        _refuse_newer(at)
        keep(at)
        carry_out(engine)


def carry_out(engine: Engine) -> None:
    """Every migration that the database has not seen; of an empty one all of them, to see where they lead."""
    from alembic import command

    config = _config()
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


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    return config


def _refuse_newer(at: str) -> None:
    from alembic.script import ScriptDirectory

    if at not in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise MalformedInput(
            tr("This archive was made by a newer version of the program."),
            safe=tr("Nothing was changed."),
            todo=tr("Open it with the newer version."),
        )
