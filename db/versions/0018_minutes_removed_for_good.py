"""Minutes that were taken out of the sound of an interview for good: which, by whom, why, and how far that has come."""

from alembic import op

revision = "0018"
down_revision = "0017"

STATEMENTS = """
CREATE TABLE removals (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    code TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    "by" TEXT NOT NULL,
    place TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    finished_at TEXT,
    step TEXT NOT NULL,
    told TEXT NOT NULL
) STRICT;
CREATE INDEX ix_removals_interview_id ON removals (interview_id);
"""


def upgrade() -> None:
    for statement in filter(str.strip, STATEMENTS.split(";")):
        op.execute(statement)
