"""What is known of interviews and narrators: statements, events, who had which part, sessions, topics."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = """
CREATE TABLE facts (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    session INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_facts_interview_id ON facts (interview_id);
CREATE TABLE events (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    type TEXT NOT NULL,
    date TEXT NOT NULL,
    expression TEXT NOT NULL,
    calendar TEXT NOT NULL,
    place TEXT NOT NULL,
    level TEXT NOT NULL,
    perspective TEXT NOT NULL,
    confidence TEXT NOT NULL,
    told_ms INTEGER,
    follows TEXT NOT NULL
) STRICT;
CREATE INDEX ix_events_interview_id ON events (interview_id);
CREATE TABLE participants (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    part TEXT NOT NULL,
    who TEXT NOT NULL,
    label TEXT NOT NULL,
    shown INTEGER NOT NULL,
    UNIQUE (interview_id, part, who)
) STRICT;
CREATE TABLE sessions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    number INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    place TEXT NOT NULL,
    level TEXT NOT NULL,
    present TEXT NOT NULL,
    safety_note TEXT NOT NULL,
    UNIQUE (interview_id, number)
) STRICT;
CREATE TABLE topics (
    row INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    names TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;
CREATE TABLE topics_told (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    topic TEXT NOT NULL,
    start_ms INTEGER,
    end_ms INTEGER
) STRICT;
CREATE INDEX ix_topics_told_interview_id ON topics_told (interview_id)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement.strip())
