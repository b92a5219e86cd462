"""Writing and reading one state of a backup: snapshot of the database, key files, key slots, and the manifest of it all.

The manifest and the bundle of key files are sealed under the archive key; the manifest is written last.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from oralhistory.domain.backup import KnownBackup, Manifest, SealedFile
from oralhistory.domain.ports import Medium, OpenSnapshot, UnlockedKeys
from oralhistory.errors import Damaged, InUse, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive import keylist
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.backup.backup_checks import snapshot_of
from oralhistory.services.backup.backup_folder import (
    DATABASE,
    KEYS,
    MANIFEST,
    MOST_MANIFEST_BYTES,
    MOST_SMALL_BYTES,
    SLOTS,
    BackupFolder,
)
from oralhistory.services.progress import Meter

_MANIFEST_SEAL = "backup manifest"
_KEYS_SEAL = "backup keys"
_TRIES = 3


class StateWriter:
    """Writes the state `known.begun` of the backup in `folder`."""

    def __init__(
        self,
        archive: OpenArchive,
        medium: Medium,
        open_snapshot: OpenSnapshot,
        folder: BackupFolder,
        known: KnownBackup,
    ) -> None:
        self._archive = archive
        self._medium = medium
        self._open_snapshot = open_snapshot
        self._folder = folder
        self._known = known
        self._state = folder.state(known.begun)
        self._own: tuple[SealedFile, SealedFile, SealedFile] | None = None

    def snapshot(self, meter: Meter) -> None:
        """Database, key files and key slots as they belong together at one moment, read back and opened."""
        for number in self._folder.numbers():
            if number not in self._folder.whole():  # what an interruption left
                self._folder.drop_state(number, overwrite_database=False)
        self._medium.make_folder(self._state)
        slots, keys = self._at_one_moment(meter)
        database = self._state / DATABASE
        self._medium.settle(database)
        meter.expect(2 * database.stat().st_size)
        digest = self._medium.digest(database, meter)
        self._open(database)
        meter(database.stat().st_size)
        sealed = self._archive.vault.seal_own(_KEYS_SEAL, json.dumps(keys).encode())
        self._own = (
            SealedFile(DATABASE, *digest),
            SealedFile(KEYS, *self._medium.write(self._state / KEYS, sealed)),
            SealedFile(SLOTS, *self._medium.write(self._state / SLOTS, slots)),
        )

    def _at_one_moment(self, meter: Meter) -> tuple[bytes, dict[str, str]]:
        """The snapshot, with the key slots and key files that did not change while it was made."""
        vault, target = self._archive.vault, self._state / DATABASE
        for _ in range(_TRIES):
            slots = vault.slots_file()
            self._archive.store.snapshot(target, meter.cancelled)
            keys = {interview: wrapped.hex() for interview, wrapped in vault.key_files().items()}
            if vault.slots_file() == slots:
                return slots, keys
            self._medium.remove(target)
        raise InUse(
            tr("The keys of the archive are being changed."),
            safe=tr("Nothing was changed."),
            todo=tr("Try again later."),
        )

    def _open(self, database: Path) -> None:
        """The snapshot opens with the key that its key slots lead to, it knows them, and every page of it verifies."""
        vault = self._archive.vault
        with snapshot_of(self._open_snapshot, database, vault) as snapshot:
            snapshot.check()
            keylist.compare_with(snapshot.note, vault)

    def finish(self, files: tuple[SealedFile, ...], at: datetime) -> Manifest:
        """From here on the state counts. StorageFailed when the medium went, or lost what was written to it."""
        assert self._own is not None
        self._folder.require_there()
        if not all(map(self._folder.holds, files)):
            raise StorageFailed(
                tr("The medium lost files that were written to it."),
                safe=tr("The archive is untouched."),
                todo=tr("Do not trust this medium any more; use another one."),
            )
        database, keys, slots = self._own
        vault, known = self._archive.vault, self._known
        manifest = Manifest(vault.archive_id, known.id, known.begun, at, database, keys, slots, files)
        self._medium.write(self._state / MANIFEST, vault.seal_own(_MANIFEST_SEAL, manifest.to_bytes()))
        return manifest

    def abandon(self) -> None:
        """Remove what there is of the state, unless it counts already."""
        if not (self._state / MANIFEST).is_file():
            self._folder.drop_state(self._known.begun, overwrite_database=False)


def read_manifest(vault: UnlockedKeys, medium: Medium, folder: BackupFolder, number: int) -> Manifest | None:
    """The manifest of a state; None when it is not what a holder of these keys wrote as this state of this archive."""
    try:
        sealed = medium.read(folder.state(number) / MANIFEST, MOST_MANIFEST_BYTES)
        manifest = Manifest.from_bytes(vault.unseal_own(_MANIFEST_SEAL, sealed))
    except (NotFound, Damaged, ValueError):
        return None
    own = (manifest.archive_id, manifest.number, manifest.backup_id)
    return manifest if own == (vault.archive_id, number, folder.identity()) else None


def sha256(medium: Medium, folder: BackupFolder, number: int) -> str:
    """Hash of the sealed manifest of a state: how the archive knows it again."""
    return hashlib.sha256(medium.read(folder.state(number) / MANIFEST, MOST_MANIFEST_BYTES)).hexdigest()


def key_files(vault: UnlockedKeys, medium: Medium, folder: BackupFolder, number: int) -> dict[str, bytes]:
    """The wrapped key of each interview, by the interview's id. Damaged."""
    try:
        sealed = medium.read(folder.state(number) / KEYS, MOST_SMALL_BYTES)
        listed = json.loads(vault.unseal_own(_KEYS_SEAL, sealed))
        return {str(interview): bytes.fromhex(wrapped) for interview, wrapped in listed.items()}
    except (NotFound, ValueError, AttributeError, TypeError):
        raise Damaged(tr("The keys in the backup are damaged."), safe=tr("Nothing was changed.")) from None
