"""Filing recordings on the interview's timeline, wherever they came from."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, Status, TakePurpose, on_timeline
from oralhistory.domain.ports import Records
from oralhistory.domain.sound import PartSummary
from oralhistory.errors import Cancelled, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive

AUDIO = "audio"
"""The archive's folder of all sound: interview / take / part."""
BALLAST = ".ballast"
"""A file in it that holds nothing and is given up when the disk is full; backups leave it out."""


def take_folder(root: Path, interview: Interview, take_id: str) -> Path:
    """The folder of one take, made if it is missing."""
    folder = root / AUDIO / interview.id / take_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def file_recording(archive: OpenArchive, records: Records, interview: Interview, recording: Recording) -> Recording:
    """Store `recording` as the next part on the interview's timeline."""
    earlier = records.recordings.of(interview.id)
    placed = replace(on_timeline(recording, earlier), part=max((one.part for one in earlier), default=0) + 1)
    records.recordings.add(placed)
    if placed.purpose is TakePurpose.TESTIMONY and interview.status in (Status.PLANNED, Status.NOTED):
        records.interviews.set_status(interview.id, Status.RECORDED)
    outcome = "complete" if placed.complete else "interrupted"
    archive.record_custody(records, interview, "recording filed", outcome, placed.sha256)
    return placed


def as_recording(
    archive: OpenArchive,
    interview: Interview,
    path: Path,
    summary: PartSummary,
    *,
    purpose: TakePurpose,
    recorded_at: datetime,
    device: str = "",
    source_sha256: str = "",
) -> Recording:
    """The sealed part at `path`, in the folder of its take, as a recording that has no place on the timeline yet."""
    return Recording(
        id=path.stem,
        interview_id=interview.id,
        take_id=path.parent.name,
        part=0,
        purpose=purpose,
        start_ms=0,
        duration_ms=summary.format.frames_to_ms(summary.frames),
        frames=summary.frames,
        format=summary.format,
        sha256=summary.sha256,
        complete=summary.complete,
        gaps=summary.gaps,
        path=path.relative_to(archive.folder).as_posix(),
        device=device,
        source_sha256=source_sha256,
        recorded_at=recorded_at,
    )


IMPORTS = "import:"
"""How the keys of notes begin that stand while a file is brought in."""


def import_note(interview_id: str, take_id: str) -> str:
    """The note that stands while a file is brought in as this take: until then it is no recording."""
    return f"{IMPORTS}{interview_id}:{take_id}"


def refuse_gone(records: Records, recording: Recording, *, todo: str = "") -> None:
    """Cancelled when minutes were removed from the sound while it was read: what was found in it is not wanted any more."""
    if recording.id not in {one.id for one in records.recordings.of(recording.interview_id)}:
        raise Cancelled(
            tr("The sound was changed while it was heard."), safe=tr("What was finished is kept."), todo=todo
        )


def testimony(records: Records, interview: Interview) -> list[Recording]:
    """The interview's recordings on its timeline, in order."""
    spoken = (one for one in records.recordings.of(interview.id) if one.purpose is TakePurpose.TESTIMONY)
    return sorted(spoken, key=lambda one: one.start_ms)


def some_testimony(records: Records, interview: Interview) -> list[Recording]:
    """Like `testimony`; NotFound when nothing was recorded."""
    recordings = testimony(records, interview)
    if not recordings:
        raise NotFound(
            tr("Interview {code} has no recording yet.", code=interview.code),
            todo=tr("Record one, or import a sound file."),
        )
    return recordings
