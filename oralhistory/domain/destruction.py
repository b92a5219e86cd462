"""Destroying an interview beyond recovery: the steps in their order, and what is told of it afterwards.

Each step may be repeated; killed in the middle, it is begun again at the next unlock. What is told holds codes, counts and the
recipients of past exports (so that they can be asked to delete what they hold), never a name or a word of the interview.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What is done next; in the order of their doing."""

    KEY = "key"
    """Overwrite and remove the interview's key file: from here on its sound opens for nobody."""
    SOUND = "sound"
    """Remove the sealed files."""
    ROWS = "rows"
    """Delete what the database holds of it, the copy of the key too, and put up the tombstone."""
    PAGES = "pages"
    """Rebuild the database, so that no page of it holds what was deleted."""
    KEYS = "keys"
    """New database key and new archive key: what led to the old ones leads nowhere."""
    COPIES = "copies"
    """Destroy the old copies of the database that the program keeps in the archive's folder."""
    BACKUPS = "backups"
    """Rewrite every backup that is attached."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Destruction:
    """`told` is the report as far as it has come (see `Told`)."""

    interview_id: str
    code: str
    by: str
    begun_at: datetime
    step: Step
    told: Mapping[str, Any]
    finished_at: datetime | None = None
