"""A cheap archive and small takes for the tests of the vault."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oralhistory.domain.sound import Gap, PartSummary, SoundFormat
from oralhistory.vault import Argon2Cost, KeyRing, PartKeys, PartReader, create_archive_keys

PASSPHRASE = "나무 세 그루와 돌 하나"
INTERVIEW = "0123456789abcdef0123456789abcdef"
SMALL = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=100)


@dataclass
class Archive:
    folder: Path
    passphrase: str
    recovery: str
    cost: Argon2Cost
    ring: KeyRing
    interview: str = INTERVIEW


@dataclass
class Take:
    """A part on the disk and what went into it."""

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
        return 40 + self.sound.frames_per_record * self.sound.bytes_per_frame + 16

    def records(self) -> list[bytes]:
        body = self.raw[8192:]
        return [body[start : start + self.record_bytes] for start in range(0, len(body), self.record_bytes)]

    def rewrite(self, records: list[bytes], header: bytes | None = None) -> None:
        self.path.write_bytes((header or self.raw[:8192]) + b"".join(records))


@pytest.fixture
def cost() -> Argon2Cost:
    return Argon2Cost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def archive(tmp_path: Path, cost: Argon2Cost) -> Iterator[Archive]:
    folder = tmp_path / "archive"
    ring, code = create_archive_keys(folder, PASSPHRASE, cost, "KIM")
    ring.create_interview_key(INTERVIEW)
    yield Archive(folder, PASSPHRASE, code, cost, ring)
    ring.close()


@pytest.fixture
def make_take(archive: Archive, tmp_path: Path) -> Callable[..., Take]:
    def make(
        name: str = "take.oha",
        frames: int = 1_000,
        sound: SoundFormat = SMALL,
        gaps: dict[int, Gap] | None = None,
        finish: bool = True,
        seed: int = 7,
    ) -> Take:
        """`gaps` are noted before the data record of that number."""
        pcm = random.Random(seed).randbytes(frames * sound.bytes_per_frame)
        keys = archive.ring.part_keys(archive.interview, 1)[0]
        path = tmp_path / name
        writer = archive.ring.create_part(path, keys, sound)
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

    return make
