CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
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
CREATE TABLE attestations (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    kind TEXT NOT NULL,
    "by" TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX ix_attestations_interview_id ON attestations (interview_id);
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
, narrator TEXT DEFAULT '' NOT NULL, settles INTEGER DEFAULT 0 NOT NULL) STRICT;
CREATE INDEX ix_consent_events_interview_id ON consent_events (interview_id);
CREATE TABLE consent_permissions (
    row INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES consent_versions (row),
    purpose TEXT NOT NULL,
    decision TEXT NOT NULL,
    identity TEXT NOT NULL,
    form TEXT NOT NULL,
    recipient TEXT NOT NULL,
    valid_from TEXT,
    valid_until TEXT
) STRICT;
CREATE INDEX ix_consent_permissions_version ON consent_permissions (version);
CREATE TABLE consent_versions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    number INTEGER NOT NULL,
    stage TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    session INTEGER NOT NULL,
    form_text TEXT NOT NULL,
    language TEXT NOT NULL,
    mode TEXT NOT NULL,
    evidence TEXT NOT NULL,
    witness TEXT NOT NULL,
    obtained_by TEXT NOT NULL,
    obtained_on TEXT,
    interpreter TEXT NOT NULL,
    checklist TEXT NOT NULL,
    capacity_concern TEXT NOT NULL,
    sensitive_data INTEGER NOT NULL,
    embargo_until TEXT,
    embargo_condition TEXT NOT NULL,
    review_wanted TEXT NOT NULL,
    review_status TEXT NOT NULL,
    recontact TEXT NOT NULL,
    third_parties TEXT NOT NULL,
    risk_level TEXT NOT NULL,
    relatives_at_risk INTEGER NOT NULL,
    risk_next_review TEXT, narrator TEXT DEFAULT '' NOT NULL, form_sha256 TEXT DEFAULT '' NOT NULL, recorded_by TEXT DEFAULT '' NOT NULL, guardian TEXT DEFAULT '' NOT NULL, assent INTEGER DEFAULT 0 NOT NULL, interpreter_undertaking INTEGER DEFAULT 0 NOT NULL,
    UNIQUE (interview_id, number)
) STRICT;
CREATE TABLE contacts (
            row INTEGER NOT NULL PRIMARY KEY,
            person_id TEXT NOT NULL UNIQUE REFERENCES narrators (id),
            wish TEXT NOT NULL,
            channel TEXT NOT NULL,
            hours TEXT NOT NULL,
            alias TEXT NOT NULL
        ) STRICT;
CREATE TABLE custody (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    object_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX ix_custody_interview_id ON custody (interview_id);
CREATE TABLE decisions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    document TEXT NOT NULL
, by TEXT NOT NULL DEFAULT '', at TEXT) STRICT;
CREATE INDEX ix_decisions_interview_id ON decisions (interview_id);
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
) STRICT;
CREATE TABLE drafts (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    finished INTEGER NOT NULL
, chinese TEXT DEFAULT '' NOT NULL) STRICT;
CREATE INDEX ix_drafts_interview_id ON drafts (interview_id);
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
CREATE TABLE exports (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    code TEXT NOT NULL,
    format TEXT NOT NULL,
    profile TEXT NOT NULL,
    purpose TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    made_at TEXT NOT NULL
, size INTEGER NOT NULL DEFAULT 0, text_digest TEXT NOT NULL DEFAULT '', rules TEXT NOT NULL DEFAULT '', counts TEXT NOT NULL DEFAULT '{}', abroad INTEGER DEFAULT 0 NOT NULL, summary INTEGER DEFAULT 0 NOT NULL) STRICT;
CREATE INDEX ix_exports_interview_id ON exports (interview_id);
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
CREATE TABLE fixity_events (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX ix_fixity_events_interview_id ON fixity_events (interview_id);
CREATE INDEX ix_fixity_events_recording_id ON fixity_events (recording_id);
CREATE TABLE form_texts (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    document TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE glossary (
    row INTEGER NOT NULL PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    variants TEXT NOT NULL,
    language TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE TABLE heard (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_heard_interview_id ON heard (interview_id);
CREATE TABLE identities (
    row INTEGER NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL UNIQUE REFERENCES narrators (id),
    names TEXT NOT NULL
) STRICT;
CREATE TABLE interviews (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    languages TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    wrapped_key BLOB NOT NULL
, verbatim TEXT DEFAULT 'strict' NOT NULL) STRICT;
CREATE TABLE leak_explanations (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_leak_explanations_interview_id ON leak_explanations (interview_id);
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
CREATE TABLE looked (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    text_sha256 TEXT NOT NULL,
    version TEXT NOT NULL,
    findings TEXT NOT NULL,
    UNIQUE (interview_id, text_sha256)
) STRICT;
CREATE INDEX ix_looked_interview_id ON looked (interview_id);
CREATE VIRTUAL TABLE machine_bigrams USING fts5 (bigrams, content='', columnsize=0, tokenize='ascii');
CREATE TABLE machine_segments (
    row INTEGER NOT NULL PRIMARY KEY,
    window INTEGER NOT NULL REFERENCES windows (row),
    id TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    flags TEXT NOT NULL
) STRICT;
CREATE INDEX ix_machine_segments_window ON machine_segments (window);
CREATE TABLE marks (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    at_ms INTEGER NOT NULL,
    word TEXT NOT NULL
, note_id TEXT DEFAULT '' NOT NULL) STRICT;
CREATE INDEX ix_marks_interview_id ON marks (interview_id);
CREATE TABLE narrators (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    code TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    route TEXT NOT NULL
) STRICT;
CREATE INDEX ix_narrators_interview_id ON narrators (interview_id);
CREATE TABLE notes (
    row INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE participants (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    part TEXT NOT NULL,
    who TEXT NOT NULL,
    label TEXT NOT NULL,
    shown INTEGER NOT NULL,
    UNIQUE (interview_id, part, who)
) STRICT;
CREATE TABLE recordings (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    take_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    rate INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    frames_per_record INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    complete INTEGER NOT NULL,
    gaps TEXT NOT NULL,
    path TEXT NOT NULL,
    device TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_recordings_interview_id ON recordings (interview_id);
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
CREATE VIRTUAL TABLE reviewed_bigrams USING fts5 (bigrams, content='', columnsize=0, tokenize='ascii');
CREATE TABLE reviewed_segments (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    position INTEGER NOT NULL,
    recording TEXT NOT NULL,
    id TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    flags TEXT NOT NULL, comments TEXT DEFAULT '[]' NOT NULL, translations TEXT DEFAULT '[]' NOT NULL, guessed INTEGER DEFAULT 0 NOT NULL,
    UNIQUE (interview_id, id)
) STRICT;
CREATE INDEX ix_reviewed_segments_position ON reviewed_segments (interview_id, position);
CREATE TABLE sealed_files (
    row INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    mtime_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE sealed_ranges (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    until TEXT NOT NULL
, note_id TEXT DEFAULT '' NOT NULL) STRICT;
CREATE INDEX ix_sealed_ranges_interview_id ON sealed_ranges (interview_id);
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
CREATE TABLE staff (
    row INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT
;
CREATE TABLE steps (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    "by" TEXT NOT NULL,
    kind TEXT NOT NULL,
    splices TEXT NOT NULL,
    undone INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_steps_interview_id ON steps (interview_id);
CREATE TABLE text_revisions (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL UNIQUE REFERENCES interviews (id),
    number INTEGER NOT NULL
) STRICT;
CREATE TABLE tombstones (
    row INTEGER NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    at TEXT NOT NULL
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
CREATE INDEX ix_topics_told_interview_id ON topics_told (interview_id);
CREATE TABLE windows (
    row INTEGER NOT NULL PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    language TEXT NOT NULL,
    average_log_probability REAL,
    no_speech_probability REAL,
    compression_ratio REAL, speech TEXT,
    UNIQUE (draft_id, recording_id, start_ms)
) STRICT;
CREATE TABLE withdrawals (
    row INTEGER NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    requested_on TEXT NOT NULL,
    purposes TEXT NOT NULL
, due_on TEXT, recipient TEXT DEFAULT '' NOT NULL, lasting INTEGER DEFAULT 1 NOT NULL) STRICT;
CREATE INDEX ix_withdrawals_interview_id ON withdrawals (interview_id);
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
CREATE INDEX ix_written_sessions_interview_id ON written_sessions (interview_id);
INSERT INTO machine_bigrams (machine_bigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO reviewed_bigrams (reviewed_bigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO alembic_version VALUES ('0023');
