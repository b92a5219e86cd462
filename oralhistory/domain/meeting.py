"""A session of an interview: when it began and ended, where, who was there, and what was to be kept in mind for safety."""

from dataclasses import dataclass
from datetime import datetime

from oralhistory.domain.events import PlaceLevel


@dataclass(frozen=True, slots=True)
class Meeting:
    """`number` counts from 1 and is the session of the consents. Times are ISO 8601 with their offset from UTC, or nothing.

    `present` are codes and parts, never names; `place` is named no finer than `level` says."""

    interview_id: str
    number: int
    started_at: str = ""
    ended_at: str = ""
    place: str = ""
    level: PlaceLevel = PlaceLevel.PROVINCE
    present: str = ""
    safety_note: str = ""


def moment(text: str) -> str:
    """A time of a session as it is kept: to the minute, with its offset. ValueError without an offset, or when it is none."""
    if not text.strip():
        return ""
    at = datetime.fromisoformat(text.strip())
    if at.tzinfo is None:
        raise ValueError("a time without its offset from UTC")
    return at.isoformat(timespec="minutes")
