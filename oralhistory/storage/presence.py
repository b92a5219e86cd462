"""Whether the disk with the database is still there: SQLite tells a pulled stick from a damaged file as little as a page does.

SQLCipher reads nothing where a stick was pulled, finds that nothing does not verify, and calls the file damaged. Nobody may
be sent to a backup for that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.storage.faults import DatabaseDamaged, as_outcomes

_BLOCK_BYTES = 1 << 20


class Presence:
    """Remembers which file was opened: another one under its name is not the one that is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity = _identity(path)

    @contextmanager
    def outcomes(self) -> Iterator[None]:
        """As `as_outcomes`; StorageFailed that says so when the disk is gone, whatever SQLite made of it.

        Asked before, too: what SQLite holds in memory would be answered, and written to a file that has another's name.
        """
        if self._lost():
            raise gone()
        try:
            with as_outcomes():
                yield
        except DatabaseDamaged as damage:  # of a sound file that is damaged the database knows nothing
            if self._lost() or not _readable(self._path):
                raise gone() from damage
            raise
        except StorageFailed as failure:
            if self._lost():
                raise gone() from failure
            raise

    def _lost(self) -> bool:
        found = _identity(self._path)
        return found is None or found != self._identity


def gone() -> StorageFailed:
    """The disk with the archive went while it was open."""
    return StorageFailed(
        tr("The disk with the archive is not there any more."),
        safe=tr("What was stored before is on it; what was just being done is not."),
        todo=tr("Connect it again, then lock the archive and unlock it."),
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file. It is not opened, every time that something is asked of it (see `_readable`)."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _readable(path: Path) -> bool:
    """Whether every byte can be read, whatever it means.

    Closing it drops this process's own locks on the file (https://www.sqlite.org/howtocorrupt.html, 2.2). That is harmless
    only here: the lock of the archive keeps other processes out, and what is damaged is not written any more.
    """
    try:
        with path.open("rb", buffering=0) as file:
            while file.read(_BLOCK_BYTES):
                pass
    except OSError:
        return False
    return True
