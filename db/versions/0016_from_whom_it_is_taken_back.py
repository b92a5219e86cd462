"""From whom a narrator took consent back, where not from everybody, and whether that binds every document."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("ALTER TABLE withdrawals ADD COLUMN recipient TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE withdrawals ADD COLUMN lasting INTEGER DEFAULT 1 NOT NULL")
