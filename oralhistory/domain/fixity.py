"""Fixity: that a recording is still what was filed, looked at again and again, and when it is to be looked at next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from oralhistory.domain.interview import Recording

EVERY_DAYS = 90
"""How long a check counts where the archive's owner wishes nothing else."""
LONGEST_DAYS = 3_650
AGAIN_DAYS = 1


class Fixity(StrEnum):
    """What a check of one recording found: every record as it was filed, something else, or no file."""

    UNCHANGED = "unchanged"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FixityEvent:
    """One check of one recording. `sha256` is of the PCM that was found; empty when there was none to read."""

    recording_id: str
    interview_id: str
    at: datetime
    outcome: Fixity
    sha256: str


def due(
    recordings: Iterable[Recording], last: Mapping[str, FixityEvent], now: datetime, every_days: int
) -> list[Recording]:
    """The recordings whose last check (their filing counts as one) is too old, the longest unseen first.

    One that was damaged or missing is looked at again the next day: it may have been restored. One checked in the future is due
    at once: a clock was wrong.
    """
    found: list[tuple[datetime, Recording]] = []
    for one in recordings:
        event = last.get(one.id)
        seen = event.at if event else one.recorded_at
        bad = event is not None and event.outcome is not Fixity.UNCHANGED
        if not seen <= now < seen + timedelta(days=AGAIN_DAYS if bad else every_days):
            found.append((seen, one))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id))]
