"""What a narrator allowed decides; everything else is refused with the field that decides it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from oralhistory.domain.consent import (
    CHECKLIST,
    WORK_PURPOSES,
    Act,
    Allowed,
    Concern,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Context,
    Decision,
    Form,
    Identity,
    Mode,
    NarratorReview,
    Operation,
    Permission,
    Purpose,
    Refused,
    ReviewStatus,
    ReviewWanted,
    Risk,
    Stage,
    ThirdParty,
    Withdrawal,
    may,
)

TODAY = date(2026, 5, 4)
MOMENT = datetime(2026, 5, 1, tzinfo=UTC)
RELEASE = [purpose for purpose in Purpose if purpose not in WORK_PURPOSES]


def version(stage: Stage, *permissions: Permission, number: int = 1, **fields: object) -> ConsentVersion:
    whole = ConsentVersion(
        number=number,
        stage=stage,
        recorded_at=MOMENT,
        evidence="drawer 4",
        checklist=dict.fromkeys(CHECKLIST, True),
        sensitive_data=True,
        permissions=permissions,
    )
    return replace(whole, **fields)


def codes(answer: Allowed | Refused) -> set[str]:
    return {reason.code for reason in answer.reasons} if isinstance(answer, Refused) else set()


def granted(purpose: Purpose, **fields: object) -> Permission:
    return replace(Permission(purpose, Decision.GRANTED, Identity.CHOSEN_PSEUDONYM, Form.FULL), **fields)


def test_nothing_on_file_allows_nothing() -> None:
    for operation in set(Operation) - {Operation.EDIT}:  # correcting what is there needs no permission of its own
        answer = may(operation, ConsentFile(), Context(Purpose.PUBLISH_TEXT, "x"), TODAY)
        assert codes(answer) == {"no_consent"}


@pytest.mark.parametrize("decision", list(Decision))
def test_work_needs_its_own_permission(decision: Decision) -> None:
    for operation, purpose in [
        (Operation.RECORD, Purpose.RECORD_AUDIO),
        (Operation.TRANSCRIBE, Purpose.MACHINE_TRANSCRIBE),
        (Operation.TRANSLATE, Purpose.TRANSLATE),
    ]:
        file = ConsentFile((version(Stage.BEFORE, Permission(purpose, decision)),))
        answer = may(operation, file, Context(), TODAY)
        assert codes(answer) == (set() if decision is Decision.GRANTED else {decision.value})


def test_a_release_needs_the_second_moment_and_recording_the_first() -> None:
    before = version(Stage.BEFORE, granted(Purpose.PUBLISH_TEXT), granted(Purpose.RECORD_AUDIO))
    release = may(Operation.EXPORT_TEXT, ConsentFile((before,)), Context(Purpose.PUBLISH_TEXT, "x"), TODAY)
    assert isinstance(release, Refused)
    assert release.reasons[0].details["stage"] == "after"
    after = version(Stage.AFTER, granted(Purpose.RECORD_AUDIO))
    assert codes(may(Operation.RECORD, ConsentFile((after,)), Context(), TODAY)) == {"no_consent"}


def test_recording_reads_its_own_session() -> None:
    first = version(Stage.BEFORE, granted(Purpose.RECORD_AUDIO))
    file = ConsentFile((first,))
    assert isinstance(may(Operation.RECORD, file, Context(session=1), TODAY), Allowed)
    assert codes(may(Operation.RECORD, file, Context(session=2), TODAY)) == {"no_consent"}


def test_the_latest_version_counts() -> None:
    yes = version(Stage.AFTER, granted(Purpose.MEDIA))
    no = version(Stage.AFTER, Permission(Purpose.MEDIA, Decision.REFUSED), number=2)
    assert codes(may(Operation.EXPORT_TEXT, ConsentFile((no, yes)), Context(Purpose.MEDIA, "x"), TODAY)) == {"refused"}


def test_a_later_document_that_leaves_work_unasked_keeps_the_earlier_answer() -> None:
    before = version(Stage.BEFORE, granted(Purpose.MACHINE_TRANSCRIBE))
    after = version(Stage.AFTER, granted(Purpose.MEDIA), number=2)
    assert isinstance(may(Operation.TRANSCRIBE, ConsentFile((before, after)), Context(), TODAY), Allowed)
    refused = version(Stage.AFTER, Permission(Purpose.MACHINE_TRANSCRIBE, Decision.REFUSED), number=3)
    assert codes(may(Operation.TRANSCRIBE, ConsentFile((before, after, refused)), Context(), TODAY)) == {"refused"}


def test_a_withdrawal_binds_every_version_also_later_ones() -> None:
    for withdrawal in (Withdrawal(TODAY), Withdrawal(TODAY, frozenset({Purpose.MEDIA}))):
        later = version(Stage.AFTER, granted(Purpose.MEDIA), number=9)
        file = ConsentFile((later,), (withdrawal,))
        assert "withdrawn" in codes(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "x"), TODAY))
    other = ConsentFile((later,), (Withdrawal(TODAY, frozenset({Purpose.TRAINING})),))
    assert isinstance(may(Operation.EXPORT_TEXT, other, Context(Purpose.MEDIA, "x"), TODAY), Allowed)


def test_a_session_in_which_recording_was_not_asked_does_not_live_on_an_earlier_yes() -> None:
    first = version(Stage.BEFORE, granted(Purpose.RECORD_AUDIO))
    second = version(Stage.BEFORE, Permission(Purpose.RECORD_AUDIO), number=2, session=2)
    file = ConsentFile((first, second))
    assert isinstance(may(Operation.RECORD, file, Context(session=1), TODAY), Allowed)
    assert codes(may(Operation.RECORD, file, Context(session=2), TODAY)) == {"not_asked"}


def test_a_withdrawal_for_one_recipient_binds_every_version_and_that_recipient_alone() -> None:
    everybody = granted(Purpose.MEDIA)
    not_to_them = Permission(Purpose.MEDIA, Decision.WITHDRAWN, recipient="Daily Paper")
    files = [
        ConsentFile((version(Stage.AFTER, everybody, not_to_them),)),
        ConsentFile((version(Stage.AFTER, everybody, not_to_them), version(Stage.AFTER, everybody, number=2))),
    ]
    for file in files:
        answer = may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "daily paper"), TODAY)
        assert codes(answer) == {"withdrawn"}
        assert isinstance(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "Radio"), TODAY), Allowed)


def test_work_that_was_withdrawn_stays_so_whatever_recipient_is_written_beside_it() -> None:
    withdrawn = Permission(Purpose.RECORD_AUDIO, Decision.WITHDRAWN, recipient="us")
    answer = may(Operation.RECORD, ConsentFile((version(Stage.BEFORE, withdrawn),)), Context(), TODAY)
    assert codes(answer) == {"withdrawn"}


def test_a_withdrawal_written_in_any_version_binds() -> None:
    taken_back = version(Stage.BEFORE, Permission(Purpose.MEDIA, Decision.WITHDRAWN))
    later = version(Stage.AFTER, granted(Purpose.MEDIA), number=2)
    answer = may(Operation.EXPORT_TEXT, ConsentFile((taken_back, later)), Context(Purpose.MEDIA, "x"), TODAY)
    assert codes(answer) == {"withdrawn"}


@pytest.mark.parametrize("item", CHECKLIST)
def test_recording_needs_every_item_explained(item: str) -> None:
    missing = dict.fromkeys(CHECKLIST, True) | {item: False}
    file = ConsentFile((version(Stage.BEFORE, granted(Purpose.RECORD_AUDIO), checklist=missing),))
    answer = may(Operation.RECORD, file, Context(), TODAY)
    assert isinstance(answer, Refused)
    assert [(reason.code, reason.field) for reason in answer.reasons] == [("not_informed", f"checklist.{item}")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"capacity_concern": Concern.DISTRESS}, "capacity_concern"),
        ({"sensitive_data": False}, "no_sensitive_data"),
        ({"mode": Mode.THUMBPRINT}, "no_witness"),
        ({"mode": Mode.SPOKEN_WITNESSED}, "no_witness"),
    ],
)
def test_what_stops_a_recording(fields: dict[str, object], code: str) -> None:
    file = ConsentFile((version(Stage.BEFORE, granted(Purpose.RECORD_AUDIO), **fields),))
    assert codes(may(Operation.RECORD, file, Context(), TODAY)) == {code}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"embargo_until": date(2026, 5, 5)}, "embargo"),
        ({"embargo_condition": "when my mother is safe"}, "embargo_condition"),
        ({"narrator_review": NarratorReview(ReviewWanted.TRANSCRIPT, ReviewStatus.PENDING)}, "narrator_review"),
        ({"risk": Risk(next_review=date(2026, 5, 3))}, "risk_review_due"),
        ({"third_parties": (ThirdParty("somebody"),)}, "third_party_open"),
    ],
)
def test_what_stops_a_release(fields: dict[str, object], code: str) -> None:
    file = ConsentFile((version(Stage.AFTER, granted(Purpose.MEDIA), **fields),))
    assert codes(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "x"), TODAY)) == {code}


def test_the_day_an_embargo_ends_it_is_over() -> None:
    file = ConsentFile((version(Stage.AFTER, granted(Purpose.MEDIA), embargo_until=TODAY),))
    assert isinstance(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "x"), TODAY), Allowed)


def test_the_narrators_answer_opens_the_review() -> None:
    wanted = NarratorReview(ReviewWanted.BOTH, ReviewStatus.PENDING)
    file = ConsentFile((version(Stage.AFTER, granted(Purpose.MEDIA), narrator_review=wanted),))
    answered = Context(Purpose.MEDIA, "x", narrator_answered=True)
    assert isinstance(may(Operation.EXPORT_TEXT, file, answered, TODAY), Allowed)


def test_of_several_narrators_an_answer_counts_for_whoever_gave_it() -> None:
    asked = replace(granted(Purpose.MEDIA), decision=Decision.CONDITIONAL)
    file = ConsentFile(
        (version(Stage.AFTER, asked), version(Stage.AFTER, asked, number=2, narrator="P-2")), narrators=("P-1", "P-2")
    )
    agreed = ConsentEvent(Act.AGREED, MOMENT, "S1", purpose=Purpose.MEDIA, recipient="x", day=TODAY)
    hers, his = (replace(agreed, narrator=code) for code in file.narrators)
    for events, missing in (
        ((agreed,), ["P-1", "P-2"]),
        ((hers,), ["P-2"]),
        ((hers, his), []),
        ((hers, his, replace(his, act=Act.DECLINED)), ["P-2"]),
    ):
        answer = may(Operation.EXPORT_TEXT, replace(file, events=events), Context(Purpose.MEDIA, "x"), TODAY)
        against = answer.reasons if isinstance(answer, Refused) else ()
        assert [one.details["narrator"] for one in against if one.code == "conditional"] == missing


def test_of_several_narrators_nobody_reviews_the_text_for_another() -> None:
    wanted = NarratorReview(ReviewWanted.BOTH, ReviewStatus.PENDING)
    own = (granted(Purpose.MEDIA),)
    file = ConsentFile(
        (version(Stage.AFTER, *own, narrator_review=wanted), version(Stage.AFTER, *own, number=2, narrator="P-2")),
        narrators=("P-1", "P-2"),
    )
    answered = Context(Purpose.MEDIA, "x", narrator_answered=True)
    assert codes(may(Operation.EXPORT_TEXT, file, answered, TODAY)) == {"narrator_review"}


def test_a_permission_for_one_recipient_is_for_nobody_else() -> None:
    file = ConsentFile((version(Stage.AFTER, granted(Purpose.MEDIA, recipient="The Daily")),))
    assert isinstance(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, " the daily "), TODAY), Allowed)
    assert codes(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "Another"), TODAY)) == {"other_recipient"}


def test_the_permission_made_for_this_recipient_is_the_one_that_counts() -> None:
    anybody = Permission(Purpose.MEDIA, Decision.REFUSED)
    one = granted(Purpose.MEDIA, recipient="The Daily")
    file = ConsentFile((version(Stage.AFTER, anybody, one),))
    assert may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "The Daily"), TODAY) == Allowed(one)
    assert codes(may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "Another"), TODAY)) == {"refused"}


@pytest.mark.parametrize("purpose", [None, *sorted(WORK_PURPOSES)])
def test_work_is_no_purpose_of_release(purpose: Purpose | None) -> None:
    file = ConsentFile((version(Stage.AFTER, *(granted(one) for one in Purpose)),))
    answer = may(Operation.EXPORT_TEXT, file, Context(purpose, "x"), TODAY)
    assert isinstance(answer, Refused)
    assert [(one.code, dict(one.details)) for one in answer.reasons] == [("not_a_release_purpose", {"purpose": purpose or ""})]


def test_every_reason_is_named_not_just_the_first() -> None:
    file = ConsentFile(
        (
            version(
                Stage.AFTER,
                Permission(Purpose.MEDIA),
                embargo_until=date(2030, 1, 1),
                embargo_condition="peace",
            ),
        )
    )
    answer = may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "x"), TODAY)
    assert codes(answer) == {"not_asked", "embargo", "embargo_condition"}


def test_whether_anything_was_recorded_is_what_the_last_answers_of_each_session_say() -> None:
    def given(
        number: int, *, session: int = 1, stage: Stage = Stage.BEFORE, decision: Decision = Decision.GRANTED
    ) -> ConsentVersion:
        return version(stage, Permission(Purpose.RECORD_AUDIO, decision), number=number, session=session)

    no, yes = given(1, decision=Decision.REFUSED), given(2)
    assert no.without_sound and replace(yes, sensitive_data=False).without_sound and not yes.without_sound
    assert not given(1, decision=Decision.NOT_ASKED).without_sound
    assert not ConsentFile().without_sound()
    assert not ConsentFile((no, yes)).without_sound() and ConsentFile((no, yes)).without_sound(until=2)
    assert not ConsentFile((no, given(2, session=2))).without_sound(), "something was recorded in the second session"
    assert ConsentFile((yes, given(3, decision=Decision.REFUSED), given(4, stage=Stage.AFTER))).without_sound()
