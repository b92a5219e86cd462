"""What of an interview may leave the archive today, purpose by purpose. `may` is asked about each; nothing is decided here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from oralhistory.domain.consent import (
    WORK_PURPOSES,
    Allowed,
    ConsentFile,
    ConsentVersion,
    Context,
    Operation,
    Permission,
    Purpose,
    Reason,
    Refused,
    Stage,
    may,
    same_recipient,
)
from oralhistory.domain.today import Today

RELEASES = (Operation.EXPORT_TEXT, Operation.EXPORT_SUMMARY, Operation.EXPORT_AUDIO)
_NO_YES = {"no_consent", "not_asked", "refused", "withdrawn"}
"""Reasons that say that there is no yes. Whatever stands beside them changes nothing."""
_OF_THE_FORM = {"summary_only", "extracts", "voice_identifies", "text_only", "other_recipient"}
"""Reasons that say in which form, or to whom, something may leave: the yes stands."""


@dataclass(frozen=True, slots=True)
class MayLeave:
    """`what` may leave for a purpose, to `recipient` alone ("": to anybody); until the day `until` where there is an end."""

    what: tuple[Operation, ...]
    permission: Permission
    recipient: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """`case_by_case`: purposes that are asked about each time. `held_back`: those that have a yes, and `reasons` why it does not
    count today. Everything else may not leave."""

    allowed: tuple[MayLeave, ...]
    case_by_case: tuple[Purpose, ...]
    held_back: tuple[Purpose, ...]
    reasons: tuple[Reason, ...]


def leaving(file: ConsentFile, today: Today) -> Leaving:
    """Purposes stand in their order; each recipient with a permission of their own has a line of their own."""
    allowed: list[MayLeave] = []
    by_case: list[Purpose] = []
    held: list[Purpose] = []
    reasons: dict[tuple[str, str], Reason] = {}
    for purpose in (one for one in Purpose if one not in WORK_PURPOSES):
        found = [one for recipient in _recipients(file, purpose) for one in _may_leave(file, purpose, recipient, today)]
        allowed += found
        against = [] if found else list(_against(file, purpose, today))
        codes = {one.code for one in against}
        if codes and not codes & _NO_YES:
            (by_case if "conditional" in codes else held).append(purpose)
            reasons.update({(one.code, one.details.get("date", "")): one for one in against if one.code != "conditional"})
    return Leaving(tuple(allowed), tuple(by_case), tuple(held), tuple(reasons.values()))


def _may_leave(file: ConsentFile, purpose: Purpose, recipient: str, today: Today) -> Iterator[MayLeave]:
    context = Context(purpose, recipient)
    answers = {one: may(one, file, context, today) for one in RELEASES}
    given = {one: answer for one, answer in answers.items() if isinstance(answer, Allowed)}
    if given:
        permission = next(iter(given.values())).permission
        yield MayLeave(tuple(given), permission, recipient, _end(file, context))


def _against(file: ConsentFile, purpose: Purpose, today: Today) -> Iterable[Reason]:
    """What stands against every form of it; nothing but its form may."""
    for recipient in _recipients(file, purpose):
        for operation in RELEASES:
            answer = may(operation, file, Context(purpose, recipient), today)
            if isinstance(answer, Refused):
                yield from (one for one in answer.reasons if one.code not in _OF_THE_FORM)


def _recipients(file: ConsentFile, purpose: Purpose) -> list[str]:
    """Anybody, and everybody who has a permission of their own for it."""
    known = [""]
    for version in _last_words(file):
        for one in version.permissions:
            if one.purpose is purpose and not any(same_recipient(one.recipient)(other) for other in known):
                known.append(one.recipient)
    return known


def _end(file: ConsentFile, context: Context) -> date | None:
    """Of several who tell, the first one's day counts."""
    assert context.purpose is not None
    days = (one.permission(context.purpose, context.recipient).valid_until for one in _last_words(file))
    return min(filter(None, days), default=None)


def _last_words(file: ConsentFile) -> list[ConsentVersion]:
    return [version for one in file.each if (version := one.latest(Stage.AFTER, Stage.RENEWAL)) is not None]
