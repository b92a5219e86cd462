"""The folder of one archive's backup on a medium: which states stand there, and where each of their files is.

    oralhistory-<archive id>/
        backup.id               which backup this is
        files/...               sealed files, under their paths in the archive
        states/00000007/        one state: archive.db, keys.sealed, keyslots.json, and manifest.sealed, written last

A state counts when its manifest stands there. The next one is written beside it and takes its place when it is whole, so
that at every moment one whole state is there. Refuses folders that belong to somebody else, and to follow links.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from oralhistory.domain.backup import SealedFile
from oralhistory.domain.ports import Medium
from oralhistory.errors import MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr

PREFIX = "oralhistory-"
MANIFEST = "manifest.sealed"
DATABASE = "archive.db"
KEYS = "keys.sealed"
SLOTS = "keyslots.json"

MOST_MANIFEST_BYTES = 1 << 28
MOST_SMALL_BYTES = 1 << 24

_IDENTITY = "backup.id"
_FILES = "files"
_STATES = "states"
_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9]{8}")
_SYSTEM = {"system volume information", "lost+found", "desktop.ini", "thumbs.db", "autorun.inf"}
"""What systems put on every medium; like everything hidden it belongs to nobody."""


class BackupFolder:
    def __init__(self, root: Path, medium: Medium) -> None:
        self.root = root
        self._medium = medium
        self._mark: tuple[int, int] | None = None

    @property
    def archive_id(self) -> str:
        return self.root.name.removeprefix(PREFIX)

    def identity(self) -> str | None:
        """The id of the backup, None when none was begun here."""
        try:
            found = self._medium.read(self.root / _IDENTITY, 64).decode("ascii", "replace").strip()
        except NotFound:
            return None
        return found if _ID.fullmatch(found) else None

    def begin(self, backup_id: str) -> None:
        """Make the folder that of this backup. StorageFailed."""
        for folder in (self.root, self.root / _FILES, self.root / _STATES):
            self._medium.make_folder(folder)
        if self.identity() != backup_id:
            self._medium.write(self.root / _IDENTITY, backup_id.encode())
        self._mark = _mark(self.root)

    def require_there(self) -> None:
        """StorageFailed when the medium went since `begin`: a folder of the same path may be left on the computer's own disk."""
        if self._mark is None or _mark(self.root) != self._mark:
            raise StorageFailed(
                tr("The medium with the backup is gone."),
                safe=tr("The archive is untouched. The backup that was there before is still on the medium."),
                todo=tr("Connect it and back up again."),
            )

    def numbers(self) -> list[int]:
        """Every state, whole or not, the newest first."""
        try:
            names = [one.name for one in (self.root / _STATES).iterdir() if one.is_dir() and not one.is_symlink()]
        except OSError:
            return []
        return sorted((int(name) for name in names if _NUMBER.fullmatch(name)), reverse=True)

    def whole(self) -> list[int]:
        """The states that were finished, the newest first."""
        return [number for number in self.numbers() if (self.state(number) / MANIFEST).is_file()]

    def state(self, number: int) -> Path:
        return self.root / _STATES / f"{number:08d}"

    def place(self, file: SealedFile) -> Path:
        """Where a file of a state stands."""
        return self.root / _FILES / Path(file.stored)

    def holds(self, file: SealedFile) -> bool:
        """Whether something of the right size stands in its place; what it is, only reading tells."""
        place = self.place(file)
        try:
            return place.is_file() and not place.is_symlink() and place.stat().st_size == file.size
        except OSError:
            return False

    def stored(self) -> Iterator[str]:
        """Everything among the files, by its path there. Links are not followed."""
        top = str(self.root / _FILES)
        for folder, _, names in os.walk(top):
            below = folder[len(top) :].replace(os.sep, "/").lstrip("/")
            yield from (f"{below}/{name}" if below else name for name in names)

    def drop_stored(self, stored: str) -> None:
        """Remove a file, and its folders if they hold nothing else. StorageFailed."""
        top = self.root / _FILES
        path = top / stored
        self._medium.remove(path)
        for folder in path.parents:
            if folder == top or any(folder.iterdir()):
                return
            self._medium.remove(folder)

    def drop_state(self, number: int, *, overwrite_database: bool) -> None:
        """Destroy what opens a state, and remove the rest of it. The manifest goes first: the state counts no more."""
        folder = self.state(number)
        for name in (MANIFEST, SLOTS, KEYS):
            self._medium.destroy(folder / name)
        if overwrite_database:
            self._medium.destroy(folder / DATABASE)
        self._medium.remove(folder)


def _mark(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def where_to(destination: Path, archive: Path, archive_id: str, medium: Medium) -> BackupFolder:
    """The folder for the backup of `archive` in `destination`, which is made if it is missing; nothing in it is touched.

    MalformedInput for a folder in or around the archive, and for one that holds anything but backups; StorageFailed.
    """
    try:
        there, home = destination.resolve(), archive.resolve()
        if there == home or there.is_relative_to(home) or home.is_relative_to(there):
            raise MalformedInput(
                tr("The backup cannot lie inside the archive's own folder, nor around it."),
                safe=tr("Nothing was changed."),
                todo=tr("Choose a folder on another disk, such as a USB stick."),
            )
        if there.exists() and not there.is_dir():
            raise MalformedInput(tr("The place for the backup is not a folder."), safe=tr("Nothing was changed."))
        strangers = [one for one in there.iterdir() if not _ours(one)] if there.exists() else []
    except OSError as fault:
        raise StorageFailed(
            tr("The folder for the backup cannot be read."), todo=tr("Check that the medium is connected.")
        ) from fault
    if strangers:
        raise MalformedInput(
            tr("The folder for the backup holds other files."),
            safe=tr("Nothing in it was changed."),
            todo=tr("Choose an empty folder, or name a new one on the medium: it is made."),
        )
    medium.make_folder(there)
    return BackupFolder(there / f"{PREFIX}{archive_id}", medium)


def found_in(source: Path, medium: Medium, archive_id: str | None = None) -> BackupFolder:
    """The backup in `source`: the folder given to a backup, or the archive's own folder in it.

    NotFound when there is none; MalformedInput when there are those of several archives and none is meant.
    """
    try:
        candidates = [source, *sorted(source.iterdir())] if source.is_dir() else []
    except OSError as fault:
        raise StorageFailed(
            tr("The folder of the backup cannot be read."), todo=tr("Check that the medium is connected.")
        ) from fault
    found = [BackupFolder(one, medium) for one in candidates if _is_backup(one)]
    if archive_id is not None:
        found = [one for one in found if one.archive_id == archive_id]
    if not found:
        raise NotFound(
            tr("There is no backup in this folder."), todo=tr("Name the folder that was given to the backup.")
        )
    if len(found) > 1:
        raise MalformedInput(
            tr("There are backups of {n} archives in this folder.", n=len(found)),
            todo=tr("Name one of them: {names}.", names=", ".join(one.root.name for one in found)),
        )
    return found[0]


def _is_backup(folder: Path) -> bool:
    return _is_named_so(folder) or ((folder / _IDENTITY).is_file() and (folder / _STATES).is_dir())


def _is_named_so(folder: Path) -> bool:
    name = folder.name
    return name.startswith(PREFIX) and _ID.fullmatch(name.removeprefix(PREFIX)) is not None and folder.is_dir()


def _ours(entry: Path) -> bool:
    if _is_named_so(entry) and not entry.is_symlink():
        return True
    return entry.name.startswith((".", "$")) or entry.name.casefold() in _SYSTEM
