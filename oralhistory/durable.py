"""Files that must survive a power cut, or must be gone for good.

It keeps no state. It refuses to leave a half-written file under a name that counts: new content stands beside the old
one until it is on the disk, then takes its name in one step.
"""

import ctypes
import errno
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr

PRIVATE = 0o600
_BLOCK_BYTES = 1 << 20
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
_BINARY = getattr(os, "O_BINARY", 0)  # only Windows has text mode on descriptors


def sync_data(descriptor: int) -> None:
    """Return when the content has reached the medium; OSError when the system cannot promise it."""
    if sys.platform == "darwin":
        import fcntl

        try:
            # fsync alone leaves the data in the drive's cache on macOS: see fsync(2) there
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as fault:
            if fault.errno not in (errno.ENOTSUP, errno.EINVAL):  # sticks and network volumes do not know it
                raise
            os.fsync(descriptor)
    elif sys.platform == "win32":
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the folder's names have reached the medium (Windows keeps names in order by itself)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot sync a folder
            raise
    finally:
        os.close(descriptor)


def same_content(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes. OSError where one cannot be read, or is not there."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(_BLOCK_BYTES):
            if block != second.read(_BLOCK_BYTES):
                return False
    return True


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex. OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(folder: Path) -> None:
    """Make `folder` and its missing parents, private to the owner, and their names durable. StorageFailed."""
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
            sync_folder(path.parent)
    except OSError as fault:
        raise _storage_failed() from fault


def create_exclusively(path: Path) -> int:
    """A descriptor for a file nobody had before, private to its owner; FileExistsError otherwise."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE)


def write_whole(descriptor: int, content: bytes) -> None:
    """One write of everything; a short one is the disk being full, and is said so."""
    if os.write(descriptor, content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def replace(path: Path, content: bytes) -> None:
    """Put `content` under `path`: after a crash the old or the new content stands there whole. StorageFailed."""
    fresh = _fresh(path)
    try:
        fresh.unlink(missing_ok=True)
        descriptor = create_exclusively(fresh)
        try:
            write_whole(descriptor, content)
            sync_data(descriptor)
        finally:
            os.close(descriptor)
        os.replace(fresh, path)
        sync_folder(path.parent)
    except OSError as fault:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise _storage_failed() from fault


def supersede(path: Path, content: bytes) -> None:
    """As `replace`, and what stood under `path` before is overwritten on the medium. StorageFailed.

    Killed in between, `tidy` does what is left. Where a file cannot have two names (FAT), the old content is
    overwritten through its open file, which a kill at that moment leaves undone.
    """
    tidy(path)
    old = _superseded(path)
    descriptor = -1
    try:
        try:
            os.link(path, old)
        except OSError:
            if sys.platform != "win32":
                descriptor = os.open(path, os.O_WRONLY)
        replace(path, content)
        tidy(path)
        if descriptor >= 0:
            _overwrite(descriptor)
    except OSError as fault:
        raise _storage_failed() from fault
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def supersede_all(contents: Mapping[Path, bytes]) -> None:
    """As `supersede`, for the files of one folder: a few waits for the medium serve all of them. StorageFailed.

    Killed in between, each file holds its old or its new content, and `tidy` does what is left.
    """
    paths = list(contents)
    try:
        for path, content in contents.items():
            tidy(path)
            _write_unsynced(_fresh(path), content)
        _sync_files([_fresh(path) for path in paths])
        for path in paths:
            os.link(path, _superseded(path))
    except OSError as fault:
        _give_up(paths)
        if fault.errno in _NO_LINKS:
            for path, content in contents.items():
                supersede(path, content)
            return
        raise _storage_failed() from fault
    try:
        for path in paths:
            os.replace(_fresh(path), path)
        _sync_files(paths)
        for path in paths:
            _overwrite_unsynced(_superseded(path))
        _sync_files([_superseded(path) for path in paths])
        for path in paths:
            _superseded(path).unlink()
        _sync_folders(paths)
    except OSError as fault:
        raise _storage_failed() from fault


def _give_up(paths: Iterable[Path]) -> None:
    """Take away what stands beside files that were not replaced yet."""
    for path in paths:
        for beside in (_fresh(path), _superseded(path)):
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _write_unsynced(path: Path, content: bytes) -> None:
    descriptor = create_exclusively(path)
    try:
        write_whole(descriptor, content)
    finally:
        os.close(descriptor)


def _overwrite_unsynced(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | _BINARY)
    try:
        write_whole(descriptor, os.urandom(os.fstat(descriptor).st_size))
    finally:
        os.close(descriptor)


def _sync_files(paths: Sequence[Path]) -> None:
    """Return when contents and names have reached the medium: with one call where the system has it (Linux)."""
    if paths and sys.platform == "linux":
        descriptor = os.open(paths[0].parent, os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        finally:
            os.close(descriptor)
        return
    for path in paths:
        descriptor = os.open(path, os.O_RDWR | _BINARY)
        try:
            sync_data(descriptor)
        finally:
            os.close(descriptor)
    _sync_folders(paths)


def _sync_folders(paths: Iterable[Path]) -> None:
    for folder in {path.parent for path in paths}:
        sync_folder(folder)


def tidy(path: Path) -> None:
    """Overwrite and remove what an interrupted `replace` or `supersede` left beside `path`; StorageFailed."""
    old, left = _superseded(path), False
    try:
        if old.exists() and not old.is_symlink() and path.exists() and old.samefile(path):
            old.unlink()  # killed before the new content took the name: what stands there is in use
            left = True
        for victim in (old, _fresh(path)):
            left = _destroyed(victim) or left
        if left:
            sync_folder(path.parent)
    except OSError as fault:
        raise _storage_failed() from fault


def destroy(path: Path) -> None:
    """Overwrite and remove `path` and what an interruption left beside it; repeatable. StorageFailed."""
    try:
        for victim in (_fresh(path), _superseded(path), path):
            _destroyed(victim)
        if path.parent.is_dir():
            sync_folder(path.parent)
    except OSError as fault:
        raise _storage_failed() from fault


def _destroyed(victim: Path) -> bool:
    """Whether there was anything to destroy."""
    if victim.is_symlink():  # the name goes, never what it points to
        victim.unlink()
        return True
    if not victim.exists():
        return False
    _overwrite_file(victim)
    victim.unlink()
    return True


def _overwrite_file(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | _BINARY)
    try:
        _overwrite(descriptor)
    finally:
        os.close(descriptor)


def _overwrite(descriptor: int) -> None:
    left = os.fstat(descriptor).st_size
    while left > 0:
        block = os.urandom(min(left, _BLOCK_BYTES))
        write_whole(descriptor, block)
        left -= len(block)
    sync_data(descriptor)


def _fresh(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _superseded(path: Path) -> Path:
    return path.with_name(path.name + ".old")


def _storage_failed() -> StorageFailed:
    return StorageFailed(
        tr("The disk did not take a file of the archive."),
        safe=tr("What was stored before is unchanged."),
        todo=tr("Check that the disk is not full and may be written to."),
    )
