"""The schema as the migrations make it, written out for people: `python -m oralhistory.storage.schema` renews db/schema.sql."""

import secrets
import tempfile
from pathlib import Path

from sqlalchemy import text

from oralhistory import paths
from oralhistory.storage import migrate
from oralhistory.storage.engine import KEY_BYTES, open_engine

SCHEMA_FILE = "schema.sql"

# Without the tables that a full-text index keeps for itself.
_STATEMENTS = """
    SELECT sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
    ORDER BY tbl_name, type DESC, name
"""


def schema() -> str:
    """The statements that describe a freshly migrated database, by the order of their names."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "empty.db", secrets.token_bytes(KEY_BYTES))
        try:
            migrate.to_newest(engine)
            with engine.connect() as connection:
                statements = [str(sql) for sql in connection.execute(text(_STATEMENTS)).scalars()]
        finally:
            engine.dispose()
    return "".join(f"{statement};\n" for statement in statements)


if __name__ == "__main__":
    (paths.migrations() / SCHEMA_FILE).write_text(schema(), encoding="utf-8")
