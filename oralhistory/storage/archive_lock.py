"""One holder of an archive at a time: a lock file whose lock goes with its process, whatever becomes of it.

A second window or command is told who has it and gets nothing, not even to read: whoever holds an archive may give it a new
key, take interviews out of it or put a backup in its place, and a locked window should not leave its words open in another.

The lock belongs to the open file (flock, not POSIX locks: those would go as soon as anything in the process closed the file).
No child keeps it: Python's descriptors are not inherited, so an archive is free the moment its window dies, even while the
recorder child goes on. The file itself stays, and says nothing while nobody holds it.
"""

import errno
import json
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from oralhistory.domain.holder import COMMAND, WINDOW, Holder
from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import tr
from oralhistory.zones import local_minute

LOCK_FILE = "archive.lock"
_MOST_BYTES = 1024
_LONGEST_WORD = 64
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class ArchiveLocks:
    """`kind` is what this process is to others: a window or a command."""

    def __init__(self, kind: str, clock: Callable[[], datetime]) -> None:
        self._kind = kind
        self._clock = clock

    def __call__(self, folder: Path) -> "ArchiveLock":
        """Hold the archive in `folder`. InUse, with its holder, when somebody else does; StorageFailed."""
        holder = Holder(os.getpid(), self._kind, "", self._clock(), platform.node())
        return ArchiveLock(_locked(folder), holder)


class ArchiveLock:
    """Held until `release`, or until the process ends."""

    def __init__(self, descriptor: int, holder: Holder) -> None:
        self._descriptor = descriptor
        self._holder = holder
        self.opened_by("")

    def opened_by(self, staff: str) -> None:
        """Say beside the lock whose passphrase opened the archive: a code, never a name."""
        holder = self._holder
        told = {
            "process": holder.process,
            "kind": holder.kind,
            "staff": staff,
            "since": holder.since.isoformat(timespec="seconds"),
            "machine": holder.machine,
        }
        with suppress(OSError):  # a full disk must not keep anybody out of the archive
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, json.dumps(told).encode()[:_MOST_BYTES])

    def release(self) -> None:
        """Let the next one in. Releasing twice does nothing."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            with suppress(OSError):  # its disk may be gone
                os.ftruncate(descriptor, 0)
            with suppress(OSError):
                os.close(descriptor)


def _locked(folder: Path) -> int:
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _unfit() from error
    try:
        lock_file(descriptor)
    except OSError as error:
        if error.errno not in _TAKEN:
            os.close(descriptor)
            raise _unfit() from error
        holder = _told(descriptor)
        os.close(descriptor)
        raise InUse(
            _sentence(holder),
            safe=tr("Nothing was changed."),
            todo=tr("Close or lock it there first."),
            holder=holder,
        ) from None
    return descriptor


def _told(descriptor: int) -> Holder | None:
    """What the holder says of itself, if it makes sense: everybody who can write to the folder can write there."""
    try:
        told: Any = json.loads(os.read(descriptor, _MOST_BYTES))
        process, since = told["process"], datetime.fromisoformat(told["since"])
        words = [told[name] for name in ("kind", "staff", "machine")]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    sane = all(type(word) is str and len(word) <= _LONGEST_WORD and (not word or word.isprintable()) for word in words)
    if type(process) is not int or since.tzinfo is None or not sane:
        return None
    kind, staff, machine = words
    return Holder(process, kind, staff, since, machine)


def _sentence(holder: Holder | None) -> str:
    if holder is None:
        return tr("The archive is open in another window or command.")
    facts = {
        "process": str(holder.process),
        "staff": holder.staff or "–",
        "machine": holder.machine or "–",
        "since": local_minute(holder.since),
    }
    if holder.kind == WINDOW:
        return tr(
            "The archive is open in another window, by {staff} since {since} (process {process} on {machine}).", **facts
        )
    if holder.kind == COMMAND:
        return tr(
            "The archive is in use by a command, of {staff} since {since} (process {process} on {machine}).", **facts
        )
    return tr("The archive is open since {since} (process {process} on {machine}).", **facts)


def _unfit() -> StorageFailed:
    return StorageFailed(
        tr("The archive's folder cannot be written."),
        safe=tr("Nothing was changed."),
        todo=tr("Check that the disk is connected and not full, and that you may write to it."),
    )


if sys.platform == "win32":
    import msvcrt

    def lock_file(descriptor: int) -> None:
        # The locked byte lies beyond the text, so that others can read who holds it.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
