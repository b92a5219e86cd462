"""A sealed part on the disk and what went into it, for tests that damage it: record by record, sector by sector."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from oralhistory.domain.sound import Gap, PartSummary, SoundFormat
from oralhistory.vault import PartKeys, PartReader, PartWriter
from oralhistory.vault.container import DATA_START, RECORD_HEAD_BYTES, TAG_BYTES

SMALL = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=100)
"""Small records, so that many of them are read in little time."""


@dataclass
class Take:
    path: Path
    keys: PartKeys
    sound: SoundFormat
    pcm: bytes
    written: PartSummary | None
    raw: bytes = field(repr=False, default=b"")

    def open(self) -> PartReader:
        return PartReader(self.path, self.keys)

    @property
    def record_bytes(self) -> int:
        return RECORD_HEAD_BYTES + self.sound.frames_per_record * self.sound.bytes_per_frame + TAG_BYTES

    @property
    def step(self) -> int:
        """Bytes of sound in a full record."""
        return self.sound.frames_per_record * self.sound.bytes_per_frame

    def records(self) -> list[bytes]:
        body = self.raw[DATA_START:]
        return [body[start : start + self.record_bytes] for start in range(0, len(body), self.record_bytes)]

    def rewrite(self, records: list[bytes], header: bytes | None = None) -> None:
        self.path.write_bytes((header or self.raw[:DATA_START]) + b"".join(records))


def take(
    path: Path,
    keys: PartKeys,
    frames: int,
    sound: SoundFormat = SMALL,
    gaps: Mapping[int, Gap] | None = None,
    finish: bool = True,
    seed: int = 7,
) -> Take:
    """A part of random sound; `gaps` are noted before the data record of that number."""
    pcm = random.Random(seed).randbytes(frames * sound.bytes_per_frame)
    writer = PartWriter(path, keys, sound)
    step = sound.frames_per_record * sound.bytes_per_frame
    for number, start in enumerate(range(0, len(pcm), step)):
        if gaps and number in gaps:
            writer.gap(gaps[number])
        writer.append(pcm[start : start + step])
    written = None
    if finish:
        written = writer.finish()
    else:
        writer.abandon()
    return Take(path, keys, sound, pcm, written, path.read_bytes())
