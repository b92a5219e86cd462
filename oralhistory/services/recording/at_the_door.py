"""Takes of an archive that is locked: whether one goes on, the wish to end it, and what is known of its end. No key is needed."""

from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.ports import Recorders
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.services.recording.trace import Ending, Trace

__all__ = ["AtTheDoor", "Ending"]


class AtTheDoor:
    """`sign` is the name of a file that every archive has in its folder."""

    def __init__(self, recorders: Recorders, sign: str) -> None:
        self._recorders = recorders
        self._sign = sign

    def running(self, address: str, root: Path) -> TakeInHand | None:
        """The take of the archive in `root` behind an address, for a window that is locked; None when it has ended."""
        take = self._recorders.reattach(address)
        return TakeInHand(take, self._trace(root, self._written(root))) if take else None

    def is_recording(self, root: Path) -> bool:
        """Whether some recorder, anybody's, writes a take of the archive in `root` right now."""
        try:
            return bool(self._written(root))
        except OSError:
            return True

    def cannot_be_told(self, root: Path) -> bool:
        """Whether a take of the archive in `root` counts as being written only because the disk gives an error instead of telling
        it: then nobody knows."""
        try:
            doubtful = [self._recorders.cannot_be_told(take) for take in self._written(root)]
        except OSError:
            return True
        return bool(doubtful) and all(doubtful)

    def stop(self, root: Path) -> Sequence[Path]:
        """Ask every take of the archive in `root` that some recorder writes right now to end: their folders. StorageFailed."""
        asked = self._written(root)
        self._trace(root, asked).wish_to_stop()
        return asked

    def ending(self, root: Path, takes: Sequence[Path]) -> Ending:
        """How it stands with `takes` of the archive in `root`, which were asked to end."""
        return self._trace(root, takes).ending()

    def _written(self, root: Path) -> Sequence[Path]:
        return [take for take in root.glob(f"{AUDIO}/*/*/") if self._recorders.is_being_written(take)]

    def _trace(self, root: Path, takes: Sequence[Path]) -> Trace:
        return Trace(self._recorders, takes, [root / self._sign, *takes])
