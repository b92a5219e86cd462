"""The tables, as the newest migration leaves them (a test compares the two).

Every table has a `row` number that says in which order things came. Names of people stand in `identities` and nowhere else.
What describes interviews and people has its tables in `description_tables`, drafts and transcripts theirs in
`transcript_tables`. The two bigram indexes of `search` are virtual tables and stand in the migrations alone.
"""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint

from oralhistory.domain.consent import (
    Act,
    Concern,
    Decision,
    Form,
    Identity,
    Mode,
    Purpose,
    ReviewStatus,
    ReviewWanted,
    RiskLevel,
    Stage,
    Wish,
)
from oralhistory.domain.evidence import EvidenceKind
from oralhistory.domain.fixity import Fixity
from oralhistory.domain.interview import Route, Status, TakePurpose, Verbatim
from oralhistory.domain.person import Recontact
from oralhistory.domain.review import Attestation
from oralhistory.domain.staff import Role
from oralhistory.storage import description_tables, table_parts, transcript_tables  # noqa: F401  `metadata` holds theirs too
from oralhistory.storage.columns import Choice, Day, Json, Moment, YesNo
from oralhistory.storage.table_parts import choice as _choice
from oralhistory.storage.table_parts import of_interview as _of_interview
from oralhistory.storage.table_parts import one as _one
from oralhistory.storage.table_parts import table as _table

metadata = table_parts.metadata


def _noted() -> Column[Any]:
    """The note in a take's own log that says the same; nothing when it was not said while recording."""
    return Column("note_id", Text, nullable=False, server_default="")


interviews = _table(
    "interviews",
    _one("id", unique=True),
    _one("code", unique=True),
    _one("languages", Json),
    _choice("status", Status),
    _one("created_at", Moment),
    _one("wrapped_key", LargeBinary),
    Column("verbatim", Text, nullable=False, server_default=Verbatim.STRICT.value),
)

narrators = _table(
    "narrators", _one("id", unique=True), _of_interview(), _one("code"), _one("pseudonym"), _choice("route", Route)
)

identities = _table(
    "identities",
    Column("person_id", Text, ForeignKey("narrators.id"), nullable=False, unique=True),
    _one("names", Json),
)

contacts = _table(
    "contacts",
    Column("person_id", Text, ForeignKey("narrators.id"), nullable=False, unique=True),
    _choice("wish", Recontact),
    _one("channel"),
    _one("hours"),
    _one("alias"),
)

consent_versions = _table(
    "consent_versions",
    _of_interview(index=False),
    _one("number", Integer),
    _choice("stage", Stage),
    _one("recorded_at", Moment),
    _one("session", Integer),
    _one("form_text"),
    _one("language"),
    _choice("mode", Mode),
    _one("evidence"),
    _one("witness"),
    _one("obtained_by"),
    Column("obtained_on", Day),
    _one("interpreter"),
    _one("checklist", Json),
    _choice("capacity_concern", Concern),
    _one("sensitive_data", YesNo),
    Column("embargo_until", Day),
    _one("embargo_condition"),
    _choice("review_wanted", ReviewWanted),
    _choice("review_status", ReviewStatus),
    _one("recontact"),
    _one("third_parties", Json),
    _choice("risk_level", RiskLevel),
    _one("relatives_at_risk", YesNo),
    Column("risk_next_review", Day),
    *(Column(name, Text, nullable=False, server_default="") for name in ("narrator", "form_sha256", "recorded_by", "guardian")),
    *(Column(name, YesNo, nullable=False, server_default="0") for name in ("assent", "interpreter_undertaking")),
    UniqueConstraint("interview_id", "number"),
)

consent_permissions = _table(
    "consent_permissions",
    Column("version", Integer, ForeignKey("consent_versions.row"), nullable=False, index=True),
    _choice("purpose", Purpose),
    _choice("decision", Decision),
    _choice("identity", Identity),
    _choice("form", Form),
    _one("recipient"),
    Column("valid_from", Day),
    Column("valid_until", Day),
)

withdrawals = _table(
    "withdrawals",
    _of_interview(),
    _one("requested_on", Day),
    _one("purposes", Json),
    Column("due_on", Day),
    Column("recipient", Text, nullable=False, server_default=""),
    Column("lasting", YesNo, nullable=False, server_default="1"),
)

consent_events = _table(
    "consent_events",
    _of_interview(),
    _choice("act", Act),
    _one("at", Moment),
    _one("by"),
    _one("second"),
    _one("version", Integer),
    Column("purpose", Choice(Purpose)),
    _one("recipient"),
    Column("day", Day),
    _one("note"),
    Column("wish", Choice(Wish)),
    _one("narrator"),
    _one("settles", Integer),
)

attachments = _table(
    "attachments",
    _one("id", unique=True),
    _of_interview(),
    _choice("kind", EvidenceKind),
    _one("sha256"),
    _one("size", Integer),
    _one("added_at", Moment),
    _one("sealed", LargeBinary),
)

# The organisation's own texts to be read aloud when consent is taken; the samples are shipped and stand in no table.
form_texts = _table(
    "form_texts",
    _one("id", unique=True),
    _one("sha256"),
    _one("document", Json),
    _one("by"),
    _one("at", Moment),
)

recordings = _table(
    "recordings",
    _one("id", unique=True),
    _of_interview(),
    _one("take_id"),
    _one("part", Integer),
    _choice("purpose", TakePurpose),
    _one("start_ms", Integer),
    _one("duration_ms", Integer),
    _one("frames", Integer),
    _one("rate", Integer),
    _one("channels", Integer),
    _one("bits", Integer),
    _one("frames_per_record", Integer),
    _one("sha256"),
    _one("complete", YesNo),
    _one("gaps", Json),
    _one("path"),
    _one("device"),
    _one("source_sha256"),
    _one("recorded_at", Moment),
)

fixity_events = _table(
    "fixity_events",
    _of_interview(),
    Column("recording_id", Text, ForeignKey("recordings.id"), nullable=False, index=True),
    _one("at", Moment),
    _choice("outcome", Fixity),
    _one("sha256"),
)

written_sessions = _table(
    "written_sessions",
    _one("id", unique=True),
    _of_interview(),
    _one("number", Integer),
    _one("session", Integer),
    _one("started_at", Moment),
    Column("ended_at", Moment),
    _one("text"),
)

marks = _table("marks", _of_interview(), _one("at_ms", Integer), _one("word"), _noted())

sealed_ranges = _table(
    "sealed_ranges",
    _of_interview(),
    _one("start_ms", Integer),
    _one("end_ms", Integer),
    _one("reason"),
    _one("until"),
    _noted(),
)

attestations = _table(
    "attestations",
    _of_interview(),
    _choice("kind", Attestation),
    _one("by"),
    _one("text_digest"),
    _one("outcome"),
)

heard = _table("heard", _of_interview(), _one("start_ms", Integer), _one("end_ms", Integer))

looked = _table(
    "looked",
    _of_interview(),
    _one("text_sha256"),
    _one("version"),
    _one("findings", Json),
    UniqueConstraint("interview_id", "text_sha256"),
)

decisions = _table("decisions", _of_interview(), _one("document", Json), _one("by"), Column("at", Moment))

leak_findings = _table(
    "leak_findings",
    _of_interview(),
    _one("mark"),
    _one("text"),
    _one("entity"),
    _one("part"),
    _one("rule"),
    _one("around", Json),
    _one("number", Integer),
    _one("found_at", Moment),
    UniqueConstraint("interview_id", "mark"),
)

leak_explanations = _table(
    "leak_explanations", _of_interview(), _one("mark"), _one("reason"), _one("by"), _one("at", Moment)
)

exports = _table(
    "exports",
    _one("id", unique=True),
    _of_interview(),
    _one("code"),
    _one("format"),
    _one("profile"),
    _one("purpose"),
    _one("recipient"),
    _one("sha256"),
    _one("made_at", Moment),
    _one("size", Integer),
    _one("text_digest"),
    _one("rules"),
    _one("counts", Json),
    _one("abroad", YesNo),
    Column("summary", YesNo, nullable=False, server_default="0"),
)

# No foreign key: what was done to an interview stays on record when the interview is gone.
custody = _table(
    "custody",
    Column("interview_id", Text, nullable=False, index=True),
    _one("at", Moment),
    _one("actor"),
    _one("action"),
    _one("outcome"),
    _one("object_hash"),
    _one("hash"),
)

# Backups that were made of this archive, and what the files of recordings hashed to when they were first copied.
backups = _table(
    "backups",
    _one("id", unique=True),
    _one("place"),
    _one("begun", Integer),
    _one("number", Integer),
    _one("digest"),
    Column("finished_at", Moment),
    _one("size", Integer),
    _one("obeyed", Integer),
)

sealed_files = _table(
    "sealed_files", _one("path", unique=True), _one("size", Integer), _one("sha256"), _one("mtime_ns", Integer)
)

# What was destroyed for good. No foreign keys: the interview is gone. No names, no words; recipients stand in the recall list.
tombstones = _table("tombstones", _one("subject", unique=True), _one("code"), _one("at", Moment))

destructions = _table(
    "destructions",
    _one("interview_id", unique=True),
    _one("code"),
    _one("by"),
    _one("place"),
    _one("begun_at", Moment),
    Column("finished_at", Moment),
    _one("step"),
    _one("told", Json),
)

# Minutes that were taken out of the sound for good. `reason` is why, never what was said there.
removals = _table(
    "removals",
    _one("id", unique=True),
    _of_interview(),
    _one("code"),
    _one("start_ms", Integer),
    _one("end_ms", Integer),
    _one("reason"),
    _one("by"),
    _one("place"),
    _one("begun_at", Moment),
    Column("finished_at", Moment),
    _one("step"),
    _one("told", Json),
)

staff = _table(
    "staff", _one("code", unique=True), _one("name"), _choice("role", Role), _one("active", YesNo)
)

notes = _table("notes", _one("key", unique=True), _one("value"))
