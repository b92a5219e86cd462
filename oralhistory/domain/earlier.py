"""Copies of the database from before a newer version of the program brought it up to date."""

from dataclasses import dataclass
from datetime import datetime

EARLIER_FOLDER = "before"
"""The folder of the copies, in the archive's own."""


@dataclass(frozen=True, slots=True)
class EarlierCopy:
    """`revision` is the database's version, `made_at` in UTC, `size` in bytes."""

    name: str
    revision: str
    made_at: datetime
    size: int
