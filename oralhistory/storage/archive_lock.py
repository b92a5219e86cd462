"""One holder of an archive at a time: a lock file whose lock goes with its process, whatever becomes of it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import tr

LOCK_FILE = "archive.lock"


def hold(folder: Path) -> Callable[[], None]:
    """Hold the archive in `folder` until the returned function is called; InUse when somebody else does.

    The lock belongs to the open file, so a crash lets go of it; the file itself stays.
    """
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageFailed(
            tr("The archive's folder cannot be written."),
            safe=tr("Nothing was changed."),
            todo=tr("Check that the disk is connected and that you may write to it."),
        ) from error
    try:
        _lock(descriptor)
    except OSError:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise InUse(
            tr("The archive is open in another window or command (process {holder}).", holder=holder or "?"),
            safe=tr("Nothing was changed."),
            todo=tr("Close it there first."),
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())

    def let_go() -> None:
        nonlocal descriptor
        if descriptor >= 0:
            os.close(descriptor)
            descriptor = -1

    return let_go


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # The locked byte lies beyond the text, so that others can read who holds it.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
