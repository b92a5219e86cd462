"""The tables of what is known about interviews: facts, events, parts, sessions, topics; and the organisation's words."""

from sqlalchemy import Column, Integer, UniqueConstraint

from oralhistory.domain.events import Calendar, Confidence, EventType, Perspective, PlaceLevel
from oralhistory.domain.roles import Part
from oralhistory.storage.columns import Json, Moment, YesNo
from oralhistory.storage.table_parts import choice, of_interview, one, table

# Append-only: a later statement stands below the earlier one. `subject` is a narrator's id, or nothing.
facts = table(
    "facts",
    of_interview(),
    one("subject"),
    one("field"),
    one("value", Json),
    one("at", Moment),
    one("by"),
    one("session", Integer),
)

events = table(
    "events",
    one("id", unique=True),
    of_interview(),
    choice("type", EventType),
    one("date"),
    one("expression"),
    choice("calendar", Calendar),
    one("place"),
    choice("level", PlaceLevel),
    choice("perspective", Perspective),
    choice("confidence", Confidence),
    Column("told_ms", Integer),
    one("follows"),
)

participants = table(
    "participants",
    of_interview(index=False),
    choice("part", Part),
    one("who"),
    one("label"),
    one("shown", YesNo),
    UniqueConstraint("interview_id", "part", "who"),
)

sessions = table(
    "sessions",
    of_interview(index=False),
    one("number", Integer),
    one("started_at"),
    one("ended_at"),
    one("place"),
    choice("level", PlaceLevel),
    one("present"),
    one("safety_note"),
    UniqueConstraint("interview_id", "number"),
)

# The organisation's list; what is told where stands in `topics_told`.
topics = table("topics", one("code", unique=True), one("names", Json), one("active", YesNo))

topics_told = table(
    "topics_told",
    of_interview(),
    one("topic"),
    Column("start_ms", Integer),
    Column("end_ms", Integer),
)

glossary = table("glossary", one("text", unique=True), one("variants", Json), one("language"), one("note"))
