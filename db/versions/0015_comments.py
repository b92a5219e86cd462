"""Comments that people pin to segments of the reviewed text."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("ALTER TABLE reviewed_segments ADD COLUMN comments TEXT DEFAULT '[]' NOT NULL")
