"""Marks and closed passages know the note in the take's own log that says the same."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table in ("marks", "sealed_ranges"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN note_id TEXT DEFAULT '' NOT NULL")
