"""Checks of the sealed sound, so that every recording is read again before too long."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = """
CREATE TABLE fixity_events (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX ix_fixity_events_interview_id ON fixity_events (interview_id);
CREATE INDEX ix_fixity_events_recording_id ON fixity_events (recording_id)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement.strip())
