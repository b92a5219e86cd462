"""One backup or restore at a time on one folder of a medium. The lock says nothing of who holds it: the medium travels."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import tr
from oralhistory.storage.archive_lock import lock_file

LOCK_FILE = "backup.lock"
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


def hold(folder: Path) -> Callable[[], None]:
    """Hold `folder` until the returned function is called. InUse; StorageFailed when the medium cannot be written.

    A file system that knows no locks is held by nobody: one user at a time is then up to the users.
    """
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise StorageFailed(
            tr("The medium could not be read or written."),
            safe=tr("The archive is untouched."),
            todo=tr("Check that it is connected and that you may write to it."),
        ) from fault
    try:
        lock_file(descriptor)
    except OSError as fault:
        if fault.errno in _TAKEN:
            os.close(descriptor)
            raise InUse(
                tr("Another window or command is writing or reading this backup."),
                safe=tr("Nothing was changed."),
                todo=tr("Wait until it is done."),
            ) from None

    def release() -> None:
        nonlocal descriptor
        if descriptor >= 0:
            os.close(descriptor)
            descriptor = -1

    return release
