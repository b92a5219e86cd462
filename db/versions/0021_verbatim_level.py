"""How closely each interview's text follows what was said. Until now every export said: as spoken."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("ALTER TABLE interviews ADD COLUMN verbatim TEXT DEFAULT 'strict' NOT NULL")
