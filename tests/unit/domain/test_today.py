"""A day in doubt opens nothing by its later bound and keeps nothing by its earlier one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from oralhistory.domain.consent import (
    CHECKLIST,
    Allowed,
    ConsentFile,
    ConsentVersion,
    Context,
    Decision,
    Form,
    Identity,
    Operation,
    Permission,
    Purpose,
    Reason,
    Refused,
    Risk,
    Stage,
    may,
)
from oralhistory.domain.today import ClockQuestion, Today

SEEN = date(2026, 6, 1)
NOW = date(2028, 6, 1)
BETWEEN = date(2027, 6, 1)
LEAPT = Today(SEEN, NOW)
PUBLISH = Context(Purpose.PUBLISH_TEXT)


def file(permission: Permission | None = None, **fields: object) -> ConsentFile:
    granted = permission or Permission(Purpose.PUBLISH_TEXT, Decision.GRANTED, Identity.NAMED, Form.FULL)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return ConsentFile((ConsentVersion(1, Stage.AFTER, at, permissions=(granted,), evidence="drawer 4", **fields),))  # type: ignore[arg-type]


def granted(**dates: date) -> Permission:
    return Permission(Purpose.PUBLISH_TEXT, Decision.GRANTED, Identity.NAMED, Form.FULL, **dates)  # type: ignore[arg-type]


DATED = {
    "embargo": file(embargo_until=BETWEEN),
    "expired": file(granted(valid_until=BETWEEN)),
    "not_yet_valid": file(granted(valid_from=BETWEEN)),
    "risk_review_due": file(risk=Risk(next_review=BETWEEN)),
}


@pytest.mark.parametrize("reason", DATED)
def test_a_clock_in_doubt_decides_against_and_says_so(reason: str) -> None:
    answer = may(Operation.EXPORT_TEXT, DATED[reason], PUBLISH, LEAPT)
    assert isinstance(answer, Refused)
    assert [one.code for one in answer.reasons] == [reason, "clock_in_doubt"]
    assert answer.reasons[-1].field == "today"
    assert answer.reasons[-1].field == "today"


@pytest.mark.parametrize("reason", DATED)
def test_whichever_day_it_is_nothing_is_allowed_that_either_day_forbids(reason: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=100 * n) for n in range(12)]

    def allowed(today: date | Today) -> bool:
        return isinstance(may(Operation.EXPORT_TEXT, DATED[reason], PUBLISH, today), Allowed)

    assert {allowed(day) for day in days} == {True, False}
    for one, other in product(days, days):
        assert allowed(Today.between(one, other)) == (allowed(one) and allowed(other))


def test_the_clock_is_not_named_where_no_date_decides() -> None:
    refused = may(Operation.EXPORT_TEXT, file(replace(granted(), decision=Decision.REFUSED)), PUBLISH, LEAPT)
    assert isinstance(refused, Refused)
    assert [one.code for one in refused.reasons] == ["refused"]
    assert isinstance(may(Operation.EXPORT_TEXT, file(), PUBLISH, LEAPT), Allowed)


def test_recording_under_an_expired_permission_stays_refused() -> None:
    permission = Permission(Purpose.RECORD_AUDIO, Decision.GRANTED, valid_until=BETWEEN)
    version = ConsentVersion(
        1, Stage.BEFORE, datetime(2026, 1, 1, tzinfo=UTC), checklist=dict.fromkeys(CHECKLIST, True), sensitive_data=True,
        permissions=(permission,),
    )  # fmt: skip
    went_back = Today.between(SEEN, NOW)  # the last time seen is after the end, the clock stands before it
    answer = may(Operation.RECORD, ConsentFile((version,)), Context(), went_back)
    assert isinstance(answer, Refused)
    assert "expired" in {one.code for one in answer.reasons}


def test_two_days_are_put_in_order() -> None:
    assert Today.between(NOW, SEEN) == Today.between(SEEN, NOW) == LEAPT
    assert LEAPT.doubtful
    assert not Today.certainly(NOW).doubtful


def test_back_and_ahead_are_told_apart() -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    assert ClockQuestion(now=early, last_seen=late).went_back
    assert not ClockQuestion(now=late, last_seen=early).went_back


@pytest.mark.parametrize("operation", Operation)
def test_of_an_older_state_nothing_is_released_and_everything_else_stands_as_it_was(operation: Operation) -> None:
    older = replace(Today.certainly(NOW), as_of=date(2026, 3, 4))
    for consent in (file(), file(embargo_until=date(2030, 1, 1)), ConsentFile(())):
        now, then = may(operation, consent, PUBLISH, NOW), may(operation, consent, PUBLISH, older)
        if operation not in (Operation.EXPORT_TEXT, Operation.EXPORT_SUMMARY, Operation.EXPORT_AUDIO):
            assert then == now
            continue
        before = now.reasons if isinstance(now, Refused) else ()
        assert then == Refused((*before, Reason("brought_back", "archive", {"date": "2026-03-04"})))
