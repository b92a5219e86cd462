"""Made-up interviews of any length for benchmarks: sealed 48 kHz sound, and a reviewed text with a time for each word."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from oralhistory.domain.interview import Recording
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Segment, Word
from oralhistory.services.desk import Desk
from tests.helpers.takes import on_file

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
    chance = random.Random(7)
    loud = [chance.randrange(200_000, 2_000_000) * chance.choice((-1, 1)) for _ in range(SOUND.frames_per_record)]
    record = b"".join(struct.pack("<i", sample << 8)[1:] for sample in loud)
    on_file(desk, code, repeat(record, ms * SOUND.rate // 1000 // SOUND.frames_per_record), SOUND)


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
