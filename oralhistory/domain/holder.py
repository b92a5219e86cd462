"""Who holds an archive: what a second window or command can say about the first one."""

from dataclasses import dataclass
from datetime import datetime

WINDOW, COMMAND = "window", "command"
"""The kinds of program that hold an archive."""


@dataclass(frozen=True, slots=True)
class Holder:
    """`staff` is the code of whoever unlocked it, "" before that; never a name. `since` is in UTC."""

    process: int
    kind: str
    staff: str
    since: datetime
    machine: str
