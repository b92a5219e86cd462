"""What is due: by kind, by day, and only while the narrator stands by it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from oralhistory.domain.consent import (
    Act,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Decision,
    Permission,
    Purpose,
    Risk,
    Stage,
    Withdrawal,
)
from oralhistory.domain.due import Due, DueKind, due
from oralhistory.domain.today import Today

TODAY = date(2030, 6, 15)
NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def version(number: int = 1, stage: Stage = Stage.AFTER, **fields: object) -> ConsentVersion:
    return ConsentVersion(**{"number": number, "stage": stage, "recorded_at": NOW, "evidence": "drawer 4", **fields})  # type: ignore[arg-type]


def media(until: date, recipient: str = "") -> Permission:
    return Permission(Purpose.MEDIA, Decision.GRANTED, recipient=recipient, valid_until=until)


def kinds(consent: ConsentFile, today: date | Today = TODAY) -> list[tuple[DueKind, date, bool]]:
    return [(one.kind, one.on, one.overdue) for one in due({"I-4MX9": consent}, today)]


def test_a_review_is_due_a_month_ahead_and_stays_until_it_is_done() -> None:
    for on, wanted in (
        (TODAY + 31 * DAY, []),
        (TODAY + 30 * DAY, [False]),
        (TODAY, [False]),
        (TODAY - DAY, [True]),
        (date(2020, 1, 1), [True]),
    ):
        consent = ConsentFile((version(risk=Risk(next_review=on)),))
        assert [one[2] for one in kinds(consent)] == wanted, on


def test_permissions_and_embargoes_that_ended_long_ago_are_history() -> None:
    for on, renewal, embargo in (
        (TODAY + 31 * DAY, [], []),
        (TODAY + 30 * DAY, [False], [False]),
        (TODAY, [False], [True]),  # a permission holds on its last day; an embargo is over on its day
        (TODAY - 30 * DAY, [True], [True]),
        (TODAY - 31 * DAY, [], []),
    ):
        assert [one[2] for one in kinds(ConsentFile((version(permissions=(media(on),)),)))] == renewal, on
        assert [one[2] for one in kinds(ConsentFile((version(embargo_until=on),)))] == embargo, on


def test_the_last_document_counts_and_what_was_taken_back_is_not_due() -> None:
    old = version(1, risk=Risk(next_review=TODAY), permissions=(media(TODAY),))
    assert kinds(ConsentFile((old, version(2)))) == []
    dealt_with = (ConsentEvent(Act.CARRIED_OUT, NOW, "S1", settles=1),)
    assert kinds(ConsentFile((old,), (Withdrawal(TODAY),), dealt_with)) == []
    taken = ConsentFile((old,), (Withdrawal(TODAY, frozenset({Purpose.MEDIA})),), dealt_with)
    assert kinds(taken) == [(DueKind.RISK_REVIEW, TODAY, False)]
    assert due({"I-4MX9": ConsentFile()}, TODAY) == ()


def test_a_withdrawal_is_due_until_somebody_says_it_is_dealt_with() -> None:
    late = Withdrawal(TODAY - 50 * DAY, due=TODAY - 40 * DAY)
    assert kinds(ConsentFile((version(),), (late,))) == [(DueKind.WITHDRAWAL, TODAY - 40 * DAY, True)]
    again = Withdrawal(TODAY, frozenset({Purpose.MEDIA}), TODAY + 10 * DAY)
    done = ConsentEvent(Act.CARRIED_OUT, NOW, "S1", day=TODAY + 900 * DAY, settles=1)
    assert kinds(ConsentFile((version(),), (late, again), (done,))) == [(DueKind.WITHDRAWAL, TODAY + 10 * DAY, False)]
    assert kinds(ConsentFile((version(),), (late, again), (done, replace(done, settles=2)))) == []


def test_a_withdrawal_without_a_day_is_due_in_ten_days() -> None:
    taken = Withdrawal(TODAY - 11 * DAY, frozenset({Purpose.MEDIA}))
    assert kinds(ConsentFile((version(),), (taken,))) == [(DueKind.WITHDRAWAL, TODAY - DAY, True)]


def test_paper_that_is_missing_is_due_for_the_documents_that_count_of_every_narrator() -> None:
    missing = version(1, Stage.BEFORE, evidence="", obtained_on=date(2020, 1, 1))
    assert kinds(ConsentFile((missing, version(2)))) == [(DueKind.EVIDENCE, date(2020, 1, 1), True)]
    proven = version(3, Stage.BEFORE)
    assert kinds(ConsentFile((missing, version(2), proven))) == []
    others = ConsentFile((missing, replace(proven, narrator="P-2")), narrators=("P-1", "P-2"))
    assert kinds(others) == [(DueKind.EVIDENCE, date(2020, 1, 1), True)]


def test_what_each_of_several_narrators_gave_counts() -> None:
    mine = version(1, narrator="P-1", risk=Risk(next_review=TODAY), embargo_until=TODAY + DAY, permissions=(media(TODAY),))
    yours = version(2, narrator="P-2", permissions=(media(TODAY + DAY),))
    assert kinds(ConsentFile((mine, yours), narrators=("P-1", "P-2"))) == [
        (DueKind.RENEWAL, TODAY, False),
        (DueKind.RISK_REVIEW, TODAY, False),
        (DueKind.EMBARGO, TODAY + DAY, False),
        (DueKind.RENEWAL, TODAY + DAY, False),
    ]
    same = ConsentFile((mine, replace(mine, number=2, narrator="P-2")), narrators=("P-1", "P-2"))
    assert len(kinds(same)) == 3, "what two narrators share is due once"


def test_a_further_session_does_not_hide_what_was_released() -> None:
    release = version(1, risk=Risk(next_review=TODAY), embargo_until=TODAY, permissions=(media(TODAY),))
    again = version(2, Stage.BEFORE, session=2, risk=Risk(next_review=TODAY + DAY))
    due_of_release = kinds(ConsentFile((release,)))
    assert len(due_of_release) == 3
    assert kinds(ConsentFile((release, again))) == due_of_release
    assert kinds(ConsentFile((again,))) == [(DueKind.RISK_REVIEW, TODAY + DAY, False)]


def test_work_on_the_interview_ends_by_the_last_answer_to_it() -> None:
    transcribe = Permission(Purpose.MACHINE_TRANSCRIBE, Decision.GRANTED, valid_until=TODAY)
    before, unasked = version(1, Stage.BEFORE, permissions=(transcribe,)), version(2)
    assert kinds(ConsentFile((before, unasked))) == [(DueKind.RENEWAL, TODAY, False)]
    for_good = version(3, permissions=(replace(transcribe, valid_until=None),))
    assert kinds(ConsentFile((before, unasked, for_good))) == []


def test_a_review_that_was_done_is_due_by_its_next_day() -> None:
    looked = ConsentEvent(Act.RISK_REVIEWED, NOW, "S1", version=1, day=TODAY + DAY)
    consent = ConsentFile((version(risk=Risk(next_review=TODAY - 99 * DAY)),), (), (looked,))
    assert kinds(consent) == [(DueKind.RISK_REVIEW, TODAY + DAY, False)]


def test_one_list_for_all_interviews_the_oldest_first() -> None:
    first = ConsentFile((version(permissions=(media(TODAY + DAY), media(TODAY, "a paper"))),))
    second = ConsentFile((version(embargo_until=TODAY - DAY, risk=Risk(next_review=TODAY)),))
    assert due({"I-A": first, "I-B": second}, TODAY) == (
        Due("I-B", DueKind.EMBARGO, TODAY - DAY, overdue=True),
        Due("I-A", DueKind.RENEWAL, TODAY, overdue=False, purpose=Purpose.MEDIA),
        Due("I-B", DueKind.RISK_REVIEW, TODAY, overdue=False),
    )


def test_a_clock_in_doubt_misses_nothing_overdue() -> None:
    consent = ConsentFile((version(risk=Risk(next_review=TODAY)),))
    assert kinds(consent, Today.between(TODAY - 400 * DAY, TODAY + DAY)) == [(DueKind.RISK_REVIEW, TODAY, True)]
