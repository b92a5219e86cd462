"""What a document takes back, from whom, and who is asked for what they have."""

from datetime import UTC, date, datetime

import pytest

from oralhistory.domain.asking_back import concerning, taken_back
from oralhistory.domain.consent import (
    ConsentFile,
    ConsentVersion,
    Context,
    Decision,
    Operation,
    Permission,
    Purpose,
    Stage,
    Withdrawal,
    may,
)

ON, DUE = date(2026, 5, 1), date(2026, 5, 11)
YES, NO, BACK, UNASKED = Decision.GRANTED, Decision.REFUSED, Decision.WITHDRAWN, Decision.NOT_ASKED
Said = tuple[Decision, str]


def said(
    number: int, *answers: Said, stage: Stage = Stage.AFTER, purpose: Purpose = Purpose.MEDIA, narrator: str = ""
) -> ConsentVersion:
    given = tuple(Permission(purpose, decision, recipient=recipient) for decision, recipient in answers)
    at = datetime(2026, 4, number, tzinfo=UTC)
    return ConsentVersion(number, stage, at, permissions=given, evidence="drawer", narrator=narrator)


def found(
    *versions: ConsentVersion, withdrawals: tuple[Withdrawal, ...] = (), narrators: tuple[str, ...] = ()
) -> set[tuple[str, bool]]:
    """From whom the last of these documents takes back the press, and whether for good."""
    before = ConsentFile(versions[:-1], withdrawals, narrators=narrators)
    taken = taken_back(before, versions[-1], ON, DUE)
    assert all((one.requested_on, one.due, one.purposes) == (ON, DUE, {Purpose.MEDIA}) for one in taken)
    return {(one.recipient, one.lasting) for one in taken}


@pytest.mark.parametrize(
    ("before", "now", "taken"),
    [
        ([(YES, "")], [(YES, ""), (BACK, "The Daily")], {("The Daily", True)}),
        ([(YES, "")], [(YES, ""), (NO, "The Daily")], {("The Daily", False)}),
        ([(YES, "The Daily")], [(NO, "the  daily")], {("the  daily", False), ("The Daily", False)}),
        ([(YES, "The Daily"), (YES, "Radio")], [(YES, "Radio"), (NO, "The Daily")], {("The Daily", False)}),
        ([(YES, "The Daily")], [(NO, "")], {("The Daily", False)}),
        ([(YES, "")], [(NO, "")], {("", False)}),
        ([(YES, "")], [(NO, ""), (YES, "Radio")], {("", False)}),
        ([(Decision.CONDITIONAL, "")], [(NO, "Radio")], {("Radio", False)}),
        ([(YES, "")], [(BACK, "")], {("", True)}),
        ([(YES, "")], [(UNASKED, "")], set()),
        ([(NO, "")], [(NO, "The Daily")], set()),
        ([(YES, ""), (NO, "The Daily")], [(YES, ""), (NO, "The Daily")], set()),
        ([(NO, ""), (YES, "Radio")], [(NO, ""), (YES, "Radio")], set()),
        ([(UNASKED, "")], [(BACK, "The Daily")], {("The Daily", True)}),
    ],
)
def test_what_a_later_document_takes_back(before: list[Said], now: list[Said], taken: set[tuple[str, bool]]) -> None:
    assert found(said(1, *before), said(2, *now)) == taken


def test_an_answer_left_out_in_between_hides_no_yes() -> None:
    assert found(said(1, (YES, "")), said(2, (UNASKED, "")), said(3, (NO, "Radio"))) == {("Radio", False)}


def test_a_no_before_recording_and_a_no_to_our_own_work_ask_nobody_for_anything() -> None:
    assert found(said(1, (YES, "")), said(2, (NO, ""), stage=Stage.BEFORE)) == set()
    work = Purpose.TRANSLATE
    assert taken_back(ConsentFile((said(1, (YES, ""), purpose=work),)), said(2, (NO, ""), purpose=work), ON, DUE) == ()


def test_what_was_withdrawn_already_is_not_withdrawn_twice() -> None:
    all_of_it, from_one = Withdrawal(ON), Withdrawal(ON, frozenset({Purpose.MEDIA}), recipient="the daily")
    assert found(said(1, (YES, "")), said(2, (BACK, "The Daily")), withdrawals=(all_of_it,)) == set()
    assert found(said(1, (YES, "")), said(2, (BACK, "The Daily"), (BACK, "Radio")), withdrawals=(from_one,)) == {("Radio", True)}
    assert found(said(1, (YES, "")), said(2, (BACK, "")), withdrawals=(from_one,)) == {("", True)}


def test_of_several_narrators_each_takes_back_what_they_gave() -> None:
    first, second = said(1, (YES, ""), narrator="P-1"), said(2, (NO, "Radio"), narrator="P-2")
    assert found(first, second, said(3, (NO, "Radio"), narrator="P-1"), narrators=("P-1", "P-2")) == {("Radio", False)}
    assert found(first, second, said(3, (NO, "Radio"), narrator="P-2"), narrators=("P-1", "P-2")) == set()


def test_a_withdrawal_from_one_recipient_binds_that_one_alone_and_for_good() -> None:
    given = said(1, (YES, ""))
    press = frozenset({Purpose.MEDIA})
    file = ConsentFile((given, said(2, (YES, ""))), (Withdrawal(ON, press, recipient="The Daily"),))

    def codes(recipient: str, purpose: Purpose = Purpose.MEDIA) -> set[str]:
        answer = may(Operation.EXPORT_TEXT, file, Context(purpose, recipient), ON)
        return {one.code for one in getattr(answer, "reasons", ())}

    assert codes("the  DAILY") == {"withdrawn"}
    assert codes("Radio") == set()
    assert not file.frozen
    everything = ConsentFile((given,), (Withdrawal(ON, recipient="The Daily"),))
    assert not everything.frozen, "the text is not shut because one recipient lost it"
    assert [one.code for one in may(Operation.EXPORT_TEXT, everything, Context(Purpose.MEDIA, "The Daily"), ON).reasons] == [  # type: ignore[union-attr]
        "withdrawn"
    ]


def test_a_no_binds_by_its_document_and_a_later_yes_asks_for_nothing_any_more() -> None:
    no = Withdrawal(ON, frozenset({Purpose.MEDIA}), recipient="Radio", lasting=False)
    refused = ConsentFile((said(1, (YES, "")), said(2, (YES, ""), (NO, "Radio"))), (no,))
    assert concerning(refused, (Purpose.MEDIA,), "radio") == (no,)
    assert concerning(refused, (Purpose.MEDIA,), "The Daily") == ()
    assert concerning(refused, (Purpose.PUBLISH_TEXT,), "Radio") == ()
    again = ConsentFile((*refused.versions, said(3, (YES, ""))), (no,))
    assert concerning(again, (Purpose.MEDIA,), "Radio") == ()
    assert not hasattr(may(Operation.EXPORT_TEXT, again, Context(Purpose.MEDIA, "Radio"), ON), "reasons")


def test_what_stays_allowed_to_one_is_not_asked_of_them_when_all_others_lose_it() -> None:
    no = Withdrawal(ON, frozenset({Purpose.MEDIA}), lasting=False)
    file = ConsentFile((said(1, (YES, "")), said(2, (NO, ""), (YES, "Radio"))), (no,))
    assert concerning(file, (Purpose.MEDIA,), "Radio") == ()
    assert concerning(file, (Purpose.MEDIA,), "The Daily") == (no,)


def test_transfer_abroad_taken_back_from_one_recipient_asks_for_what_went_abroad() -> None:
    abroad = Withdrawal(ON, frozenset({Purpose.OVERSEAS_TRANSFER}), recipient="Geneva")
    file = ConsentFile((said(1, (YES, "")),), (abroad,))
    assert concerning(file, (Purpose.MEDIA, Purpose.OVERSEAS_TRANSFER), "Geneva") == (abroad,)
    assert concerning(file, (Purpose.MEDIA,), "Geneva") == ()
