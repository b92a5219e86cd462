"""Sound read again: what is due, what is found, and what is remembered of it."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oralhistory.domain.fixity import Fixity
from oralhistory.domain.interview import Recording
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Cancelled, MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.recording.fixity import FixityService
from tests.helpers.archives import new_desk
from tests.helpers.takes import filed, seal

SOUND = SoundFormat(8_000, 1, 24, 800)


def sound(seed: int, frames: int = 8_000) -> bytes:
    return random.Random(seed).randbytes(3 * frames)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    return desk.interviews.create().code


@pytest.fixture
def parts(desk: Desk, code: str) -> list[Recording]:
    return filed(desk, code, *map(sound, range(3)), sound=SOUND)


def file_of(desk: Desk, recording: Recording) -> Path:
    return desk.archive.folder / recording.path


def days_later(desk: Desk, days: float) -> FixityService:
    """The service of somebody whose clock shows that many days more."""
    later = lambda: datetime.now(UTC) + timedelta(days=days)  # noqa: E731
    return FixityService(replace(desk.archive, clock=later))


def test_a_missing_part_is_named_and_the_others_are_checked(desk: Desk, code: str, parts: list[Recording]) -> None:
    file_of(desk, parts[1]).unlink()
    checked = desk.fixity.verify(code)
    assert [one.outcome for one in checked] == [Fixity.UNCHANGED, Fixity.MISSING, Fixity.UNCHANGED]
    assert [one.faults for one in checked] == [(), ("the file is missing",), ()]
    assert [one.complete for one in checked] == [True, False, True]


def test_two_parts_in_each_others_place_are_named(desk: Desk, code: str, parts: list[Recording]) -> None:
    one, other = (file_of(desk, part) for part in parts[:2])
    aside = one.with_suffix(".aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    found = desk.fixity.verify(code)
    assert [one.outcome for one in found] == [Fixity.DAMAGED, Fixity.DAMAGED, Fixity.UNCHANGED]
    assert [(f"is part {one.id} under" in other.faults[0]) for one, other in zip(parts[1::-1], found, strict=False)] == [
        True, True,
    ]  # fmt: skip


def test_every_check_is_remembered_and_stands_in_the_custody_log(
    desk: Desk, code: str, parts: list[Recording]
) -> None:
    desk.fixity.verify(code)
    os.truncate(file_of(desk, parts[2]), 20_000)
    desk.fixity.verify(code)
    told = [(one.recording_id, one.outcome) for one in desk.fixity.history(code)]
    first = [(one.id, Fixity.UNCHANGED) for one in parts]
    assert told == [*first, *first[:2], (parts[2].id, Fixity.DAMAGED)]
    assert [one.sha256 for one in desk.fixity.history(code)[:3]] == [one.sha256 for one in parts]
    logged = [one for one in desk.interviews.history(code).custody if one.action == "sound checked"]
    assert [one.outcome for one in logged] == ["unchanged"] * 5 + ["damaged"]
    assert [one.object_hash for one in logged[:3]] == [one.sha256 for one in parts]
    assert [one.recording_id for one in desk.fixity.schedule().damaged] == [parts[2].id]
    desk.archive.store.verify()


def test_what_is_due_is_read_a_portion_at_a_time(desk: Desk, code: str, parts: list[Recording]) -> None:
    assert desk.fixity.schedule().due == ()
    assert desk.fixity.check_due() == []
    later = days_later(desk, 90)
    assert [one.id for one in later.schedule().due] == [one.id for one in parts]
    (first,) = later.check_due(most_bytes=1)
    assert (first[0].code, first[1].recording.id) == (code, parts[0].id)
    assert [one.id for one in later.schedule().due] == [one.id for one in parts[1:]]
    assert len(later.check_due()) == 2
    assert later.schedule().due == ()
    # The first was read again by a clock that was wrong: it does not count for ninety days more.
    assert len(desk.fixity.schedule().due) == 3


def test_how_often_is_the_archives_own_choice(desk: Desk, parts: list[Recording]) -> None:
    week = days_later(desk, 8)
    assert (week.schedule().every_days, len(week.schedule().due)) == (90, 0)
    desk.fixity.read_every(7)
    assert (week.schedule().every_days, len(week.schedule().due)) == (7, 3)
    for wrong in (0, -1, 5_000):
        with pytest.raises(MalformedInput):
            desk.fixity.read_every(wrong)


def test_damage_that_is_known_comes_last_and_the_next_day(desk: Desk, parts: list[Recording]) -> None:
    whole = file_of(desk, parts[0]).read_bytes()
    file_of(desk, parts[0]).unlink()
    later = days_later(desk, 90)
    assert [one.unchanged for _, one in later.check_due()] == [False, True, True]
    assert later.schedule().due == ()
    tomorrow = days_later(desk, 91.5)
    assert [one.id for one in tomorrow.schedule().due] == [parts[0].id]
    file_of(desk, parts[0]).write_bytes(whole)
    assert [one.unchanged for _, one in tomorrow.check_due()] == [True]
    assert tomorrow.schedule().damaged == ()


def enough(after: int) -> Callable[[], bool]:
    """Says stop when asked more often than that."""
    asked: list[int] = []
    return lambda: asked.append(1) or len(asked) > after  # type: ignore[func-returns-value]


def test_a_check_stops_when_it_is_told_to_and_keeps_what_it_has(desk: Desk, parts: list[Recording]) -> None:
    later = days_later(desk, 90)
    assert len(later.check_due(cancelled=enough(3))) == 1
    assert len(later.schedule().due) == 2
    with pytest.raises(Cancelled):
        list(later.everything(enough(0)))


def test_a_key_that_is_damaged_in_both_places_hinders_no_other_interview(desk: Desk, code: str) -> None:
    filed(desk, code, sound(1), sound=SOUND)
    other = desk.interviews.create().code
    filed(desk, other, sound(2), sound=SOUND)
    interview = desk.interviews.card(code).interview.id
    (desk.archive.folder / "keys" / f"{interview}.key").write_bytes(b"\0" * 61)
    with desk.archive.store.transaction() as records:
        records.interviews._connection.exec_driver_sql(  # type: ignore[attr-defined]
            "UPDATE interviews SET wrapped_key = zeroblob(61) WHERE id = ?", (interview,)
        )
    seal(desk, other, sound(3), SOUND)
    assert [one.frames for one in desk.recording.adopt()] == [8_000]
    found = {one.code: checked.outcome for one, checked in desk.fixity.everything()}
    assert found == {code: Fixity.DAMAGED, other: Fixity.UNCHANGED}


def test_damage_is_announced(desk: Desk, code: str, parts: list[Recording]) -> None:
    heard: list[tuple[str, str]] = []
    desk.archive.notices.subscribe(lambda notice: heard.append((notice.what, notice.code)))
    desk.fixity.verify(code)
    assert heard == []
    shutil.rmtree(file_of(desk, parts[0]).parent)
    desk.fixity.verify(code)
    assert heard == [("damage", code)]


def test_a_sound_that_does_not_open_is_on_record_and_named(desk: Desk, code: str) -> None:
    torn, empty = seal(desk, code, sound(1), SOUND), seal(desk, code, b"", SOUND)
    torn.write_bytes(bytes(8192) + random.Random(1).randbytes(30_000))
    empty.write_bytes(bytes(8192))
    for _ in range(2):
        assert desk.recording.adopt() == []
    assert [(one.code, one.file_id) for one in desk.recording.unopened()] == [(code, torn.stem)]
    logged = [one for one in desk.interviews.history(code).custody if one.outcome == "damaged"]
    assert [(one.action, one.object_hash) for one in logged] == [("sound found that does not open", torn.stem)]


def test_a_take_whose_headers_are_both_lost_is_filed_all_the_same(desk: Desk, code: str) -> None:
    path = seal(desk, code, sound(1), SOUND, finish=False)
    path.write_bytes(bytes(8192) + path.read_bytes()[8192:])
    (recording,) = desk.recording.adopt()
    assert (recording.frames, recording.format) == (8_000, SOUND)
    assert desk.recording.unopened() == []
    (checked,) = desk.fixity.verify(code)
    assert checked.unchanged
    assert any("both headers are lost" in fault for fault in checked.faults)
