"""Sessions without sound, and what was written down in them."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = """
CREATE TABLE written_sessions (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    number INTEGER NOT NULL,
    session INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX ix_written_sessions_interview_id ON written_sessions (interview_id)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement.strip())
