"""Which of the archive's files a backup still lacks, and the copying of those.

A filed recording that stands in the backup is never written again: if the archive's own file is another size by now, or is
gone, the backup's is the better one, and that is told. Companions (peaks, attachments) may change; each version is stored
under a name of its own.
"""

from dataclasses import dataclass

from oralhistory.domain.backup import SOUND, CatalogueEntry, Manifest, SealedFile, concerns
from oralhistory.domain.ports import Medium
from oralhistory.errors import NotFound
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.backup.backup_folder import BackupFolder
from oralhistory.services.backup.inventory import Inventory, Item
from oralhistory.services.progress import Meter


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is to be done: `known` is what the file was when it was copied last."""

    item: Item
    known: SealedFile | None


class Copying:
    """`prior` is the state that stands there, `check_kept`: read what stands there already and compare."""

    def __init__(
        self,
        archive: OpenArchive,
        medium: Medium,
        folder: BackupFolder,
        prior: Manifest | None,
        destroyed: frozenset[str],
        meter: Meter,
        *,
        check_kept: bool,
    ) -> None:
        self._archive = archive
        self._medium = medium
        self._folder = folder
        self._meter = meter
        self._check_kept = check_kept
        with archive.store.transaction() as records:
            self._catalogue = dict(records.backups.catalogue())
        self._prior = {} if prior is None else {one.path: one for one in prior.files}
        noted = {path: entry.file for path, entry in self._catalogue.items()}
        once_copied = (noted | self._prior).values()
        self._once_copied = {one.path: one for one in once_copied if not concerns(one.path, destroyed)}
        self._entries: dict[str, SealedFile] = {}
        self._todo: list[_Copy] = []
        self._seen: set[str] = set()
        self._changed: set[str] = set()
        self.copied = self.kept = self.written = 0

    # --- what is to be done

    def plan(self, stock: Inventory) -> None:
        """Decide for every file that was not decided on yet."""
        for item in stock.items:
            if item.path in self._seen:
                continue
            self._seen.add(item.path)
            known = self._known(item)
            if known is None or not self._stands(known):
                self._todo.append(_Copy(item, known))
                self._meter.expect(2 * item.size)
                continue
            if item.fixed and item.size != known.size:
                self._changed.add(item.path)
            self.kept += 1
            self._entries[item.path] = known

    @property
    def to_copy(self) -> int:
        """Bytes that the medium must have room for."""
        return sum(one.item.size for one in self._todo)

    def _known(self, item: Item) -> SealedFile | None:
        """The version of the file that the backup must have had, if it is still the file's own."""
        prior, noted = self._prior.get(item.path), self._catalogue.get(item.path)
        if item.fixed:
            return prior or (noted.file if noted else None)
        if noted is None or (noted.file.size, noted.mtime_ns) != (item.size, item.mtime_ns):
            return None
        return noted.file

    def _stands(self, known: SealedFile) -> bool:
        if not self._folder.holds(known):
            return False
        if not self._check_kept:
            return True
        self._meter.expect(known.size)
        return self._digest(known) == (known.size, known.sha256)

    def _digest(self, file: SealedFile) -> tuple[int, str] | None:
        try:
            return self._medium.digest(self._folder.place(file), self._meter)
        except NotFound:
            return None

    # --- doing it

    def run(self) -> None:
        """Copy what was planned. Each file counts for the next run as soon as it is copied."""
        while self._todo:
            self._copy(self._todo.pop(0))

    def _copy(self, todo: _Copy) -> None:
        item, source = todo.item, self._archive.folder / todo.item.path
        self._folder.require_there()
        try:
            file = self._fixed(item) if item.fixed else self._version(item)
        except NotFound:
            if not source.exists() and todo.known is None:
                return  # it was passing
            self._changed.add(item.path)
            self._keep_what_there_is(item.path)
            return
        if item.fixed and todo.known is not None and todo.known.sha256 != file.sha256:
            self._changed.add(item.path)
        else:
            with self._archive.store.transaction() as records:
                records.backups.note([CatalogueEntry(file, item.mtime_ns)])
        self._entries[item.path] = file

    def _fixed(self, item: Item) -> SealedFile:
        target = self._folder.place(SealedFile(item.path, item.size, ""))
        source = self._archive.folder / item.path
        if target.is_file() and target.stat().st_size == item.size:  # copied when an earlier run was interrupted
            digest = self._medium.digest(source, self._meter)
            if self._medium.digest(target, self._meter) == digest:
                self.kept += 1
                return SealedFile(item.path, *digest)
        self._medium.make_folder(target.parent)
        return self._counted(SealedFile(item.path, *self._medium.copy(source, target, self._meter)))

    def _version(self, item: Item) -> SealedFile:
        source = self._archive.folder / item.path
        version = SealedFile(item.path, *self._medium.digest(source, self._meter))
        if self._folder.holds(version) and self._digest(version) == (version.size, version.sha256):
            self.kept += 1
            return version
        self._medium.make_folder(self._folder.place(version).parent)
        waiting = self._folder.place(version)
        copied = SealedFile(item.path, *self._medium.copy(source, waiting, self._meter))
        if copied.stored != version.stored:  # it was written anew meanwhile
            waiting.replace(self._folder.place(copied))
        return self._counted(copied)

    def _counted(self, file: SealedFile) -> SealedFile:
        self.copied += 1
        self.written += file.size
        return file

    def _keep_what_there_is(self, path: str) -> None:
        """The archive does not give the file back; perhaps the backup has it."""
        once = self._once_copied.get(path)
        if once is not None and self._folder.holds(once):
            self._entries[path] = once

    # --- what came of it

    def files(self) -> tuple[SealedFile, ...]:
        """The files of the new state: what was copied and kept, and what only the backup has any more."""
        for path in self.missing():
            self._keep_what_there_is(path)
        return tuple(self._entries[path] for path in sorted(self._entries))

    def missing(self) -> tuple[str, ...]:
        """Files of recordings that were copied once and are not in the archive any more, though nobody destroyed them."""
        gone = self._once_copied.keys() - self._seen
        return tuple(sorted(path for path in gone if path.endswith(SOUND)))

    def changed(self) -> tuple[str, ...]:
        """Files of recordings that the archive no longer gives back as they were."""
        return tuple(sorted(self._changed))


def tidy(folder: BackupFolder, manifest: Manifest, destroyed: frozenset[str]) -> None:
    """Remove from the medium what was destroyed, halves, and older versions of the state's files."""
    current = {one.stored for one in manifest.files}
    versioned = {one.path for one in manifest.files if one.stored != one.path}
    gone = [
        stored
        for stored in folder.stored()
        if stored not in current
        and (stored.rpartition(".")[0] in versioned or stored.endswith(".part") or concerns(stored, destroyed))
    ]
    for stored in gone:
        folder.drop_stored(stored)
