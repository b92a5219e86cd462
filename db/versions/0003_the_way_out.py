"""Who decided when; what the leak check found and what people explained; what an export was made of."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = """
ALTER TABLE decisions ADD COLUMN by TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN at TEXT;
ALTER TABLE exports ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exports ADD COLUMN text_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE exports ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE exports ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';
CREATE TABLE leak_findings (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    mark TEXT NOT NULL,
    text TEXT NOT NULL,
    entity TEXT NOT NULL,
    part TEXT NOT NULL,
    rule TEXT NOT NULL,
    around TEXT NOT NULL,
    number INTEGER NOT NULL,
    found_at TEXT NOT NULL,
    UNIQUE (interview_id, mark)
) STRICT;
CREATE INDEX ix_leak_findings_interview_id ON leak_findings (interview_id);
CREATE TABLE leak_explanations (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_leak_explanations_interview_id ON leak_explanations (interview_id);
"""


def upgrade() -> None:
    for statement in filter(str.strip, STATEMENTS.split(";")):
        op.execute(statement)
