"""Sound of a take that stands outside the archive is brought home: out of the reserve, or from the second copy of what is lost.

A part is copied, compared byte by byte and named last; only then it leaves the reserve. The second copy stays where it is.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from oralhistory.durable import PRIVATE, same_content, sync_data, sync_folder
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import require_room

PART, OUTLINE = ".oha", ".peaks"
_COMING = ".part"
"""What is on its way: no backup takes it."""
_PIECE = 1 << 20
_LEFT_BEHIND = ("take.lock", ".stop")


def from_reserve(reserve: Path, home: Path, filed: Collection[str], buried: Collection[str]) -> list[Path]:
    """Move every part of the take in `reserve` to `home`; those that came. StorageFailed: the rest stays where it is.

    A `filed` part (file ids) is never replaced: it may have been cut at home since, and a reserve that may only be read keeps it
    as it was. A `buried` one was removed for good and does not come again.
    """
    came = []
    for part in sorted(reserve.glob(f"*{PART}")):
        at_home = home / part.name
        if part.stem in buried:
            continue
        if part.stem in filed and at_home.exists():
            with suppress(OSError):
                if same_content(part, at_home):
                    _leave(part)
            continue
        if _bring(part, at_home):
            came.append(at_home)
        outline = part.with_suffix(OUTLINE)
        with suppress(OSError, StorageFailed):
            _bring(outline, home / outline.name)
        _leave(part)
    with suppress(OSError):
        remove_empty(reserve)
    return came


def from_copy(copy: Path, home: Path, wanted: Iterator[str]) -> list[Path]:
    """Fetch the parts `wanted` (file ids) of which the second copy holds more than `home`; those that came. StorageFailed."""
    came = []
    for file_id in wanted:
        at_home = home / f"{file_id}{PART}"
        copies = [*copy.glob(f"{file_id}{PART}"), *copy.glob(f"{file_id}~*{PART}")]
        best = max(copies, key=_size, default=None)
        if best and _size(best) > _size(at_home) and _bring(best, at_home):
            came.append(at_home)
    return came


def remove_empty(folder: Path) -> None:
    """Remove the folder of a take in which no sound is, and those around it that are empty then. OSError, also for others."""
    if any(folder.glob(f"*{PART}")):
        return
    for name in _LEFT_BEHIND:
        (folder / name).unlink(missing_ok=True)
    for outline in folder.glob(f"*{OUTLINE}"):
        outline.unlink(missing_ok=True)
    folder.rmdir()
    with suppress(OSError):  # others are in it
        folder.parent.rmdir()


def _leave(part: Path) -> None:
    """Remove a part and its outline, which are at home."""
    for done in (part, part.with_suffix(OUTLINE)):
        with suppress(OSError):  # it may not be written any more: the next unlock finds it is the same, and tries again
            done.unlink(missing_ok=True)


def _bring(source: Path, target: Path) -> bool:
    """Copy `source` to `target` unless that stands there; whether it was copied. StorageFailed."""
    fresh = target.with_name(target.name + _COMING)
    try:
        if not source.exists() or (target.exists() and same_content(source, target)):
            return False
        require_room(target.parent.parent, source.stat().st_size)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with source.open("rb") as reading, open(fresh, "wb", opener=_privately) as writing:
            shutil.copyfileobj(reading, writing, _PIECE)
            writing.flush()
            sync_data(writing.fileno())
        if not same_content(source, fresh):
            raise OSError("the copy is not what was copied")
        os.replace(fresh, target)
        sync_folder(target.parent)
    except OSError as fault:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise StorageFailed(
            tr("A recording could not be brought back into the archive."),
            safe=tr("It is safe where it is."),
            todo=tr("Check that the archive's disk is not full and may be written to, then open the archive again."),
        ) from fault
    return True


def _privately(path: str, flags: int) -> int:
    """As the recorder made it: for nobody else on this machine to read."""
    return os.open(path, flags, PRIVATE)


def _size(file: Path) -> int:
    """0 when it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
