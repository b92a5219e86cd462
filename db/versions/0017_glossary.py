"""The organisation's words, and what is misheard for them."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE glossary (
    row INTEGER NOT NULL PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    variants TEXT NOT NULL,
    language TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT"""
    )
