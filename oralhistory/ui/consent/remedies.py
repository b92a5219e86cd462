"""What can be done, and signed for, about what stands against recording or release: each beside the sentence that refuses."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from oralhistory.domain.consent import Act, ConsentFile, Purpose, Stage
from oralhistory.errors import MalformedInput
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.ui.consent.act_form import Signature, Signed
from oralhistory.zones import local_day

REMEDY = {
    "capacity_concern": "clear",
    "high_risk": "approve",
    "embargo_condition": "condition",
    "risk_review_due": "risk",
    "conditional": "asked",
}
"""By the code of a reason: which signature answers it."""


class Asking:
    """For whom the narrator is asked, as it stands in the fields of the page at the moment.

    `narrator` is the code of whose consent is meant, where several people tell.
    """

    def __init__(self) -> None:
        self.narrator = ""
        self.purpose, self.recipient = Purpose.PUBLISH_TEXT, ""


def signatures(asking: Asking) -> list[Signature]:
    def reviewed(acts: ConsentActs, code: str, given: Signed) -> Callable[[], object]:
        narrator = asking.narrator
        return lambda: acts.risk_reviewed(code, given.reason, _day(given.day or ""), narrator)

    def asked(acts: ConsentActs, code: str, given: Signed) -> Callable[[], object]:
        return partial(
            acts.asked, code, asking.purpose, asking.recipient, given.reason, agreed=given.yes, narrator=asking.narrator
        )

    return [
        Signature("clear", mark("Clear the doubt about the narrator …"),
                  mark("A second person has looked at the doubt about the narrator's capacity, and clears it."),
                  lambda acts, code, given: partial(acts.clear_concern, code, given.reason, given.passphrase, asking.narrator),
                  second=True),
        Signature("approve", mark("Approve release in spite of the risk …"),
                  mark("A second person approves release although the risk is high."),
                  lambda acts, code, given: partial(acts.approve_risk, code, given.reason, given.passphrase, asking.narrator),
                  second=True),
        Signature("condition", mark("The narrator's condition is met …"),
                  mark("I confirm that the condition which the narrator set for release is met."),
                  lambda acts, code, given: partial(acts.condition_met, code, given.reason, asking.narrator)),
        Signature("risk", mark("The risk was looked at again …"),
                  mark("The risk was looked at again and is as it was. If it is another, take a new consent with it."),
                  reviewed, day=mark("Look at the risk again by")),
        Signature("asked", mark("The narrator was asked about this one …"),
                  mark("The narrator was asked about this purpose and this recipient today. The answer holds today, and once."),
                  asked, answers=True),
    ]  # fmt: skip


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise MalformedInput(tr("Not a date: {text}.", text=typed), todo=tr("Write it as 2030-12-31.")) from None


def remedies(codes: Iterable[str]) -> set[str]:
    """What can be signed about these reasons."""
    return {REMEDY[code] for code in codes if code in REMEDY}


def signed_lines(file: ConsentFile) -> list[tuple[Act, str, str, str, str]]:
    """What was signed, the latest first: (what, by whom, why, whose consent and for whom, when)."""
    told = [
        (
            one.act, " + ".join(filter(None, (one.by, one.second))), one.note,
            listed(filter(None, (one.narrator, one.recipient))), local_day(one.at),
        )
        for one in file.events
    ]  # fmt: skip
    return told[::-1]


def latest_before(file: ConsentFile) -> int:
    """The session that is under way."""
    return max((one.session for one in file.versions if one.stage is Stage.BEFORE), default=1)
