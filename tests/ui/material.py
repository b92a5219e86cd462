"""Interviews with sound and text for tests of the working pages, and a loudspeaker whose place a test can set."""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from oralhistory.domain.consent import CHECKLIST, Purpose, Stage
from oralhistory.domain.consent_document import template
from oralhistory.domain.interview import Recording
from oralhistory.domain.ports import PcmSource
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Segment, Word
from oralhistory.errors import OralHistoryError
from oralhistory.services.desk import Desk
from tests.helpers.takes import on_file

SOUND = SoundFormat(rate=8_000, channels=1, bits=24, frames_per_record=800)
LINES = (
    "저는 회령에서 태어났습니다.",
    "아버지는 탄광에서 일했습니다.",
    "연길에서 체포되었습니다.",
    "최명호라는 사람이 저를 도와주었습니다.",
    "지금은 딸과 함께 살고 있습니다.",
)
SEGMENT_MS = 2_000


class Loudspeaker:
    """Plays nothing; `position` is where a test says the sound is."""

    def __init__(self) -> None:
        self.source: PcmSource | None = None
        self.position: int | None = None
        self.failure: OralHistoryError | None = None
        self.speed = 1.0
        self.open = False

    def play(self, source: PcmSource, from_frame: int, speed: float = 1.0) -> None:
        self.source, self.position, self.speed, self.failure = source, from_frame, speed, None
        self.open = True

    def stop(self) -> None:
        self.source = self.position = None

    def rest(self) -> None:
        self.stop()
        self.open = False

    def close(self) -> None:
        self.rest()

    def fail(self, failure: OralHistoryError) -> None:
        """Fall silent by itself, where it is."""
        self.failure = failure

    def run_to(self, frame: int | None) -> None:
        self.position = frame


@dataclass(frozen=True, slots=True)
class Told:
    code: str
    segments: tuple[Segment, ...]


def agreed(desk: Desk, code: str, *refused: Purpose) -> None:
    """Everything is explained and allowed, except for what is `refused`."""
    for stage in (Stage.BEFORE, Stage.AFTER):
        document = template(stage)
        document["checklist"] = dict.fromkeys(CHECKLIST, True)
        document["sensitive_data"] = True
        for permission in document["permissions"]:
            permission["decision"] = "refused" if permission["purpose"] in refused else "granted"
        desk.consenting.record(code, document)


def taped(desk: Desk, code: str, seconds: int, parts: int = 1) -> list[Recording]:
    """So many sealed parts of a tone, each so long, on the interview's timeline."""
    return [_part(desk, code, seconds) for _ in range(parts)]


@cache
def _tone(frames: int) -> bytes:
    return b"".join(struct.pack("<i", int(math.sin(n / 9) * 4_000_000) * 256)[1:] for n in range(frames))


def _part(desk: Desk, code: str, seconds: int) -> Recording:
    pcm, record = _tone(SOUND.rate * seconds), SOUND.frames_per_record * SOUND.bytes_per_frame
    return on_file(desk, code, (pcm[at : at + record] for at in range(0, len(pcm), record)), SOUND)


def written(desk: Desk, code: str, lines: Sequence[str] = LINES, doubtful: Sequence[int] = ()) -> Told:
    """A reviewed text of these lines, two seconds each, with a time for each word; `doubtful` rows have an unsure word."""
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        parts = records.recordings.of(interview.id)
        segments = tuple(
            _segment(archive.new_id(), parts, row, line, 0.2 if row in doubtful else 0.95)
            for row, line in enumerate(lines)
        )
        records.transcripts.replace_reviewed(interview.id, segments)
    return Told(code, segments)


def _segment(new_id: str, parts: Sequence[Recording], row: int, line: str, belief: float) -> Segment:
    start, words = row * SEGMENT_MS, line.split()
    each = SEGMENT_MS // max(len(words), 1)
    spoken = tuple(
        Word(word, start + n * each, start + (n + 1) * each, belief if n == 0 else 0.95) for n, word in enumerate(words)
    )
    recording = next((one.id for one in parts if one.start_ms <= start < one.end_ms), "")
    return Segment(new_id, recording, start, start + SEGMENT_MS, line, "N1", "ko", spoken)
