"""Made-up interviews of any length for benchmarks: sealed 48 kHz sound, and a reviewed text with a time for each word."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Segment, Word
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import file_recording, take_folder

SOUND = SoundFormat()
PART_MS = 30 * 60 * 1000
SEGMENT_MS = 4_320
WORDS = 12
"""Three hours are 2,500 segments and 30,000 words, as the design counts them."""
_SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
_DOUBTFUL = 20
"""One word in so many."""


@dataclass(frozen=True, slots=True)
class Told:
    code: str
    segments: int
    words: int


def told(desk: Desk, pseudonym: str, ms: int) -> Told:
    """An interview of this length, with its sound and its text."""
    code = desk.interviews.create(("ko",), pseudonym).code
    for start in range(0, ms, PART_MS):
        _part(desk, code, min(PART_MS, ms - start))
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        segments = list(_segments(desk, records.recordings.of(interview.id), ms))
        records.transcripts.replace_reviewed(interview.id, segments)
    return Told(code, len(segments), sum(len(one.words) for one in segments))


def _part(desk: Desk, code: str, ms: int) -> None:
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
    keys = archive.vault.part_keys(interview.id, 1)[0]
    take = archive.new_id()
    target = take_folder(archive.folder, interview, take) / f"{keys.file_id}.oha"
    writer = archive.vault.create_part(target, keys, SOUND)
    chance = random.Random(7)
    loud = [chance.randrange(200_000, 2_000_000) * chance.choice((-1, 1)) for _ in range(SOUND.frames_per_record)]
    record = b"".join(struct.pack("<i", sample << 8)[1:] for sample in loud)
    for _ in range(ms * SOUND.rate // 1000 // SOUND.frames_per_record):
        writer.append(record)
    found = writer.finish()
    with archive.store.transaction() as records:
        recording = Recording(
            keys.file_id, interview.id, take, 0, TakePurpose.TESTIMONY, 0, SOUND.frames_to_ms(found.frames),
            found.frames, SOUND, found.sha256, found.complete, found.gaps,
            target.relative_to(archive.folder).as_posix(), "", "", archive.clock(),
        )  # fmt: skip
        file_recording(archive, records, interview, recording)


def _segments(desk: Desk, parts: list[Recording], ms: int) -> Iterator[Segment]:
    chance = random.Random(11)
    for row, start in enumerate(range(0, ms - SEGMENT_MS + 1, SEGMENT_MS)):
        each = SEGMENT_MS // WORDS
        words = tuple(
            Word("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 5))), start + n * each, start + (n + 1) * each,
                 0.3 if chance.randrange(_DOUBTFUL) == 0 else 0.95)
            for n in range(WORDS)
        )  # fmt: skip
        recording = next(one.id for one in parts if one.start_ms <= start < one.end_ms)
        text = " ".join(word.text for word in words) + "."
        yield Segment(desk.archive.new_id(), recording, start, start + SEGMENT_MS, text, f"S{row % 2 + 1}", "ko", words)
