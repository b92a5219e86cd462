"""Sealed files on their way to another medium and back: copied in blocks, brought to the medium, read from it again.

It keeps nothing and opens nothing that is sealed. A file gets its name only when what the medium gives back is what was
written; it refuses to follow a link and to write over a file. It asks nothing of a file system but names and contents: no
rights, no hard links, no upper and lower case.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oralhistory import durable
from oralhistory.errors import NotFound, StorageFailed
from oralhistory.i18n import tr

UNFINISHED = ".part"
"""Ending of a file that is being written."""

_BLOCK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT}

Advance = Callable[[int], None]
"""Told how many more bytes were read or written; what it raises ends the work, and nothing half is left."""


class Medium:
    """See `domain.ports.Medium`."""

    def copy(self, source: Path, target: Path, advance: Advance) -> tuple[int, str]:
        """Copy and read back; size and SHA-256. Advances by twice the size. NotFound (source), StorageFailed (target)."""
        with _source(source) as opened:
            return self._placed(target, _blocks(opened), advance)

    def write(self, target: Path, content: bytes) -> tuple[int, str]:
        """Write and read back; size and SHA-256. StorageFailed."""
        return self._placed(target, iter([content]), lambda _bytes: None)

    def digest(self, path: Path, advance: Advance) -> tuple[int, str]:
        """Size and SHA-256 as the medium gives them. NotFound when it is no file or cannot be read."""
        with _source(path) as opened:
            return _hashed(opened, advance)

    def read(self, path: Path, most: int) -> bytes:
        """The whole of a small file. NotFound when it is no file, cannot be read, or holds more than `most` bytes."""
        with _source(path) as opened:
            content = b"".join(_blocks(opened, most + 1))
        if len(content) > most:
            raise _unreadable()
        return content

    def settle(self, path: Path) -> None:
        """Bring what somebody else wrote to the medium. StorageFailed."""
        try:
            descriptor = os.open(path, os.O_RDWR | _BINARY)
            try:
                durable.sync_data(descriptor)
            finally:
                os.close(descriptor)
            durable.sync_folder(path.parent)
        except OSError as fault:
            raise refused(fault) from fault

    def make_folder(self, folder: Path) -> None:
        """Make `folder` and its missing parents. StorageFailed, also when a link or a file stands there."""
        try:
            for one in reversed([folder, *folder.parents]):
                if not one.exists():
                    one.mkdir(mode=0o700, exist_ok=True)
                    durable.sync_folder(one.parent)
            if folder.is_symlink() or not folder.is_dir():
                raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        except OSError as fault:
            raise refused(fault) from fault

    def destroy(self, path: Path) -> None:
        """Overwrite the content and remove the name; repeatable. StorageFailed."""
        try:
            if path.is_symlink():
                path.unlink()
            elif path.is_file():
                _overwrite(path)
                path.unlink()
        except OSError as fault:
            raise refused(fault) from fault

    def remove(self, path: Path) -> None:
        """Remove a file, a link (never what it points to), or a folder with all it holds; repeatable. StorageFailed."""
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as fault:
            raise refused(fault) from fault

    def free(self, folder: Path) -> int:
        """Free bytes for this user. StorageFailed."""
        try:
            return shutil.disk_usage(folder).free
        except OSError as fault:
            raise refused(fault) from fault

    def _placed(self, target: Path, blocks: Iterator[bytes], advance: Advance) -> tuple[int, str]:
        unfinished = target.with_name(target.name + UNFINISHED)
        try:
            written = _written(unfinished, blocks, advance)
            if _read_back(unfinished, advance) != written:
                raise _gave_back_something_else()
            os.replace(unfinished, target)
            durable.sync_folder(target.parent)
        except OSError as fault:
            _swept(unfinished)
            raise refused(fault) from fault
        except BaseException:
            _swept(unfinished)
            raise
        return written


@contextmanager
def _source(path: Path) -> Iterator[int]:
    """A descriptor of a plain file; what fails while it is read is NotFound too: the medium does not give it back."""
    try:
        if not path.is_file():  # a pipe or device put in its place would block
            raise _unreadable()
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_LINK)
    except OSError as fault:
        raise _unreadable() from fault
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _blocks(descriptor: int, most: int | None = None) -> Iterator[bytes]:
    left = most
    while left is None or left > 0:
        try:
            block = os.read(descriptor, _BLOCK if left is None else min(_BLOCK, left))
        except OSError as fault:
            raise _unreadable() from fault
        if not block:
            return
        left = None if left is None else left - len(block)
        yield block


def _hashed(descriptor: int, advance: Advance) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for block in _blocks(descriptor):
        digest.update(block)
        size += len(block)
        advance(len(block))
    return size, digest.hexdigest()


def _written(path: Path, blocks: Iterator[bytes], advance: Advance) -> tuple[int, str]:
    path.unlink(missing_ok=True)  # what an interruption left
    digest, size = hashlib.sha256(), 0
    descriptor = durable.create_exclusively(path)
    try:
        for block in blocks:
            view = memoryview(block)
            while view:
                view = view[os.write(descriptor, view) :]
            digest.update(block)
            size += len(block)
            advance(len(block))
        durable.sync_data(descriptor)
    finally:
        os.close(descriptor)
    return size, digest.hexdigest()


def _read_back(path: Path, advance: Advance) -> tuple[int, str]:
    descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_LINK)
    try:
        _forget_cached(descriptor)
        return _hashed(descriptor, advance)
    except NotFound:
        raise _gave_back_something_else() from None
    finally:
        os.close(descriptor)


def _forget_cached(descriptor: int) -> None:
    """Let the next read come from the medium, where the system can be asked to (Linux)."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | _BINARY | _NO_LINK)
    try:
        left = os.fstat(descriptor).st_size
        while left > 0:
            left -= os.write(descriptor, os.urandom(min(_BLOCK, left)))
        durable.sync_data(descriptor)
    finally:
        os.close(descriptor)


def _swept(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _unreadable() -> NotFound:
    return NotFound(tr("A file is not there or cannot be read."), todo=tr("Check that the medium is connected."))


def _gave_back_something_else() -> StorageFailed:
    return StorageFailed(
        tr("The medium gives back something else than what was written to it."),
        safe=tr("The archive is untouched."),
        todo=tr("Do not trust this medium any more; use another one."),
    )


def refused(fault: OSError) -> StorageFailed:
    """What the medium said, as the outcome a person can act on."""
    if fault.errno in _FULL:
        return StorageFailed(
            tr("The medium is full."),
            safe=tr("The archive is untouched, and so is what was backed up before."),
            todo=tr("Free some space on it or use a larger one."),
        )
    if fault.errno == errno.EFBIG:
        return StorageFailed(
            tr("The medium's file system takes no file as large as this."),
            safe=tr("The archive is untouched, and so is what was backed up before."),
            todo=tr("Format the medium as exFAT, or use another one."),
        )
    if fault.errno == errno.ENAMETOOLONG:
        return StorageFailed(
            tr("The path of the folder is too long for its file system."),
            safe=tr("The archive is untouched."),
            todo=tr("Choose a folder with a shorter path."),
        )
    if fault.errno == errno.EROFS:
        return StorageFailed(
            tr("The medium cannot be written: it is read-only."),
            safe=tr("The archive is untouched."),
            todo=tr("Remove its write protection or use another one."),
        )
    return StorageFailed(
        tr("The medium could not be read or written."),
        safe=tr("The archive is untouched."),
        todo=tr("Check that it is connected and that you may write to it."),
    )
