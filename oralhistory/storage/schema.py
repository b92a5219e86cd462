"""The schema as the migrations make it, written out for people and for new databases (see `migrate`).

`python -m oralhistory.storage.schema` renews db/schema.sql.
"""

import secrets
import tempfile
from pathlib import Path

from sqlalchemy import Connection, text

from oralhistory import paths
from oralhistory.storage import migrate
from oralhistory.storage.engine import KEY_BYTES, open_engine

# Without the tables that a full-text index keeps for itself. A table stands before its indexes and triggers.
_STATEMENTS = """
    SELECT sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
    ORDER BY tbl_name, type <> 'table', type, name
"""
_INDEXES = "SELECT name FROM pragma_table_list WHERE type = 'virtual' ORDER BY name"


def schema() -> str:
    """The statements that make a freshly migrated database, by the order of their names; then its few rows."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "empty.db", secrets.token_bytes(KEY_BYTES))
        try:
            migrate.carry_out(engine)
            with engine.connect() as connection:
                statements = [str(sql) for sql in connection.execute(text(_STATEMENTS)).scalars()]
                version = f"INSERT INTO alembic_version VALUES ('{migrate.NEWEST}')"  # noqa: S608
                statements += [*_options(connection), version]
        finally:
            engine.dispose()
    return "".join(f"{statement};\n" for statement in statements)


def _options(connection: Connection) -> list[str]:
    """How the full-text indexes were set."""
    return [
        f"INSERT INTO {index} ({index}, rank) VALUES ('{key}', {value})"  # noqa: S608
        for index in connection.execute(text(_INDEXES)).scalars()
        for key, value in connection.execute(
            text(f"SELECT k, v FROM {index}_config WHERE k <> 'version' ORDER BY k")  # noqa: S608
        )
    ]


if __name__ == "__main__":
    (paths.migrations() / migrate.SCHEMA_FILE).write_text(schema(), encoding="utf-8")
