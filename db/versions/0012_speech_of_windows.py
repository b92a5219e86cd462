"""Where somebody speaks in each window of a draft, so that speech without text can be told."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE windows ADD COLUMN speech TEXT")
