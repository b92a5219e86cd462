"""What is seen on the disks of takes that run: whether their recorder has its hand on them, whether they grow, how to end them.

For whoever cannot reach the recorder through its door, or has no key to. That no recorder's lock is seen says little by itself:
a disk that was pulled out shows none either, while the take goes on in the fallback folder. So an end is believed only while
everything is still to be seen that must be.
"""

from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path

from oralhistory.domain.ports import Recorders
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr


class Ending(Enum):
    """How it stands with takes. `OUT_OF_SIGHT`: nobody can tell from here."""

    GOES_ON = "goes_on"
    ENDED = "ended"
    OUT_OF_SIGHT = "out_of_sight"


class Trace:
    """`folders` are those that the takes may be written in; `must_be_seen` is there as long as their disk is."""

    def __init__(self, recorders: Recorders, folders: Sequence[Path], must_be_seen: Sequence[Path]) -> None:
        self._recorders = recorders
        self._folders = folders
        self._must_be_seen = must_be_seen

    def ending(self) -> Ending:
        """The locks are looked at first: what is pulled out after that was seen to be free."""
        try:
            if any(self._recorders.is_being_written(folder) for folder in self._folders):
                return Ending.GOES_ON
            seen = bool(self._folders) and all(one.exists() for one in self._must_be_seen)
        except OSError:
            return Ending.OUT_OF_SIGHT
        return Ending.ENDED if seen else Ending.OUT_OF_SIGHT

    def size(self) -> int:
        """Bytes of sealed sound that are seen."""
        found = 0
        for folder in self._folders:
            for part in folder.glob("*.oha"):
                with suppress(OSError):
                    found += part.stat().st_size
        return found

    def wish_to_stop(self) -> None:
        """Ask the recorders to end their takes, without going through a door. StorageFailed."""
        try:
            for folder in self._folders:
                if self._recorders.is_being_written(folder):
                    self._recorders.wish_to_stop(folder)
        except OSError:
            raise StorageFailed(
                tr("The disk did not take the wish to stop."),
                safe=tr("The recording goes on, and all of it is being encrypted."),
                todo=tr("Open the archive with a passphrase; the recording can be stopped there."),
            ) from None
