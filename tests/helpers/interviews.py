"""Interviews with sealed sound, made without a microphone and without a decoder: fast enough for thousands."""

from pathlib import Path

import numpy as np

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import Interview, Route, Status, TakePurpose
from oralhistory.domain.person import Narrator
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Segment
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import as_recording, file_recording
from tests.helpers.archives import consent
from tests.helpers.takes import seal

RATE = 2_000
SOUND = SoundFormat(rate=RATE, channels=1, bits=24, frames_per_record=200)


def pcm(seed: int, frames: int = RATE) -> bytes:
    """So many frames of noise, 24 bits, the same for the same seed."""
    return np.random.default_rng(seed).integers(0, 256, 3 * frames, np.uint8).tobytes()


def add_interview(desk: Desk, seed: int = 1, pseudonym: str = "", names: str = "", *words: str) -> Interview:
    """An interview with a second of sound (`pcm`), a consent, and these words as its reviewed transcript."""
    code = desk.interviews.create(pseudonym=pseudonym).code
    if names:
        desk.interviews.set_field(code, "names", names)
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    interview = desk.interviews.card(code).interview
    add_sound(desk, interview, pcm(seed))
    [recording] = desk.interviews.card(code).recordings
    with desk.archive.store.transaction() as records:
        records.transcripts.replace_reviewed(
            interview.id,
            [
                Segment(f"s{i}", recording.id, 100 * i, 100 * i + 90, text, "narrator", "ko", (), frozenset())
                for i, text in enumerate(words)
            ],
        )
    return interview


def add_sound(desk: Desk, interview: Interview, sound: bytes) -> Path:
    """A sealed take of the interview, filed; its file."""
    part = seal(desk, interview.code, sound, SOUND)
    desk.recording.adopt_take(interview, part.parent.name)
    return part


def heard(desk: Desk, code: str | None = None) -> dict[str, str]:
    """The SHA-256 of the sound of every recording (of one interview), decrypted anew, by the recording's id."""
    found = {}
    for card in desk.interviews.cards():
        for recording in card.recordings if code in (None, card.interview.code) else ():
            part = desk.archive.vault.open_part(recording.interview_id, desk.archive.folder / recording.path)
            found[recording.id] = part.summary().sha256
            part.close()
    return found


def filed(desk: Desk, code: str | None = None) -> dict[str, str]:
    """The same as it was when the recordings were filed."""
    cards = [card for card in desk.interviews.cards() if code in (None, card.interview.code)]
    return {recording.id: recording.sha256 for card in cards for recording in card.recordings}


def add_many(desk: Desk, count: int, segments: int = 40) -> list[str]:
    """So many interviews with a little sound and a transcript each, filed in one transaction; their codes."""
    archive = desk.archive
    sound = pcm(0, 400)
    with archive.store.transaction() as records:
        for number in range(count):
            one = Interview(archive.new_id(), f"I-{number:05}", ("ko",), Status.RECORDED, archive.clock())
            records.interviews.add(one, archive.vault.create_interview_key(one.id))
            records.people.add_narrator(Narrator(archive.new_id(), one.id, f"P-{number:05}", "", Route.UNKNOWN))
            [keys] = archive.vault.part_keys(one.id, 1)
            path = archive.folder / "audio" / one.id / archive.new_id() / f"{keys.file_id}.oha"
            path.parent.mkdir(parents=True)
            writer = archive.vault.create_part(path, keys, SOUND)
            writer.append(sound[: len(sound) // 2])
            recording = as_recording(
                archive, one, path, writer.finish(), purpose=TakePurpose.TESTIMONY, recorded_at=archive.clock()
            )
            file_recording(archive, records, one, recording)
            said = f"{number}번째 이야기는 이렇게 이어진다"
            words = [Segment(f"s{i}", recording.id, i, i + 1, f"{said} {i}", "", "ko", (), frozenset()) for i in range(segments)]
            records.transcripts.replace_reviewed(one.id, words)
    return [f"I-{number:05}" for number in range(count)]
