"""The script in which a draft's Chinese is written, and what converted it."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("ALTER TABLE drafts ADD COLUMN chinese TEXT DEFAULT '' NOT NULL")
