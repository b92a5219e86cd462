"""Takes of an archive that is locked: whether one goes on, the wish to end it, and what is known of its end. No key is needed.

That no recorder's lock is seen says little by itself: a disk that was pulled out shows none either, while the take goes on in
the fallback folder. So an end is believed only while archive and take are still to be seen.
"""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from oralhistory.domain.ports import Recorders
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.takes import TakeInHand


class Ending(Enum):
    """How it stands with takes that were asked to end. `OUT_OF_SIGHT`: nobody can tell from here."""

    GOES_ON = "goes_on"
    ENDED = "ended"
    OUT_OF_SIGHT = "out_of_sight"


class AtTheDoor:
    """`sign` is the name of a file that every archive has in its folder."""

    def __init__(self, recorders: Recorders, sign: str) -> None:
        self._recorders = recorders
        self._sign = sign

    def running(self, address: str) -> TakeInHand | None:
        """The take behind an address, for a window that is locked; None when it has ended."""
        take = self._recorders.reattach(address)
        return TakeInHand(take) if take else None

    def is_recording(self, root: Path) -> bool:
        """Whether some recorder, anybody's, writes a take of the archive in `root` right now."""
        return any(self._recorders.is_being_written(take) for take in root.glob(f"{AUDIO}/*/*/"))

    def stop(self, root: Path) -> Sequence[Path]:
        """Ask every take of the archive in `root` that some recorder writes right now to end: their folders. StorageFailed."""
        asked = []
        try:
            for take in root.glob(f"{AUDIO}/*/*/"):
                if self._recorders.is_being_written(take):
                    self._recorders.wish_to_stop(take)
                    asked.append(take)
        except OSError:
            raise StorageFailed(
                tr("The disk did not take the wish to stop."),
                safe=tr("The recording goes on, and all of it is being sealed."),
                todo=tr("Open the archive with a passphrase; the recording can be stopped there."),
            ) from None
        return asked

    def ending(self, root: Path, takes: Sequence[Path]) -> Ending:
        """How it stands with `takes` of the archive in `root`, which were asked to end.

        The locks are looked at first: what is pulled out after that was seen to be free.
        """
        try:
            if any(self._recorders.is_being_written(take) for take in takes):
                return Ending.GOES_ON
            seen = (root / self._sign).is_file() and all(take.is_dir() for take in takes)
        except OSError:
            return Ending.OUT_OF_SIGHT
        return Ending.ENDED if seen else Ending.OUT_OF_SIGHT
