"""Which files of an archive belong into a backup, besides database, key slots and key files.

Everything below the archive's folder counts, so that nothing a later part of the program keeps is forgotten; except what is
being written at this moment, what belongs to this machine (locks, halves, old copies of the database) and links.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from oralhistory.domain.backup import SOUND, plain
from oralhistory.domain.earlier import EARLIER_FOLDER
from oralhistory.domain.ports import Recorders
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.coming_in import ComingIn
from oralhistory.services.recording.filing import AUDIO, BALLAST

KEYS_FOLDER = "keys"
_AT_THE_TOP = ("archive.", "keyslots.")
"""Database, lock and key slots with all that stands beside them under their names."""
_PASSING = (".lock", ".new", ".part")


@dataclass(frozen=True, slots=True)
class Item:
    """A file to back up. `fixed`: a filed recording, which never changes."""

    path: str
    size: int
    mtime_ns: int
    fixed: bool


@dataclass(slots=True)
class Inventory:
    """`being_written` are ids of interviews with a take that goes on; `strange` are files that are no file of an archive."""

    items: list[Item] = field(default_factory=list)
    being_written: set[str] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)


def take_stock(archive: OpenArchive, recorders: Recorders) -> Inventory:
    """Look at every file. A take that is being recorded or brought in is left out as a whole."""
    with archive.store.transaction() as records:
        filed = records.recordings.ids()
    stock = Inventory()
    going_on = cache(lambda folder: _goes_on(archive, recorders, folder, stock))
    for folder, entry in _files(archive.folder, ""):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_symlink() or not plain(path):
            stock.strange.append(path)
            continue
        fixed = path.endswith(SOUND) and entry.name.removesuffix(SOUND) in filed
        if not fixed and going_on(folder):
            continue
        try:
            status = entry.stat()
        except FileNotFoundError:  # it was passing
            continue
        stock.items.append(Item(path, status.st_size, status.st_mtime_ns, fixed))
    return stock


def _files(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What may belong into a backup, with its folder relative to `root` (thousands of files: no paths are made)."""
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name.endswith(_PASSING) or (name == BALLAST and folder == AUDIO):
            continue
        if not folder and (name in (KEYS_FOLDER, EARLIER_FOLDER) or name.startswith(_AT_THE_TOP)):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(root, f"{folder}/{name}" if folder else name)
        else:
            yield folder, entry


def _goes_on(archive: OpenArchive, recorders: Recorders, folder: str, stock: Inventory) -> bool:
    """Whether `folder` is that of a take which is being recorded or brought in, or which an interrupted import left."""
    parts = folder.split("/")
    if len(parts) != len((AUDIO, "interview", "take")) or parts[0] != AUDIO:
        return False
    _, interview, take = parts
    with archive.store.transaction() as records:
        coming = ComingIn.read(records, interview, take)
    if recorders.is_being_written(archive.folder / folder) or (coming and coming.session == archive.session):
        stock.being_written.add(interview)
        return True
    return coming is not None and not coming.refused  # what waits for a consent is sound like any other


def codes(archive: OpenArchive, interviews: Collection[str]) -> tuple[str, ...]:
    """The public codes of these interviews."""
    with archive.store.transaction() as records:
        return tuple(sorted(one.code for one in records.interviews.all() if one.id in interviews))
