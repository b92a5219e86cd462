"""The lock of one take: held by the recorder child as long as it lives, so that nobody adopts what is still being written.

The system lets go of it when the process ends, however it ends, and a child of the recorder never has it; the file itself
says nothing. A lock of which nobody can tell whether it is held counts as held; `cannot_be_told` says that it was such a one.
"""

import errno
import os
import sys
import time
from pathlib import Path

NAME = "take.lock"
_PATIENCE_S = 1.0
"""`is_held` has the lock in hand for a moment."""
_TRY_AGAIN_S = 0.02
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
"""What the system says of a lock that another process holds."""


class TakeLock:
    """Held from construction to `release`. OSError when another process has it for longer than a look takes."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                _lock(self._descriptor)
                return
            except OSError:
                if time.monotonic() > until:
                    os.close(self._descriptor)
                    raise
            time.sleep(_TRY_AGAIN_S)

    def release(self) -> None:
        os.close(self._descriptor)


def is_held(folder: Path) -> bool:
    """Whether another process holds the lock of the take in `folder`, or the disk does not let anybody know."""
    return _hindrance(folder) is not None


def cannot_be_told(folder: Path) -> bool:
    """Whether the disk, and no holder, stands in the way of knowing."""
    hindrance = _hindrance(folder)
    return hindrance is not None and hindrance.errno not in _TAKEN


def _hindrance(folder: Path) -> OSError | None:
    """What came in the way of having the lock for a moment; None when nothing did, or there is none."""
    try:
        descriptor = _opened(folder / NAME)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as refused:
        return refused
    try:
        _lock(descriptor, shared=True)
    except OSError as refused:
        return refused
    finally:
        os.close(descriptor)
    return None


def _opened(lock: Path) -> int:
    """For a look alone, which a disk that became read-only allows too."""
    try:
        return os.open(lock, os.O_RDWR)
    except OSError as refused:
        if refused.errno not in (errno.EROFS, errno.EACCES):
            raise
        return os.open(lock, os.O_RDONLY)


def _lock(descriptor: int, *, shared: bool = False) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.lockf(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
