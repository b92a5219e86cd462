"""What of an interview may leave the archive today, purpose by purpose. `may` is asked about each; nothing is decided here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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
_OF_THE_FORM = {"summary_only", "extracts", "voice_identifies", "text_only"}
"""Reasons that say in which form something may leave: the yes stands."""


@dataclass(frozen=True, slots=True)
class MayLeave:
    """`what` may leave for a purpose, to `recipient` alone ("": to anybody); until the day `until` where there is an end."""

    what: tuple[Operation, ...]
    permission: Permission
    recipient: str
    until: date | None


class Release(NamedTuple):
    """For what something would leave, and to whom ("": to anybody)."""

    purpose: Purpose
    recipient: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """`case_by_case`: what is asked about each time. `held_back`: what has a yes, and `reasons` why it does not count today.
    Everything else may not leave."""

    allowed: tuple[MayLeave, ...]
    case_by_case: tuple[Release, ...]
    held_back: tuple[Release, ...]
    reasons: tuple[Reason, ...]


def leaving(file: ConsentFile, today: Today) -> Leaving:
    """Purposes stand in their order; each recipient with a permission of their own is judged on their own."""
    allowed: list[MayLeave] = []
    by_case: list[Release] = []
    held: list[Release] = []
    reasons: dict[tuple[str, str], Reason] = {}
    for release in _releases(file):
        answers = {one: may(one, file, Context(*release), today) for one in RELEASES}
        given = {one: answer.permission for one, answer in answers.items() if isinstance(answer, Allowed)}
        if given:
            allowed.append(MayLeave(tuple(given), next(iter(given.values())), release.recipient, _end(file, release)))
            continue
        against = _against(answers.values())
        codes = {one.code for one in against}
        if codes and not codes & _NO_YES:
            (by_case if "conditional" in codes else held).append(release)
            reasons.update({(one.code, one.details.get("date", "")): one for one in against if one.code != "conditional"})
    return Leaving(tuple(allowed), _once(by_case), _once(held), tuple(reasons.values()))


def _against(answers: Iterable[Allowed | Refused]) -> list[Reason]:
    """What stands against it in every form; nothing but its form may."""
    refused = (one for answer in answers if isinstance(answer, Refused) for one in answer.reasons)
    return [one for one in refused if one.code not in _OF_THE_FORM]


def _once(releases: list[Release]) -> tuple[Release, ...]:
    """Without those to somebody where the same is said of anybody."""
    return tuple(one for one in releases if not one.recipient or Release(one.purpose, "") not in releases)


def _releases(file: ConsentFile) -> Iterator[Release]:
    """To anybody, and to everybody who has a permission of their own; but not where what somebody said is of others alone."""
    words = _last_words(file)
    for purpose in (one for one in Purpose if one not in WORK_PURPOSES):
        known = [""]
        for one in (one for version in words for one in version.permissions if one.purpose is purpose):
            if not any(same_recipient(one.recipient)(other) for other in known):
                known.append(one.recipient)
        for recipient in known:
            meant = [version.permission(purpose, recipient).recipient for version in words]
            if not any(one and not same_recipient(one)(recipient) for one in meant):
                yield Release(purpose, recipient)


def _end(file: ConsentFile, release: Release) -> date | None:
    """Of several who tell, the first one's day counts."""
    days = (one.permission(*release).valid_until for one in _last_words(file))
    return min(filter(None, days), default=None)


def _last_words(file: ConsentFile) -> list[ConsentVersion]:
    return [version for one in file.each if (version := one.latest(Stage.AFTER, Stage.RENEWAL)) is not None]
