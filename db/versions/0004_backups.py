"""Known backups, the catalogue of sealed files, and what was destroyed for good."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = """
CREATE TABLE backups (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    begun INTEGER NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    finished_at TEXT,
    size INTEGER NOT NULL,
    obeyed INTEGER NOT NULL
) STRICT;
CREATE TABLE sealed_files (
    row INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    mtime_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE tombstones (
    row INTEGER NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE destructions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    "by" TEXT NOT NULL,
    place TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    finished_at TEXT,
    step TEXT NOT NULL,
    told TEXT NOT NULL
) STRICT
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement.strip())
