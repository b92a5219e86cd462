"""A fingerprint in an old log must stay that of the same decision in every later version of the program."""

from dataclasses import replace
from datetime import UTC, date, datetime

from oralhistory.domain import fingerprints
from oralhistory.domain.consent import (
    Act,
    ConsentEvent,
    ConsentVersion,
    Decision,
    Permission,
    Purpose,
    Stage,
    Wish,
    Withdrawal,
)

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
GIVEN = ConsentVersion(
    2, Stage.AFTER, AT, form_text="own-after-ko-1", form_sha256="ab" * 32, recorded_by="MK", language="ko",
    checklist={"risks": True}, permissions=(Permission(Purpose.MEDIA, Decision.REFUSED, recipient="방송"),),
    embargo_until=date(2030, 1, 1),
)  # fmt: skip
TAKEN = Withdrawal(date(2026, 4, 1), frozenset({Purpose.MEDIA, Purpose.ADVOCACY}), date(2026, 5, 1))
CHOSEN = ConsentEvent(Act.CHOSEN, AT, "MK", wish=Wish.CLOSE, note="둘째 날에")


def test_they_are_what_they_always_were() -> None:
    assert [fingerprints.of_consent(GIVEN)[:16], fingerprints.of_withdrawal(TAKEN)[:16], fingerprints.of_act(CHOSEN)[:16]] == [
        "c6b1f0537b2d8cca", "c4910fdee05bea4c", "85e4a7266fc47282",
    ]  # fmt: skip


def test_every_decision_has_one_of_its_own() -> None:
    others = [
        replace(GIVEN, permissions=(Permission(Purpose.MEDIA, Decision.GRANTED, recipient="방송"),)),
        replace(GIVEN, permissions=(Permission(Purpose.MEDIA, Decision.REFUSED),)),
        replace(GIVEN, checklist={}),
        replace(GIVEN, embargo_until=None),
        replace(GIVEN, form_sha256=""),
    ]
    assert len({fingerprints.of_consent(one) for one in (GIVEN, *others)}) == len(others) + 1
    assert fingerprints.of_withdrawal(replace(TAKEN, lasting=False)) != fingerprints.of_withdrawal(TAKEN)
    assert fingerprints.of_act(replace(CHOSEN, wish=Wish.DESTROY)) != fingerprints.of_act(CHOSEN)
