"""Whether an export was the summary of an interview, and not its text."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("ALTER TABLE exports ADD COLUMN summary INTEGER DEFAULT 0 NOT NULL")
