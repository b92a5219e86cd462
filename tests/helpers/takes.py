"""Takes sealed without a microphone: sound that the test knows, on the disk as a recorder leaves it, filed like any other."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.sound import Gap, SoundFormat
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import AUDIO, as_recording, file_recording, take_folder

RECORDED = SoundFormat()


def seal(
    desk: Desk,
    code: str,
    pcm: bytes,
    sound: SoundFormat = RECORDED,
    *,
    finish: bool = True,
    gaps: Mapping[int, Gap] | None = None,
) -> Path:
    """A take of one part that nobody filed yet. `gaps` are noted before the record of that number."""
    interview = desk.interviews.card(code).interview.id
    [keys] = desk.archive.vault.part_keys(interview, 1)
    folder = desk.archive.folder / AUDIO / interview / desk.archive.new_id()
    folder.mkdir(parents=True)
    part = desk.archive.vault.create_part(folder / f"{keys.file_id}.oha", keys, sound)
    part.meta(json.dumps({"begins": 0, "purpose": TakePurpose.TESTIMONY}).encode())
    step = sound.frames_per_record * sound.bytes_per_frame
    for number, at in enumerate(range(0, len(pcm), step)):
        if gaps and number in gaps:
            part.gap(gaps[number])  # type: ignore[attr-defined]
        part.append(pcm[at : at + step])
    if finish:
        part.finish()
    else:
        part.abandon()
    return part.path  # type: ignore[attr-defined,no-any-return]


def on_file(desk: Desk, code: str, sealed: Iterable[bytes], sound: SoundFormat) -> Recording:
    """A recording of these records behind the earlier ones, as if it had always been there: nobody is told that it came."""
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
    [keys] = archive.vault.part_keys(interview.id, 1)
    path = take_folder(archive.folder, interview, archive.new_id()) / f"{keys.file_id}.oha"
    part = archive.vault.create_part(path, keys, sound)
    for record in sealed:
        part.append(record)
    summary = part.finish()
    with archive.store.transaction() as records:
        recording = as_recording(
            archive, interview, path, summary, purpose=TakePurpose.TESTIMONY, recorded_at=archive.clock()
        )
        return file_recording(archive, records, interview, recording)


def filed(desk: Desk, code: str, *pieces: bytes, sound: SoundFormat = RECORDED) -> list[Recording]:
    """One recording for each piece of sound, one behind the other on the timeline."""
    found = []
    for pcm in pieces:
        seal(desk, code, pcm, sound)
        found += desk.recording.adopt()
    return found
