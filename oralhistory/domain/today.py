"""Which day it is, as far as that is known: one day when the clock can be trusted, two when it cannot."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Today:
    """`opening` is the day up to which things may open, `closing` the day by which things have ended; never the other way.

    They differ while a clock that went back or leapt ahead has not been confirmed: then neither an embargo opens nor an
    expired permission comes back.
    """

    opening: date
    closing: date
    as_of: date | None = None
    """The day of the state that stands on file, where an older one was brought back and nobody said what happened since: what
    a narrator withdrew meanwhile is not known, so nothing is released."""

    @classmethod
    def certainly(cls, day: date) -> "Today":
        return cls(day, day)

    @classmethod
    def between(cls, one: date, other: date) -> "Today":
        return cls(min(one, other), max(one, other))

    @property
    def doubtful(self) -> bool:
        return self.opening != self.closing


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """The machine's clock is not where it was expected: is `now` right? `last_seen` is the latest time it was trusted at."""

    now: datetime
    last_seen: datetime

    @property
    def went_back(self) -> bool:
        """Back behind the last time that was seen; otherwise it leapt ahead of it."""
        return self.now < self.last_seen


@dataclass(frozen=True, slots=True)
class StateQuestion:
    """The archive is in a state of before: `as_of`. `last_known` is when more stood in it, where something here tells."""

    as_of: datetime
    last_known: datetime | None = None
