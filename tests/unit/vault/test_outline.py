"""The outline of a part: what was written comes back as far as it verifies, and nobody reads it without the key."""

from pathlib import Path

import pytest

from oralhistory.domain.sound import OUTLINE_POINTS, Outline, SoundFormat, outline_byte
from oralhistory.vault.outline import RECORDS_AT_ONCE, SUFFIX, OutlineWriter, read_outline
from oralhistory.vault.partkeys import PartKeys

SOUND = SoundFormat(channels=2)
KEYS = PartKeys.derived(b"k" * 32, "0" * 32, "1" * 32, "2" * 32)
SECOND = OUTLINE_POINTS * RECORDS_AT_ONCE * SOUND.channels


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "part.oha"


def written(part: Path, seconds: float) -> bytes:
    points = bytes(range(256)) * 10
    points = points[: int(seconds * SECOND)]
    writer = OutlineWriter(part, KEYS, SOUND)
    step = OUTLINE_POINTS * SOUND.channels
    for at in range(0, len(points), step):
        writer.append(points[at : at + step])
    writer.finish()
    return points


def read(part: Path) -> Outline:
    found = read_outline(part, KEYS)
    assert found is not None
    return found


def test_what_was_written_comes_back(part: Path) -> None:
    points = written(part, 3.4)
    assert read(part) == Outline(SOUND, points)
    assert read(part).ms_per_point == 20
    assert len(read(part)) == len(points) / 2
    assert points[:SECOND] not in part.with_suffix(SUFFIX).read_bytes()


def test_after_a_crash_it_is_there_up_to_the_last_second(part: Path) -> None:
    writer = OutlineWriter(part, KEYS, SOUND)
    for _ in range(25):
        writer.append(b"\x07" * OUTLINE_POINTS * 2)
    writer.close()
    assert read(part).points == b"\x07" * 2 * SECOND


def test_damage_ends_it_and_another_part_or_key_opens_nothing(part: Path) -> None:
    points = written(part, 3)
    file = part.with_suffix(SUFFIX)
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = read_outline(part, KEYS)
        assert found is None or points.startswith(found.points)
        assert found is None or found.points != points
    file.write_bytes(whole)
    other = PartKeys.derived(b"k" * 32, "0" * 32, "1" * 32, "3" * 32)
    assert read_outline(part, other) is None
    assert read_outline(part, PartKeys.derived(b"x" * 32, "0" * 32, "1" * 32, "2" * 32)) is None
    file.unlink()
    assert read_outline(part, KEYS) is None


def test_a_quiet_voice_keeps_its_shape() -> None:
    outline = Outline(SoundFormat(), bytes(outline_byte(level) for level in (0.0, 0.01, 0.5, 1.0)))
    assert [round(outline.level(point), 3) for point in range(4)] == pytest.approx([0, 0.01, 0.5, 1.0], rel=0.05)
