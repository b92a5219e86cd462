"""How long somebody listened to testimony: today, and since the last pause; and when a pause is to be suggested.

Hours of violence wear out whoever hears them. The figure is for that person alone: it knows no name, no interview and no other
day, nothing depends on it, and nobody is kept from working.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSE = timedelta(minutes=10)
"""So long without a sound is a pause."""
_MINUTE_MS = 60_000


class Suggestion(StrEnum):
    PAUSE = "pause"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Exposure:
    """Time spent listening on the day of `last` (None: not at all): in all, and since a pause; in ms."""

    last: datetime | None = None
    today_ms: int = 0
    unbroken_ms: int = 0

    def later(self, at: datetime, spent_ms: int) -> "Exposure":
        """After `spent_ms` more of listening, which ended at this local time."""
        if self.last is None:
            return Exposure(at, spent_ms, spent_ms)
        today = self.today_ms if self.last.date() == at.date() else 0
        unbroken = self.unbroken_ms if at - self.last - timedelta(milliseconds=spent_ms) < PAUSE else 0
        return Exposure(at, today + spent_ms, unbroken + spent_ms)


def suggested(before: Exposure, after: Exposure, pause_minutes: int, day_minutes: int) -> Suggestion | None:
    """What is to be said between the two: that the day's measure is full, or that it is time for a pause, and again after as
    long. A measure of 0 is never full."""
    if day_minutes and before.today_ms < day_minutes * _MINUTE_MS <= after.today_ms:
        return Suggestion.ENOUGH
    if pause_minutes and _times(after, pause_minutes) > _times(before, pause_minutes):
        return Suggestion.PAUSE
    return None


def _times(exposure: Exposure, minutes: int) -> int:
    return exposure.unbroken_ms // (minutes * _MINUTE_MS)
