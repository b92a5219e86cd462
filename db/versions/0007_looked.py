"""What the detectors found in each text, and a number that counts the changes of each interview's reviewed text."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = """
CREATE TABLE text_revisions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL UNIQUE REFERENCES interviews (id),
    number INTEGER NOT NULL
) STRICT;
CREATE TABLE looked (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    text_sha256 TEXT NOT NULL,
    version TEXT NOT NULL,
    findings TEXT NOT NULL,
    UNIQUE (interview_id, text_sha256)
) STRICT;
CREATE INDEX ix_looked_interview_id ON looked (interview_id)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement.strip())
