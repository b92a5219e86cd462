"""Sound in hand: one timeline over all parts, and what a check finds."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Damaged, NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.listening import Timeline
from tests.helpers.archives import consent, new_desk
from tests.helpers.takes import filed, seal

SOUND = Path(__file__).resolve().parents[4] / "resources" / "demo" / "crane.flac"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    """An interview with a recording."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.importing.import_file(code, SOUND)
    return code


def part_of(desk: Desk) -> Path:
    (part,) = (desk.archive.folder / AUDIO).rglob("*.oha")
    return part


def test_a_complete_part_that_lost_its_end_is_not_unchanged(desk: Desk, code: str) -> None:
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
    (recording,) = desk.listening.recordings(code)
    record = recording.format.frames_per_record * recording.format.bytes_per_frame + 40 + 16
    assert (part_of(desk).stat().st_size - 8192) % record == 0
    os.truncate(part_of(desk), part_of(desk).stat().st_size - record)
    (checked,) = desk.fixity.verify(code)
    assert checked.summary.sha256 == recording.sha256
    assert not checked.unchanged
    assert checked.faults == ("it was filed as complete and is not any more",)
    os.truncate(part_of(desk), part_of(desk).stat().st_size - 2 * record)
    (checked,) = desk.fixity.verify(code)
    assert (checked.summary.complete, checked.summary.faults) == (False, ()), "by itself the file shows nothing"
    last = recording.frames % recording.format.frames_per_record or recording.format.frames_per_record
    cut = last + recording.format.frames_per_record
    named = f"{cut} of the {recording.frames} frames that were filed are cut off at the end"
    assert checked.faults == ("it was filed as complete and is not any more", named)


def test_a_torn_end_that_was_filed_so_is_no_damage(desk: Desk) -> None:
    code = desk.interviews.create().code
    seal(desk, code, bytes(2 * 4_800 * 3), finish=False)
    os.truncate(part_of(desk), part_of(desk).stat().st_size - 100)
    (recording,) = desk.recording.adopt()
    assert not recording.complete
    (checked,) = desk.fixity.verify(code)
    assert checked.summary.faults
    assert checked.unchanged
    os.truncate(part_of(desk), part_of(desk).stat().st_size - 20_000)
    assert [one.unchanged for one in desk.fixity.verify(code)] == [False]


KINDS = (SoundFormat(8_000, 1, 24, 800), SoundFormat(44_100, 2, 24, 4_410), SoundFormat(8_000, 1, 24, 800))


def test_parts_of_several_formats_are_one_timeline(desk: Desk) -> None:
    code = desk.interviews.create().code
    pieces = [random.Random(3).randbytes(sound.bytes_per_frame * sound.rate * 5 // 4) for sound in KINDS]
    parts = [filed(desk, code, pcm, sound=sound)[0] for pcm, sound in zip(pieces, KINDS, strict=True)]
    with desk.listening.timeline(code) as timeline:
        assert [(one.start_ms, one.end_ms) for one in timeline.recordings] == [(0, 1250), (1250, 2500), (2500, 3750)]
        assert timeline.at(1250) == parts[1]
        assert [b"".join(timeline.blocks(one)) for one in timeline.recordings] == pieces
        assert timeline.read(parts[1], 1350, 1360) == pieces[1][4_410 * 6 : 4_851 * 6]
        assert timeline.lost == {}


def test_what_is_lost_is_silence_of_its_length_and_moves_nothing(desk: Desk) -> None:
    code, sound = desk.interviews.create().code, KINDS[0]
    pieces = [random.Random(seed).randbytes(3 * 8_000) for seed in range(3)]
    parts = filed(desk, code, *pieces, sound=sound)
    files = [desk.archive.folder / one.path for one in parts]
    files[1].unlink()
    record = 800 * 3 + 56
    os.truncate(files[2], 8192 + 4 * record)  # a note and three tenths of a second are left
    damaged = bytearray(files[0].read_bytes())
    damaged[8192 + 2 * record + 100] ^= 1  # the second tenth
    files[0].write_bytes(damaged)
    with desk.listening.timeline(code) as timeline:
        assert timeline.frames(parts[0], 0, 8_000) == pieces[0][:2400] + bytes(2400) + pieces[0][4800:]
        assert timeline.frames(parts[1], 100, 500) == bytes(1200)
        assert timeline.frames(parts[2], 0, 8_000) == pieces[2][:7200] + bytes(24_000 - 7200)
        assert [type(one) for one in timeline.lost.values()] == [NotFound]
        assert list(timeline.lost) == [parts[1].id]
    with Timeline(desk.archive.vault, desk.archive.folder, parts) as strict:
        with pytest.raises(NotFound, match="part 2"):
            strict.read(parts[1], parts[1].start_ms, parts[1].end_ms)
        assert len(strict.frames(parts[0], 0, 8_000)) == 24_000
    files[0].write_bytes(files[2].read_bytes())
    with Timeline(desk.archive.vault, desk.archive.folder, parts) as strict, pytest.raises(Damaged, match="part 1"):
        strict.frames(parts[0], 0, 1)
