"""What a new document takes back, and what of that was given out: those who have it are asked for it.

A narrator takes back in two ways. A withdrawal binds for good. A no where an earlier document said yes binds as long as that
document counts, and asks for what was given out just the same. Each is from everybody, or from one recipient while others keep
what they have. An answer that is merely left out of a later document takes nothing back.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from oralhistory.domain.consent import (
    WORK_PURPOSES,
    ConsentFile,
    ConsentVersion,
    Decision,
    Permission,
    Purpose,
    Stage,
    Withdrawal,
    same_recipient,
)

_YES = (Decision.GRANTED, Decision.CONDITIONAL)
_RELEASE = (Stage.AFTER, Stage.RENEWAL)


def taken_back(before: ConsentFile, version: ConsentVersion, on: date, due: date) -> tuple[Withdrawal, ...]:
    """What `version` takes back that was not taken back yet: a withdrawal for each recipient and kind."""
    found: dict[tuple[str, bool], set[Purpose]] = {}
    for one in version.permissions:
        if one.decision is Decision.WITHDRAWN and not _is_withdrawn(before, one.purpose, _whom(one)):
            found.setdefault((_whom(one), True), set()).add(one.purpose)
    for purpose, recipient in _no_longer(before, version):
        found.setdefault((recipient, False), set()).add(purpose)
    return tuple(
        Withdrawal(on, frozenset(purposes), due, recipient, lasting) for (recipient, lasting), purposes in found.items()
    )


def concerning(consent: ConsentFile, uses: Sequence[Purpose], recipient: str) -> tuple[Withdrawal, ...]:
    """The withdrawals because of which `recipient` is asked for something that was given out for all of `uses`."""
    return tuple(
        one
        for one in consent.withdrawals
        if any(one.covers(used, recipient) and (one.lasting or _refused_now(consent, used, recipient)) for used in uses)
    )


def _whom(permission: Permission) -> str:
    """The one it is about; our own work has no recipient, whatever is written beside it."""
    return "" if permission.purpose in WORK_PURPOSES else permission.recipient.strip()


def _is_withdrawn(consent: ConsentFile, purpose: Purpose, recipient: str) -> bool:
    return any(known.binds(purpose, recipient) for known in consent.withdrawals)


def _no_longer(before: ConsentFile, version: ConsentVersion) -> Iterable[tuple[Purpose, str]]:
    """For what, and for whom, a document that counts for release says no where the narrator's last word was yes."""
    if version.stage not in _RELEASE:
        return
    own = _own(before, version)
    named = [(one.purpose, _whom(one)) for each in (*own.versions, version) for one in each.permissions]
    for purpose, recipient in dict.fromkeys(named):
        no = purpose not in WORK_PURPOSES and _answer(version, purpose, recipient) is Decision.REFUSED
        if no and _last_word(own, purpose, recipient) in _YES and not _is_withdrawn(before, purpose, recipient):
            yield purpose, recipient


def _own(consent: ConsentFile, version: ConsentVersion) -> ConsentFile:
    """What the narrator who gave `version` gave before."""
    return consent.of(version.narrator or consent.narrators[0]) if len(consent.narrators) > 1 else consent


def _refused_now(consent: ConsentFile, purpose: Purpose, recipient: str) -> bool:
    return any(_last_word(own, purpose, recipient) not in _YES for own in consent.each)


def _last_word(own: ConsentFile, purpose: Purpose, recipient: str) -> Decision:
    """What the narrator last said of it after an interview."""
    answers = (_answer(one, purpose, recipient) for one in own.latest_first(*_RELEASE))
    return next((one for one in answers if one is not Decision.NOT_ASKED), Decision.NOT_ASKED)


def _answer(version: ConsentVersion, purpose: Purpose, recipient: str) -> Decision:
    """What a document says of it: to this recipient, else to everybody; what it says to another one is no answer."""
    one = version.permission(purpose, recipient)
    meant = not one.recipient or same_recipient(recipient)(one.recipient)
    return one.decision if meant else Decision.NOT_ASKED
