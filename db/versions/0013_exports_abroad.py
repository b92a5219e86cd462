"""Whether an export went to another country, so that who takes that back is told of it."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("ALTER TABLE exports ADD COLUMN abroad INTEGER DEFAULT 0 NOT NULL")
