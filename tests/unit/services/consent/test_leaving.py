"""What may leave the archive today, said of all purposes at once: what `may` says, and in which form, to whom, until when."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from oralhistory.domain.consent import Context, Operation, Purpose, Refused, Stage
from oralhistory.services.consent.leaving import RELEASES, Leaving
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk

TEXT, SUMMARY, SOUND = RELEASES


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("leaving")) as made:
        yield made


def given(desk: Desk, *permissions: dict[str, Any], **fields: Any) -> tuple[str, Leaving]:
    """An interview with a consent of after it that grants these, over what a grant is usually like."""
    code = desk.interviews.create().code
    usual = {"decision": "granted", "identity": "chosen_pseudonym", "form": "full", "recipient": "", "from": None, "until": None}
    document = consent(Stage.AFTER, **fields)
    named = {one["purpose"] for one in permissions}
    rest = [one for one in document["permissions"] if one["purpose"] not in named]
    desk.consenting.record(code, document | {"permissions": [*rest, *({**usual, **one} for one in permissions)]})
    return code, desk.consenting.leaving(code)


def told(leaving: Leaving) -> list[tuple[str, tuple[Operation, ...], str, date | None]]:
    return [(one.permission.purpose.value, one.what, one.recipient, one.until) for one in leaving.allowed]


def test_each_purpose_with_a_yes_tells_what_and_to_whom_and_until_when(desk: Desk) -> None:
    code, leaving = given(
        desk,
        {"purpose": "publish_text", "until": "2999-12-31"},
        {"purpose": "media", "recipient": "Seoul Weekly"},
        {"purpose": "publish_audio", "form": "extracts"},
        {"purpose": "training", "form": "summary_only", "identity": "anonymous"},
        {"purpose": "advocacy", "decision": "refused"},
    )
    assert told(leaving) == [
        ("publish_text", (TEXT, SUMMARY, SOUND), "", date(2999, 12, 31)),
        ("publish_audio", (SUMMARY, SOUND), "", None),
        ("media", (TEXT, SUMMARY, SOUND), "Seoul Weekly", None),
        ("training", (SUMMARY,), "", None),
    ]
    assert (leaving.case_by_case, leaving.held_back, leaving.reasons) == ((), (), ())
    for purpose in set(Purpose) - {one.permission.purpose for one in leaving.allowed}:
        assert all(isinstance(desk.consenting.why(code, each, Context(purpose)), Refused) for each in RELEASES)


def test_what_is_asked_each_time_and_what_does_not_count_today_are_told_apart(desk: Desk) -> None:
    _, leaving = given(
        desk,
        {"purpose": "publish_text", "until": "2001-01-31"},
        {"purpose": "media", "decision": "conditional"},
        {"purpose": "advocacy", "decision": "refused"},
    )
    assert leaving.allowed == ()
    assert (leaving.case_by_case, leaving.held_back) == (((Purpose.MEDIA, ""),), ((Purpose.PUBLISH_TEXT, ""),))
    assert [(one.code, one.details["date"]) for one in leaving.reasons] == [("expired", "2001-01-31")]


MEDIA = {"purpose": "media"}
PAST = {**MEDIA, "until": "2001-01-31"}
ASKED = {**MEDIA, "decision": "conditional"}
REFUSED = {**MEDIA, "decision": "refused"}
TO_ONE, TO_OTHER = {"recipient": "Seoul Weekly"}, {"recipient": "Radio Busan"}


@pytest.mark.parametrize(
    ("permissions", "allowed", "case_by_case", "held_back"),
    [
        ([{**MEDIA, **TO_ONE}, {**PAST, **TO_OTHER}], ["Seoul Weekly"], [], ["Radio Busan"]),
        ([MEDIA, {**ASKED, **TO_ONE}], [""], ["Seoul Weekly"], []),
        ([{**PAST, **TO_ONE}, {**REFUSED, **TO_OTHER}], [], [], ["Seoul Weekly"]),
        ([REFUSED, {**ASKED, **TO_ONE}, {**PAST, **TO_OTHER}], [], ["Seoul Weekly"], ["Radio Busan"]),
        ([{**ASKED, **TO_ONE}], [], ["Seoul Weekly"], []),
        ([PAST, {**PAST, **TO_ONE}], [], [], [""]),
    ],
)
def test_each_recipient_is_judged_on_their_own(
    desk: Desk, permissions: list[dict[str, Any]], allowed: list[str], case_by_case: list[str], held_back: list[str]
) -> None:
    _, leaving = given(desk, *permissions)
    assert [one.recipient for one in leaving.allowed] == allowed
    assert leaving.case_by_case == tuple((Purpose.MEDIA, one) for one in case_by_case)
    assert leaving.held_back == tuple((Purpose.MEDIA, one) for one in held_back)
    assert [one.code for one in leaving.reasons] == ["expired"] * bool(held_back)


def test_what_holds_everything_back_is_told_once(desk: Desk) -> None:
    _, leaving = given(desk, {"purpose": "publish_text"}, {"purpose": "media"}, embargo_until="2999-01-01")
    assert leaving.allowed == () and set(leaving.held_back) == {(Purpose.PUBLISH_TEXT, ""), (Purpose.MEDIA, "")}
    assert [one.code for one in leaving.reasons] == ["embargo"]


def test_without_a_yes_nothing_is_told(desk: Desk) -> None:
    code, leaving = given(desk, {"purpose": "publish_text"})
    assert leaving.allowed
    desk.consenting.withdraw(code)
    assert desk.consenting.leaving(code) == Leaving((), (), (), ())
    assert desk.consenting.leaving(desk.interviews.create().code) == Leaving((), (), (), ())
