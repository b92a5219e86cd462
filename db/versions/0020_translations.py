"""What segments of the reviewed text say in other languages."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("ALTER TABLE reviewed_segments ADD COLUMN translations TEXT DEFAULT '[]' NOT NULL")
