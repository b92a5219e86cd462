"""The waiting folders in which exports are made: what a killed one left is found by their list, and goes.

Where testimony lies in one as it was said (a package that is opened), nothing is deleted that is not overwritten before.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oralhistory import durable
from oralhistory.errors import OralHistoryError, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive

_WAITING = "waiting_exports"
"""The note that lists the waiting folders there are, as JSON."""
_RAW = ".oralhistory-raw-"


def expect(archive: OpenArchive, waiting: Path) -> None:
    """Put a folder on the list, before it is made."""
    _note(archive, lambda known: [*known, str(waiting)])


def overwrite(waiting: Path) -> None:
    """What was refused at the end is not to be had back from a stick; a medium that copies on write keeps it all the same."""
    with suppress(OSError):
        for left in list(waiting.rglob("*")):
            with suppress(OSError, StorageFailed):
                if left.is_symlink() or not left.is_dir():
                    durable.destroy(left)


@contextmanager
def waiting_folder(archive: OpenArchive, beside: Path, *, raw: bool = False) -> Iterator[Path]:
    """A folder for its owner alone beside what is to become of it; what is still in it when the block ends is overwritten, as far
    as the medium lets us, and deleted. `raw`: testimony as it was said lies in it. StorageFailed when the disk refuses it."""
    waiting = beside.absolute().parent / f"{_RAW if raw else '.oralhistory-'}{archive.entropy(8).hex()}"
    expect(archive, waiting)
    try:
        _make(waiting)
        yield waiting
    finally:
        if raw or not archive.closing.is_set():  # who locks the archive waits for nothing else
            overwrite(waiting)
        shutil.rmtree(waiting, ignore_errors=True)
        sweep(archive)


def _make(waiting: Path) -> None:
    try:
        waiting.mkdir(mode=0o700)
    except OSError as error:
        raise no_folder() from error


def no_folder() -> StorageFailed:
    return StorageFailed(tr("The folder for the export cannot be written."), todo=tr("Choose another folder."))


def sweep(archive: OpenArchive) -> None:
    """Delete the waiting folders of exports that are over, killed ones too. One on a medium that is not here stays on the list.

    Only one program holds the archive, so nobody else's export is under way.
    """
    with suppress(OralHistoryError):
        _note(archive, lambda known: [one for one in known if not _deleted(Path(one))])


def _note(archive: OpenArchive, change: Callable[[list[str]], list[str]]) -> None:
    with archive.store.transaction() as records:
        before = json.loads(records.notes.get(_WAITING) or "[]")
        after = change(before)
        if after != before:
            records.notes.set(_WAITING, json.dumps(after))


def _deleted(waiting: Path) -> bool:
    if waiting.name.startswith(_RAW):
        overwrite(waiting)
    shutil.rmtree(waiting, ignore_errors=True)
    return waiting.parent.is_dir() and not waiting.exists()
