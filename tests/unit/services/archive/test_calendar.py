"""The days of an archive: in the organisation's zone, by a clock that may be wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from oralhistory import zones
from oralhistory.domain.consent import Allowed, Context, Operation, Purpose, Stage
from oralhistory.domain.today import Today
from oralhistory.errors import MalformedInput
from oralhistory.services.archive import brought_back
from oralhistory.services.archive.calendar import LONGEST_LEAP, in_words
from oralhistory.services.desk import Desk
from oralhistory.wiring import program
from tests.helpers.archives import CHEAP, PASSPHRASE, consent

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Hands:
    """An archive and a clock whose hands a test moves."""

    folder: Path
    now: datetime = field(default=NOON)

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        wired = program(cost=CHEAP, models=self.folder / "models", clock=lambda: self.now)
        where = self.folder / "archive"
        archive = wired.archives.unlock(where, PASSPHRASE) if where.exists() else wired.archives.create(where, PASSPHRASE)[0]
        desk = wired.desk(archive)
        try:
            yield desk
        finally:
            desk.close()


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path)


def told(desk: Desk) -> str:
    """An interview whose text may be published from the end of an embargo until the permission ends."""
    code = desk.interviews.create().code
    document = consent(Stage.AFTER, "publish_text", embargo_until="2027-01-01")
    for permission in document["permissions"]:
        permission["until"] = "2030-01-01" if permission["purpose"] == "publish_text" else None
    desk.consenting.record(code, document)
    return code


def why(desk: Desk, code: str) -> list[str]:
    answer = desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.PUBLISH_TEXT))
    return [] if isinstance(answer, Allowed) else [one.code for one in answer.reasons]


def test_a_clock_that_goes_on_is_not_asked_about(hands: Hands) -> None:
    with hands.opened() as desk:
        code = told(desk)
        assert desk.archive.calendar.question() is None
        assert why(desk, code) == ["embargo"]
    hands.now = datetime(2027, 2, 1, tzinfo=UTC)
    with hands.opened() as desk:
        assert desk.archive.calendar.question() is None
        assert desk.archive.today() == Today.certainly(date(2027, 2, 1))
        assert why(desk, code) == []


def test_a_clock_that_leapt_opens_no_embargo_until_a_person_confirms_it(hands: Hands) -> None:
    with hands.opened() as desk:
        code = told(desk)
    hands.now = NOON + LONGEST_LEAP + DAY
    with hands.opened() as desk:
        question = desk.archive.calendar.question()
        assert question is not None
        assert (question.went_back, question.now, question.last_seen) == (False, hands.now, NOON)
        assert "2026-06-01 12:00" in in_words(question)
        assert why(desk, code) == ["embargo", "clock_in_doubt"]
        desk.interviews.set_field(code, "pseudonym", "Heron")  # what is done meanwhile does not make it trusted
    with hands.opened() as desk:
        assert why(desk, code) == ["embargo", "clock_in_doubt"]
        desk.archive.calendar.confirm("S1")
        assert desk.archive.calendar.question() is None
        assert why(desk, code) == []
    with hands.opened() as desk:
        assert why(desk, code) == []


def test_a_clock_that_went_back_revives_no_permission(hands: Hands) -> None:
    hands.now = datetime(2030, 2, 1, tzinfo=UTC)
    with hands.opened() as desk:
        code = told(desk)
        assert why(desk, code) == ["expired"]
    hands.now = datetime(2029, 6, 1, tzinfo=UTC)
    with hands.opened() as desk:
        question = desk.archive.calendar.question()
        assert question is not None and question.went_back
        assert desk.archive.today() == Today(date(2029, 6, 1), date(2030, 2, 1))
        assert why(desk, code) == ["expired", "clock_in_doubt"]
        desk.archive.calendar.confirm("S1")  # it was 2030 by mistake
        assert why(desk, code) == []


def test_a_clock_set_back_while_the_archive_is_open_is_noticed(hands: Hands) -> None:
    with hands.opened() as desk:
        hands.now += DAY
        code = told(desk)
        hands.now -= DAY
        assert desk.archive.calendar.question() is not None
        assert desk.archive.today() == Today(date(2026, 6, 1), date(2026, 6, 2))
        assert why(desk, code) == ["embargo", "clock_in_doubt"]


def test_a_clock_set_right_by_minutes_is_no_question_but_its_days_never_go_back(hands: Hands) -> None:
    hands.now = datetime(2026, 6, 1, 0, 2, tzinfo=UTC)
    with hands.opened() as desk:
        desk.archive.calendar.set_zone("Etc/UTC", "S1")
    hands.now -= timedelta(minutes=5)
    with hands.opened() as desk:
        assert desk.archive.calendar.question() is None
        assert desk.archive.today() == Today(date(2026, 5, 31), date(2026, 6, 1))


def test_the_answer_stands_in_the_custody_log(hands: Hands) -> None:
    with hands.opened():
        pass
    hands.now -= 2 * DAY
    with hands.opened() as desk:
        desk.archive.calendar.confirm("S1")
        desk.archive.calendar.confirm("S1")  # nothing was asked
        with desk.archive.store.transaction() as records:
            events = records.custody.of("")
    assert [(one.actor, one.action) for one in events] == [("S1", "clock confirmed after it went back")]


def test_whatever_stands_in_the_custody_log_remembers_its_time(hands: Hands) -> None:
    with hands.opened() as desk:
        code = told(desk)
        deeds: dict[str, Callable[[], object]] = {
            "of an interview": lambda: desk.interviews.set_field(code, "pseudonym", "Heron"),
            "of the archive": lambda: desk.glossary.put("회령"),
            "of the calendar": lambda: desk.archive.calendar.set_zone("Asia/Seoul", "S1"),
            "of what is gone": lambda: desk.destroying.destroy(code),
        }
        for what, do in deeds.items():
            hands.now += DAY
            do()
            assert desk.archive.calendar.last_seen == hands.now, what
    with hands.opened() as desk:
        witness = brought_back.restored(desk.archive.vault, NOON)
    (hands.folder / "archive" / brought_back.WITNESS).write_bytes(witness)
    with hands.opened() as desk:
        hands.now += DAY
        desk.archive.brought_back.confirm("S1")
        assert desk.archive.calendar.last_seen == hands.now


def test_days_are_those_of_the_organisation_wherever_the_laptop_is(hands: Hands) -> None:
    hands.now = datetime(2026, 12, 31, 16, tzinfo=UTC)
    with hands.opened() as desk:
        code = told(desk)
        assert desk.archive.calendar.zone == zones.of_machine()
        desk.archive.calendar.set_zone("Asia/Seoul", "S1")
        assert desk.archive.calendar.day() == date(2027, 1, 1)
        assert why(desk, code) == []  # the embargo ends with the year in Seoul
        desk.archive.calendar.set_zone("America/New_York", "S1")
        assert why(desk, code) == ["embargo"]
    with hands.opened() as desk:
        assert desk.archive.calendar.zone == "America/New_York"
        for wrong in ("Asia/Nowhere", "../../etc/passwd", "", "Seoul\0"):
            with pytest.raises(MalformedInput):
                desk.archive.calendar.set_zone(wrong, "S1")
        assert desk.archive.calendar.zone == "America/New_York"
