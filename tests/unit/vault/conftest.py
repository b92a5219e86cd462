"""A cheap archive and small takes for the tests of the vault."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from oralhistory.domain.sound import Gap, SoundFormat
from oralhistory.vault import Argon2Cost, KeyRing, create_archive_keys
from tests.helpers.sealed_part import SMALL, Take, take

PASSPHRASE = "나무 세 그루와 돌 하나"
INTERVIEW = "0123456789abcdef0123456789abcdef"


@dataclass
class Archive:
    folder: Path
    passphrase: str
    recovery: str
    cost: Argon2Cost
    ring: KeyRing
    interview: str = INTERVIEW


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
        keys = archive.ring.part_keys(archive.interview, 1)[0]
        return take(tmp_path / name, keys, frames, sound, gaps, finish, seed)

    return make
