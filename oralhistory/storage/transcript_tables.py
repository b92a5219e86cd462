"""The tables of transcripts: the machine's drafts window by window, the reviewed layer, every step that people took."""

from typing import Any

from sqlalchemy import REAL, Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from oralhistory.storage.columns import Comments, Json, Moment, Translations, Words, YesNo
from oralhistory.storage.table_parts import of_interview, one, table

drafts = table(
    "drafts",
    one("id", unique=True),
    of_interview(),
    one("engine"),
    one("model"),
    one("model_sha256"),
    one("language"),
    one("finished", YesNo),
    # Last, because it came later; empty in drafts from before.
    Column("chinese", Text, nullable=False, server_default=""),
)

windows = table(
    "windows",
    Column("draft_id", Text, ForeignKey("drafts.id"), nullable=False),
    Column("recording_id", Text, ForeignKey("recordings.id"), nullable=False),
    one("start_ms", Integer),
    one("end_ms", Integer),
    one("language"),
    # NULL where the engine gave no number: SQLite has no NaN.
    Column("average_log_probability", REAL),
    Column("no_speech_probability", REAL),
    Column("compression_ratio", REAL),
    UniqueConstraint("draft_id", "recording_id", "start_ms"),
    # Last, because it came later; NULL in drafts from before.
    Column("speech", Json),
)


def _spoken() -> tuple[Column[Any], ...]:
    """What a segment of either layer holds; times in ms on the timeline."""
    return (
        one("id"),
        one("start_ms", Integer),
        one("end_ms", Integer),
        one("text"),
        one("speaker"),
        one("language"),
        one("words", Words),
        one("flags", Json),
    )


machine_segments = table(
    "machine_segments",
    Column("window", Integer, ForeignKey("windows.row"), nullable=False, index=True),
    *_spoken(),
)

reviewed_segments = table(
    "reviewed_segments",
    of_interview(index=False),
    one("position", Integer),
    one("recording"),
    *_spoken(),
    Column("comments", Comments, nullable=False, server_default="[]"),
    Column("translations", Translations, nullable=False, server_default="[]"),
    Column("guessed", YesNo, nullable=False, server_default="0"),
    UniqueConstraint("interview_id", "id"),
    # Not unique: while a splice shifts its followers, two of them share a position for a moment.
    Index("ix_reviewed_segments_position", "interview_id", "position"),
)

steps = table(
    "steps",
    one("id", unique=True),
    of_interview(),
    one("by"),
    one("kind"),
    one("splices", Json),
    one("undone", YesNo),
    one("at", Moment),
)

# Counts the changes of an interview's reviewed text: whoever holds a copy sees whether it is today's.
text_revisions = table(
    "text_revisions",
    Column("interview_id", Text, ForeignKey("interviews.id"), nullable=False, unique=True),
    one("number", Integer),
)
