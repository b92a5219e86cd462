"""Bringing an archive back from a backup, and proving that it can be: with a passphrase, a printed code, or the
organisation's private key alone.

Refuses to write where anything stands. Killed in the middle, the same order goes on where it stopped; stopped or failed,
nothing is left. Files that the backup holds damaged or not at all are named, and everything else is brought back: a single
flipped bit must not cost an archive. The proof reads everything where it is and writes nothing.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, Manifest, SealedFile
from oralhistory.domain.ports import HoldMedium, Keys, Medium, OpenSnapshot, SnapshotRecording, UnlockedKeys
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services import keylist
from oralhistory.services.archives import DATABASE, CheckPlace
from oralhistory.services.backup_checks import compare, kept_still, snapshot_of, strangers
from oralhistory.services.backup_folder import MANIFEST, SLOTS, BackupFolder, found_in
from oralhistory.services.backup_state import key_files, read_manifest
from oralhistory.services.inventory import KEYS_FOLDER
from oralhistory.services.progress import Asked, Meter, Progress, never, silent

OpenKeys = Callable[[Path], UnlockedKeys]
"""Opens the key slots in a folder. WrongPassphrase, Damaged, NotFound, MalformedInput."""

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


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What a drill has proven of state `number`, opened with a key slot of this `kind`.

    `recordings` were decrypted from the first sample to the last and hashed as when they were filed; `interrupted` of them
    had no proper end then already. `unproven` are (code, part) that did not come out the same. Times in ms, sizes in bytes.
    """

    place: Path
    number: int
    made_at: datetime
    kind: str
    interviews: int
    recordings: int
    interrupted: int
    duration_ms: int
    files: int
    size: int
    findings: tuple[Finding, ...]
    unproven: tuple[tuple[str, int], ...]

    @property
    def proven(self) -> bool:
        """Whether everything would come back."""
        return not self.findings and not self.unproven


@dataclass(frozen=True, slots=True)
class _State:
    """A state of a backup, opened."""

    folder: BackupFolder
    keys: UnlockedKeys
    manifest: Manifest
    kind: str
    skipped: bool

    @property
    def path(self) -> Path:
        return self.folder.state(self.manifest.number)


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

    def by_organisation_key(self, private: bytes, passphrase: str = "") -> OpenKeys:
        """With the organisation's private key file; `passphrase` is the file's own, if it has one."""
        return lambda folder: self._keys.unlock_with_organisation_key(folder, private, passphrase)

    def restore(
        self, source: Path, target: Path, open_keys: OpenKeys, *, progress: Progress = silent, cancelled: Asked = never
    ) -> RestoreReport:
        """Bring the archive in the backup `source` back into `target`, which must be empty or missing.

        NotFound (no backup), WrongPassphrase, Damaged (its list, keys or database), MalformedInput (`target` is not fit),
        StorageFailed, InUse, Cancelled.
        """
        meter = Meter(progress, cancelled)
        self._check_place(target)
        _check_apart(source, target)
        with self._state(source, open_keys) as state:
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

    def _brought_back(self, state: _State, target: Path, meter: Meter) -> list[Finding]:
        """The key slots come last: until then the folder is no archive."""
        manifest, medium = state.manifest, self._medium
        meter.expect(2 * manifest.size)
        findings = [Finding("", Fault.ROLLED_BACK)] if state.skipped else []
        for file in manifest.files:
            place = target / file.path
            medium.make_folder(place.parent)
            if not self._is_there(place, file, meter):
                findings += self._file_brought_back(state, file, place, meter)
        for interview, wrapped in key_files(state.keys, medium, state.folder, manifest.number).items():
            medium.make_folder(target / KEYS_FOLDER)
            medium.write(target / KEYS_FOLDER / f"{interview}.key", wrapped)
        database = target / DATABASE
        if not self._is_there(database, manifest.database, meter):
            self._must(medium.copy(state.path / DATABASE, database, meter), manifest.database)
        with snapshot_of(self._open_snapshot, database, state.keys) as snapshot:
            snapshot.check()
            keylist.compare_with(snapshot.note, state.keys)
        slots = medium.read(state.path / SLOTS, manifest.slots.size)
        self._must(medium.write(target / SLOTS, slots), manifest.slots)
        medium.remove(target / MARKER)
        return findings

    def _is_there(self, place: Path, file: SealedFile, meter: Meter) -> bool:
        """Whether an interrupted restore has brought it already."""
        return place.is_file() and self._medium.digest(place, meter) == (file.size, file.sha256)

    def _file_brought_back(self, state: _State, file: SealedFile, place: Path, meter: Meter) -> list[Finding]:
        try:
            copied = self._medium.copy(state.folder.place(file), place, meter)
        except NotFound:
            if not (state.path / MANIFEST).is_file():
                raise StorageFailed(
                    tr("The medium with the backup is gone."), todo=tr("Connect it and begin again.")
                ) from None
            return [Finding(file.path, Fault.MISSING)]
        return [] if copied == (file.size, file.sha256) else [Finding(file.path, Fault.CHANGED)]

    def _must(self, written: tuple[int, str], file: SealedFile) -> None:
        if written != (file.size, file.sha256):
            raise Damaged(
                tr("The database or the keys in the backup are damaged."),
                safe=tr("The backup was not changed."),
                todo=tr("Use another backup."),
            )

    # --- the drill

    def drill(
        self, source: Path, open_keys: OpenKeys, *, progress: Progress = silent, cancelled: Asked = never
    ) -> ProofReport:
        """Open the backup in `source`, read every file and decrypt every recording, as a restore would; nothing is written.

        Errors as `restore`.
        """
        meter = Meter(progress, cancelled)
        with self._state(source, open_keys) as state:
            findings = [Finding("", Fault.ROLLED_BACK)] if state.skipped else []
            findings += compare(self._medium, state.folder, state.manifest, meter)
            findings += strangers(state.folder, state.manifest)
            with snapshot_of(self._open_snapshot, state.path / DATABASE, state.keys) as snapshot:
                snapshot.check()
                keylist.compare_with(snapshot.note, state.keys)
                wrapped = dict(snapshot.wrapped_keys())
                recordings = list(snapshot.recordings())
            in_files = key_files(state.keys, self._medium, state.folder, state.manifest.number)
            state.keys.lend_interview_keys(wrapped | in_files)
            by_path = {one.path: one for one in state.manifest.files}
            unproven = [
                (one.code, one.part) for one in recordings if not self._opens(state, by_path.get(one.path), one, meter)
            ]
        manifest = state.manifest
        return ProofReport(
            source, manifest.number, manifest.made_at, state.kind, len(wrapped), len(recordings),
            sum(not one.complete for one in recordings), sum(one.duration_ms for one in recordings),
            len(manifest.files), manifest.size, tuple(findings), tuple(unproven),
        )  # fmt: skip

    def _opens(self, state: _State, file: SealedFile | None, recording: SnapshotRecording, meter: Meter) -> bool:
        if file is None:
            return False
        meter.expect(file.size)
        try:
            part = state.keys.open_part(recording.interview_id, state.folder.place(file))
        except (NotFound, Damaged):
            return False
        try:
            summary = part.summary(meter.cancelled)
        finally:
            part.close()
        meter(file.size)
        return (summary.sha256, summary.complete) == (recording.sha256, recording.complete)

    # --- opening a state

    @contextmanager
    def _state(self, source: Path, open_keys: OpenKeys) -> Iterator[_State]:
        """The newest whole state that verifies, held against a backup that would replace it."""
        folder = found_in(source, self._medium)
        with kept_still(self._hold, folder.root):
            state = self._newest(folder, open_keys)
            try:
                yield state
            finally:
                state.keys.close()

    def _newest(self, folder: BackupFolder, open_keys: OpenKeys) -> _State:
        numbers = folder.whole()
        if not numbers:
            raise NotFound(tr("The backup in this folder was never finished."), todo=tr("Use another backup."))
        fault: Damaged | None = None
        for number in numbers:
            try:
                keys = open_keys(folder.state(number))
            except Damaged as damaged:
                fault = fault or damaged
                continue
            manifest = read_manifest(keys, self._medium, folder, number)
            if manifest is not None:
                kinds = {one.id: one.kind for one in self._keys.slots(folder.state(number))}
                return _State(folder, keys, manifest, kinds.get(keys.opened_by, ""), skipped=number != numbers[0])
            keys.close()
        raise fault or Damaged(
            tr(
                "The list of what the backup holds is not one that this archive wrote: it is damaged, or was exchanged."
            ),
            safe=tr("Nothing was changed."),
            todo=tr("Use another backup."),
        )


def _prepared(target: Path, state: _State, medium: Medium) -> bool:
    """Make `target` the place of this restore; whether the folder was made. MalformedInput when anything else stands there."""
    manifest = state.manifest
    mark = json.dumps({"backup": manifest.backup_id, "number": manifest.number}).encode()
    made, begun = not target.exists(), False
    if not made:
        with suppress(NotFound):
            begun = medium.read(target / MARKER, 1024) == mark
        foreign = [one for one in _everything(target) if not begun or one not in _expected(manifest)]
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

    def __contains__(self, path: str) -> bool:
        whole = path.removesuffix(".part")
        alone = {DATABASE, SLOTS, MARKER, _LOCK_FILE}
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
