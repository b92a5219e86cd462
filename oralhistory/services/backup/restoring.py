"""Bringing an archive back from a backup, and proving that it can be: with a passphrase, a printed code, or the
organisation's private key alone.

Refuses to write where anything stands. Killed in the middle, the same order goes on where it stopped; stopped or failed,
nothing is left. Files that the backup holds damaged or not at all are named, and everything else is brought back: a single
flipped bit must not cost an archive. What is brought back says so when it is unlocked (see `brought_back`). The proof reads
everything where it is and writes nothing.
"""

import json
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, Manifest, SealedFile
from oralhistory.domain.ports import HoldMedium, Keys, Medium, OpenSnapshot
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive import keylist
from oralhistory.services.archive.archives import CheckPlace
from oralhistory.services.archive.brought_back import WITNESS, restored
from oralhistory.services.archive.opened import DATABASE
from oralhistory.services.backup.backup_checks import snapshot_of
from oralhistory.services.backup.backup_folder import MANIFEST, SLOTS
from oralhistory.services.backup.backup_opening import OpenedState, OpenKeys, newest_state
from oralhistory.services.backup.backup_state import key_files
from oralhistory.services.backup.inventory import KEYS_FOLDER
from oralhistory.services.backup.proving import ProofReport, prove
from oralhistory.services.progress import Asked, Meter, Progress, never, silent

MARKER = ".restoring"
_LOCK_FILE = "backup.lock"
_MARGIN_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was brought back: state `number` of `made_at`. `findings`: files the backup did not hold whole."""

    folder: Path
    number: int
    made_at: datetime
    files: int
    size: int
    findings: tuple[Finding, ...]


class Restoring:
    """`hold` keeps other programs from a folder, `check_place` refuses places where no archive can be."""

    def __init__(
        self, keys: Keys, medium: Medium, open_snapshot: OpenSnapshot, hold: HoldMedium, check_place: CheckPlace
    ) -> None:
        self._check_place = check_place
        self._keys = keys
        self._medium = medium
        self._open_snapshot = open_snapshot
        self._hold = hold

    def by_passphrase(self, passphrase: str) -> OpenKeys:
        return lambda folder: self._keys.unlock(folder, passphrase)

    def by_code(self, code: str) -> OpenKeys:
        """With the printed recovery code."""
        return lambda folder: self._keys.unlock_with_code(folder, code)

    def by_organisation_key(self, private: bytes, passphrase: str) -> OpenKeys:
        """With the organisation's private key file; `passphrase` is the file's own, if it has one."""
        return lambda folder: self._keys.unlock_with_organisation_key(folder, private, passphrase)

    def restore(
        self, source: Path, target: Path, open_keys: OpenKeys, *, progress: Progress = silent, cancelled: Asked = never
    ) -> RestoreReport:
        """Bring the archive in the backup `source` back into `target`, which must be empty or missing.

        Whatever of it is damaged is brought back as it is, and named: even without its database, sound can be rescued. NotFound
        (no backup), WrongPassphrase, Damaged (key slots or list), MalformedInput (`target` is not fit), StorageFailed, InUse,
        Cancelled.
        """
        meter = Meter(progress, cancelled)
        self._check_place(target)
        _check_apart(source, target)
        with newest_state(source, open_keys, self._keys, self._medium, self._hold) as state:
            made = _prepared(target, state, self._medium)
            expected = _expected(state.manifest)
            release = self._hold(target)
            try:
                findings = self._brought_back(state, target, meter)
            except BaseException:
                release()
                with suppress(OSError, StorageFailed):
                    _clear(target, expected, self._medium, remove=made)
                raise
            release()
        manifest = state.manifest
        return RestoreReport(
            target, manifest.number, manifest.made_at, len(manifest.files), manifest.size, tuple(findings)
        )

    def _brought_back(self, state: OpenedState, target: Path, meter: Meter) -> list[Finding]:
        """The key slots come last: until then the folder is no archive."""
        manifest, medium = state.manifest, self._medium
        meter.expect(2 * manifest.size)
        findings = state.findings()
        for file in manifest.files:
            findings += self._file_brought_back(state, file, state.folder.place(file), target / file.path, meter)
        try:
            keys = key_files(state.keys, medium, state.folder, manifest.number)
        except Damaged:  # each interview's key stands in the database too, and is put back from there
            keys, findings = {}, [*findings, Finding(manifest.keys.path, Fault.CHANGED)]
        for interview, wrapped in keys.items():
            medium.make_folder(target / KEYS_FOLDER)
            medium.write(target / KEYS_FOLDER / f"{interview}.key", wrapped)
        place = target / DATABASE
        of_database = self._file_brought_back(state, manifest.database, state.path / DATABASE, place, meter)
        findings += of_database or self._database_checked(state, place)
        medium.write(target / WITNESS, restored(state.keys, manifest.made_at))
        slots = medium.read(state.path / SLOTS, manifest.slots.size)
        if medium.write(target / SLOTS, slots) != (manifest.slots.size, manifest.slots.sha256):
            findings.append(Finding(SLOTS, Fault.CHANGED))  # not those of this state, but they opened it
        medium.remove(target / MARKER)
        return findings

    def _database_checked(self, state: OpenedState, database: Path) -> list[Finding]:
        """What a database that is what was backed up holds nevertheless of damage."""
        try:
            with snapshot_of(self._open_snapshot, database, state.keys) as snapshot:
                snapshot.check()
                keylist.compare_with(snapshot.note, state.keys)
        except Damaged:
            return [Finding(DATABASE, Fault.CHANGED)]
        return []

    def _file_brought_back(
        self, state: OpenedState, file: SealedFile, source: Path, place: Path, meter: Meter
    ) -> list[Finding]:
        """Copy a file, unless an interrupted restore has brought it already; what is wrong with it."""
        whole = (file.size, file.sha256)
        if place.is_file() and self._medium.digest(place, meter) == whole:
            return []
        self._medium.make_folder(place.parent)
        try:
            copied = self._medium.copy(source, place, meter)
        except NotFound:
            if not (state.path / MANIFEST).is_file():
                raise StorageFailed(
                    tr("The medium with the backup is gone."), todo=tr("Connect it and begin again.")
                ) from None
            return [Finding(file.path, Fault.MISSING)]
        return [] if copied == whole else [Finding(file.path, Fault.CHANGED)]

    # --- the drill

    def drill(
        self, source: Path, open_keys: OpenKeys, *, progress: Progress = silent, cancelled: Asked = never
    ) -> ProofReport:
        """Open the backup in `source`, read every file and decrypt every recording, as a restore would; nothing is written.

        Errors as `restore`.
        """
        meter = Meter(progress, cancelled)
        with newest_state(source, open_keys, self._keys, self._medium, self._hold) as state:
            return prove(state, source, self._medium, self._open_snapshot, meter)


def _prepared(target: Path, state: OpenedState, medium: Medium) -> bool:
    """Make `target` the place of this restore; whether the folder was made. MalformedInput when anything else stands there."""
    manifest = state.manifest
    mark = json.dumps({"backup": manifest.backup_id, "number": manifest.number}).encode()
    made, begun = not target.exists(), False
    if not made:
        with suppress(NotFound):
            begun = medium.read(target / MARKER, 1024) == mark
        expected: Container[str] = _expected(manifest) if begun else {f"{MARKER}.part"}  # killed before it had begun
        foreign = [one for one in _everything(target) if one not in expected]
        if foreign or not target.is_dir():
            raise MalformedInput(
                tr("The folder for the restored archive is not empty."),
                safe=tr("Nothing in it was changed."),
                todo=tr("Choose an empty folder, or name a new one."),
            )
    medium.make_folder(target)
    needed = manifest.size + _MARGIN_BYTES
    if begun:
        needed -= sum((target / one).stat().st_size for one in _everything(target))
    if medium.free(target) < needed:
        if made:
            medium.remove(target)
        raise StorageFailed(
            tr("The disk has no room for the archive: {needed} MB are needed.", needed=-(-needed // 1_000_000)),
            safe=tr("Nothing was written."),
            todo=tr("Free some space, or choose another disk."),
        )
    medium.write(target / MARKER, mark)
    return made


def _check_apart(source: Path, target: Path) -> None:
    there, here = source.resolve(), target.resolve()
    if there == here or here.is_relative_to(there) or there.is_relative_to(here):
        raise MalformedInput(
            tr("An archive cannot be restored into its own backup."),
            safe=tr("Nothing was changed."),
            todo=tr("Choose a folder elsewhere."),
        )


def _everything(target: Path) -> list[str]:
    return [
        one.relative_to(target).as_posix() for one in sorted(target.rglob("*")) if not one.is_dir() or one.is_symlink()
    ]


def _expected(manifest: Manifest) -> "_Expected":
    return _Expected(frozenset(one.path for one in manifest.files))


@dataclass(frozen=True, slots=True)
class _Expected:
    """The files that a restore makes, halves included."""

    files: frozenset[str]

    def __contains__(self, path: object) -> bool:
        whole = str(path).removesuffix(".part")
        alone = {DATABASE, SLOTS, MARKER, WITNESS, _LOCK_FILE}
        return whole in self.files or whole in alone or whole.startswith(f"{KEYS_FOLDER}/")


def _clear(target: Path, expected: _Expected, medium: Medium, *, remove: bool) -> None:
    """Take away what a restore that did not end well has made."""
    for path in _everything(target):
        if path in expected:
            medium.remove(target / path)
    for folder in sorted((one for one in target.rglob("*") if one.is_dir()), reverse=True):
        folder.rmdir()
    if remove:
        target.rmdir()
