"""What is due: what follows from consents, the second moment, backups and sound that waits to be read again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.due import DueKind
from oralhistory.services import due_words
from oralhistory.services.desk import Desk
from oralhistory.services.due_list import Duty, Item
from tests.helpers.archives import consent, quick_desk
from tests.helpers.interviews import add_interview


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


def kinds(desk: Desk) -> list[tuple[str, str]]:
    return [(str(one.kind), one.code) for one in desk.due_list.items()]


def test_nothing_is_due_in_an_empty_archive(desk: Desk) -> None:
    assert desk.due_list.items() == []
    assert due_words.counted(0) == "Nothing is due"


def test_what_is_due_is_named_until_it_is_done(desk: Desk, tmp_path: Path) -> None:
    recorded = add_interview(desk, 1, "Kestrel", "", "말").code
    planned = desk.interviews.create().code
    desk.consenting.record(planned, consent(Stage.BEFORE, "record_audio"))
    assert kinds(desk) == [(Duty.BACKUP, ""), (Duty.SECOND_MOMENT, recorded)]
    desk.backing_up.back_up(tmp_path / "stick")
    risk = {"level": "low", "relatives_at_risk": False, "next_review": "2020-01-01"}
    desk.consenting.record(recorded, consent(Stage.AFTER, "publish_text", risk=risk))
    assert kinds(desk) == [(DueKind.RISK_REVIEW, recorded)]
    assert due_words.sentence(desk.due_list.items()[0]) == "Look at the risks again by 2020-01-01."
    desk.consenting.withdraw(recorded)
    assert DueKind.RISK_REVIEW not in {kind for kind, _ in kinds(desk)}
    assert Duty.SECOND_MOMENT not in {kind for kind, _ in kinds(desk)}


@pytest.mark.parametrize(("days", "due"), [(6, False), (7, True)])
def test_a_backup_is_due_on_the_list_when_it_is_due_in_the_settings(desk: Desk, tmp_path: Path, days: int, due: bool) -> None:
    add_interview(desk, 1, "Kestrel", "", "말")
    desk.backing_up.back_up(tmp_path / "stick")
    made = desk.archive.clock() - timedelta(days=days)
    with desk.archive.store.transaction() as records:
        records.backups.remember(replace(*records.backups.known(), finished_at=made))
    standing = desk.backing_up.standing()
    assert (standing.days_since, standing.due) == (days, due)
    listed = [one.on for one in desk.due_list.items() if one.kind is Duty.BACKUP]
    assert listed == ([desk.archive.calendar.day_of(made)] if due else [])


def test_each_narrator_is_asked_for_the_second_moment(desk: Desk, tmp_path: Path) -> None:
    code = add_interview(desk, 1, "Kestrel", "", "말").code
    first, second = desk.interviews.card(code).narrators[0], desk.describing.add_narrator(code)
    desk.backing_up.back_up(tmp_path / "stick")
    desk.consenting.record(code, consent(Stage.AFTER, narrator=first.code))
    assert kinds(desk) == [(Duty.SECOND_MOMENT, code)]
    desk.consenting.record(code, consent(Stage.AFTER, narrator=second.code))
    assert kinds(desk) == []


def test_every_kind_has_a_sentence() -> None:
    for kind in (*DueKind, *Duty):
        said = due_words.sentence(Item(kind.value, "I-4MX9", date(2026, 1, 1)))
        assert said != kind.value
