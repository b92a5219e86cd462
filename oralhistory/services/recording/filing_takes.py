"""Storing a take whose parts were read: sound, marks, passages to seal, and the name of what is missing, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import Records
from oralhistory.domain.sound import Gap, GapReason, PartSummary
from oralhistory.i18n import mark
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.filing import AUDIO, as_recording, file_recording
from oralhistory.services.recording.recording_places import folders
from oralhistory.services.recording.take_notes import NotesOfTake, PartNotes
from oralhistory.services.recording.takes import TakeMemo, memo_key, memo_of

MISSING = mark("sound is missing that was safe on the disk")


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a take that was safe on a disk while it was recorded, so many frames, and is not to be found."""

    code: str
    file_id: str
    frames: int


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part as its reader found it."""

    path: Path
    summary: PartSummary
    notes: PartNotes

    @property
    def file_id(self) -> str:
        return self.path.stem


def file_parts(
    archive: OpenArchive, interview: Interview, take_id: str, memo: TakeMemo, parts: list[FoundPart]
) -> list[Recording]:
    """Store the parts of a take, in the order in which they were recorded, behind what is on the timeline.

    Stop and unlocking may both find a take: what the other one has filed meanwhile is passed over.
    """
    filed: list[Recording] = []
    with archive.store.transaction() as records:
        known = records.recordings.ids()
        parts = [one for one in parts if one.file_id not in known]
        notes = NotesOfTake(records, interview, _next_begins(archive, records, interview, take_id, memo))
        ends_ms = _end_of(records, interview, take_id, memo)
        device, started_at = memo.device, memo.started_at
        for one in parts:
            device, started_at = one.notes.device or device, one.notes.started_at or started_at
            starts_ms = ends_ms
            if one.summary.frames:
                recording = as_recording(
                    archive, interview, one.path, _with_lost_end(one.summary, memo.reached.get(one.file_id, 0)),
                    purpose=memo.purpose, recorded_at=datetime.fromisoformat(started_at), device=device,
                )  # fmt: skip
                filed.append(file_recording(archive, records, interview, recording))
                starts_ms, ends_ms = filed[-1].start_ms, filed[-1].end_ms
            if memo.purpose is TakePurpose.TESTIMONY:
                notes.file(one.notes, starts_ms, one.summary.format)
        lost = _name_missing(archive, records, interview, memo, parts)
        if memo.purpose is TakePurpose.TESTIMONY and not lost:
            notes.end(ends_ms)
        _remember(records, take_id, memo, parts)
    return filed


def missing(archive: OpenArchive) -> list[Missing]:
    """What was safe on a disk while it was recorded, and is not to be found.

    The custody log says of which interview it is; it is long, and read only where something is missing.
    """
    beginning = missing_key("")
    with archive.store.transaction() as records:
        lost = {key.removeprefix(beginning): int(records.notes.get(key) or 0) for key in records.notes.keys(beginning)}
        if not lost:
            return []
        interviews = records.interviews.all()
        of = {event.object_hash: one.code for one in interviews for event in records.custody.of(one.id)}
    return [Missing(code, file_id, lost[file_id]) for file_id, code in of.items() if file_id in lost]


def _end_of(records: Records, interview: Interview, take_id: str, memo: TakeMemo) -> int:
    """Where on the timeline what is filed of the take ends; its beginning when nothing is."""
    return max((one.end_ms for one in records.recordings.of(interview.id) if one.take_id == take_id), default=memo.starts_ms)


def _next_begins(archive: OpenArchive, records: Records, interview: Interview, take_id: str, memo: TakeMemo) -> int | None:
    """Where on the timeline a take that was begun later, and is not filed yet, begins: it may be going on. None without one."""
    filed = {one.take_id for one in records.recordings.of(interview.id)} | {take_id}
    others = (memo_of(records, one) for one in folders(archive.folder / AUDIO / interview.id) if one not in filed)
    later = (one for one in others if one is not None and one.started_at >= memo.started_at)
    return min((one.starts_ms for one in later if one.purpose is TakePurpose.TESTIMONY), default=None)


def _with_lost_end(summary: PartSummary, reached: int) -> PartSummary:
    """A part that once reached further on the disk than it does now has lost its end, and says so."""
    if summary.frames >= reached:
        return summary
    lost = Gap(summary.frames, reached - summary.frames, GapReason.DAMAGED)
    return replace(summary, gaps=(*summary.gaps, lost))


def _name_missing(
    archive: OpenArchive, records: Records, interview: Interview, memo: TakeMemo, parts: list[FoundPart]
) -> bool:
    """Put parts on record that are gone, once each; whether there are any."""
    here = {one.file_id for one in parts} | records.recordings.ids() | set(memo.done)
    gone = {file_id: frames for file_id, frames in memo.reached.items() if frames and file_id not in here}
    for file_id, frames in gone.items():
        if records.notes.get(missing_key(file_id)) is None:
            records.notes.set(missing_key(file_id), str(frames))
            archive.record_custody(records, interview, MISSING, "missing", file_id)
    for one in parts:
        records.notes.delete(missing_key(one.file_id))
    return bool(gone)


def _remember(records: Records, take_id: str, memo: TakeMemo, parts: list[FoundPart]) -> None:
    """Parts that hold notes and no sound are no recordings; they are not read again."""
    silent = tuple(one.file_id for one in parts if not one.summary.frames)
    if silent:
        records.notes.set(memo_key(take_id), replace(memo, done=(*memo.done, *silent)).to_json())


def missing_key(file_id: str) -> str:
    """The note that says that this part is missing."""
    return f"missing:{file_id}"
