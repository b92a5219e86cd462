"""Proving that a backup would come back: every file read and compared, every recording decrypted, nothing written."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, SealedFile
from oralhistory.domain.ports import Medium, OpenSnapshot, SnapshotRecording
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed
from oralhistory.services.archive import keylist
from oralhistory.services.backup.backup_checks import compare, snapshot_of, strangers
from oralhistory.services.backup.backup_folder import DATABASE
from oralhistory.services.backup.backup_opening import OpenedState
from oralhistory.services.backup.backup_state import key_files
from oralhistory.services.progress import Meter


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


def prove(state: OpenedState, place: Path, medium: Medium, open_snapshot: OpenSnapshot, meter: Meter) -> ProofReport:
    """Read and decrypt all of `state`, as a restore would."""
    findings = state.findings()
    findings += compare(medium, state.folder, state.manifest, meter)
    findings += strangers(state.folder, state.manifest)
    wrapped, recordings = _known_to_database(state, findings, medium, open_snapshot)
    state.keys.lend_interview_keys(wrapped)
    by_path = {one.path: one for one in state.manifest.files}
    unproven = [(one.code, one.part) for one in recordings if not _opens(state, by_path.get(one.path), one, meter)]
    manifest = state.manifest
    return ProofReport(
        place, manifest.number, manifest.made_at, state.kind, len(wrapped), len(recordings),
        sum(not one.complete for one in recordings), sum(one.duration_ms for one in recordings),
        len(manifest.files), manifest.size, tuple(findings), tuple(unproven),
    )  # fmt: skip


def _known_to_database(
    state: OpenedState, findings: list[Finding], medium: Medium, open_snapshot: OpenSnapshot
) -> tuple[dict[str, bytes], list[SnapshotRecording]]:
    """Every interview's key, from the key files where they are whole, and every recording: as far as the database opens."""
    wrapped: dict[str, bytes] = {}
    recordings: list[SnapshotRecording] = []
    try:
        with snapshot_of(open_snapshot, state.path / DATABASE, state.keys) as snapshot:
            wrapped |= snapshot.wrapped_keys()
            recordings += snapshot.recordings()
            snapshot.check()
            keylist.compare_with(snapshot.note, state.keys)
    except (Damaged, StorageFailed):
        if DATABASE not in {one.path for one in findings}:
            findings.append(Finding(DATABASE, Fault.CHANGED))
    with suppress(Damaged):  # named already, as a file
        wrapped |= key_files(state.keys, medium, state.folder, state.manifest.number)
    return wrapped, recordings


def _opens(state: OpenedState, file: SealedFile | None, recording: SnapshotRecording, meter: Meter) -> bool:
    if file is None:
        return False
    meter.expect(file.size)
    try:
        part = state.keys.open_part(recording.interview_id, state.folder.place(file))
    except (NotFound, Damaged, MalformedInput):
        return False
    try:
        summary = part.summary(meter.cancelled)
    finally:
        part.close()
    meter(file.size)
    return (summary.sha256, summary.complete) == (recording.sha256, recording.complete)
