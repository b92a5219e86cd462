"""How narrators may be reached: part of who they really are."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE contacts (
            row INTEGER NOT NULL PRIMARY KEY,
            person_id TEXT NOT NULL UNIQUE REFERENCES narrators (id),
            wish TEXT NOT NULL,
            channel TEXT NOT NULL,
            hours TEXT NOT NULL,
            alias TEXT NOT NULL
        ) STRICT"""
    )
