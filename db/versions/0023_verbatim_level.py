"""How closely each interview's text follows what was said. Until now every export said: as spoken."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("ALTER TABLE interviews ADD COLUMN verbatim TEXT DEFAULT 'strict' NOT NULL")
