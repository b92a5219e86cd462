"""Names of recipients that may mean the same one."""

from datetime import UTC, date, datetime

import pytest

from oralhistory.domain.consent import ConsentFile, ConsentVersion, Decision, Permission, Purpose, Stage, Withdrawal
from oralhistory.domain.recipients import Recipient, each_once, perhaps_meant, resembles


@pytest.mark.parametrize("typed", ["Guardian", "guardian weekly", "TheGuardian", "the guardian, London", "The Guardian"])
def test_a_name_written_otherwise_may_mean_the_same(typed: str) -> None:
    assert resembles("The Guardian", typed) is (typed != "The Guardian")


@pytest.mark.parametrize("typed", ["", "G", "the", "A court", "the  GUARDIAN"])
def test_another_name_and_the_same_one_are_not_asked_about(typed: str) -> None:
    assert not resembles("The Guardian", typed)


def test_names_in_other_scripts_are_compared_as_well() -> None:
    assert resembles("한겨레 신문", "한겨레")
    assert resembles("한겨레 신문", "한겨레신문")
    assert not resembles("한겨레 신문", "법원")


def test_the_same_words_in_another_order_may_mean_the_same() -> None:
    assert resembles("University of Leeds", "Leeds University")
    assert not resembles("University of Leeds", "University of York")
    assert not resembles("Leeds", "York")


def test_who_was_refused_by_name_is_asked_about_too() -> None:
    refused = Permission(Purpose.MEDIA, Decision.REFUSED, recipient="Red Cross")
    version = ConsentVersion(number=1, stage=Stage.AFTER, recorded_at=datetime(2026, 5, 1, tzinfo=UTC), permissions=(refused,))
    file = ConsentFile((version,))
    assert perhaps_meant(file, (Purpose.MEDIA,), "Red-Cross") == ("Red Cross",)
    assert perhaps_meant(file, (Purpose.TRAINING,), "Red-Cross") == perhaps_meant(file, (Purpose.MEDIA,), "Red Cross") == ()


def test_only_a_withdrawal_that_would_be_in_the_way_is_asked_about() -> None:
    file = ConsentFile(withdrawals=(Withdrawal(date(2026, 5, 1), frozenset({Purpose.MEDIA}), recipient="The Guardian"),))
    assert perhaps_meant(file, (Purpose.MEDIA,), "Guardian") == ("The Guardian",)
    assert perhaps_meant(file, (Purpose.TRAINING,), "Guardian") == ()
    everybody = ConsentFile(withdrawals=(Withdrawal(date(2026, 5, 1)),))
    assert perhaps_meant(everybody, (Purpose.MEDIA,), "Guardian") == ()


def test_each_recipient_is_known_once_as_they_were_typed_last() -> None:
    known = [Recipient("UN Office", True), Recipient("un  office", False), Recipient("A court"), Recipient("a court", False)]
    assert each_once(known) == (Recipient("A court", False), Recipient("UN Office", True))
