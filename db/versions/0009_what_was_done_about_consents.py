"""What was done about a consent after it was given, the organisation's own texts, and who else had a part in a consent."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = """
ALTER TABLE consent_versions ADD COLUMN narrator TEXT DEFAULT '' NOT NULL;
ALTER TABLE consent_versions ADD COLUMN form_sha256 TEXT DEFAULT '' NOT NULL;
ALTER TABLE consent_versions ADD COLUMN recorded_by TEXT DEFAULT '' NOT NULL;
ALTER TABLE consent_versions ADD COLUMN guardian TEXT DEFAULT '' NOT NULL;
ALTER TABLE consent_versions ADD COLUMN assent INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE consent_versions ADD COLUMN interpreter_undertaking INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE withdrawals ADD COLUMN due_on TEXT;
CREATE TABLE consent_events (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    act TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    second TEXT NOT NULL,
    version INTEGER NOT NULL,
    purpose TEXT,
    recipient TEXT NOT NULL,
    day TEXT,
    note TEXT NOT NULL,
    wish TEXT
) STRICT;
CREATE INDEX ix_consent_events_interview_id ON consent_events (interview_id);
CREATE TABLE attachments (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX ix_attachments_interview_id ON attachments (interview_id);
CREATE TABLE form_texts (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    document TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement.strip())
