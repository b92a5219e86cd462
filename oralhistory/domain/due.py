"""What is due in the consents on file: risks to look at again, permissions that end, embargoes that open, withdrawals.

Counted is what counts for `may`: of each narrator the document that decides on release, or the one before recording while
there is no other; for work on the interview the last answer to each permission. What a narrator took back is no longer due,
but that it is dealt with is. Nothing reads a clock; the organisation's day comes in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from oralhistory.domain.consent import (
    WORK_PURPOSES,
    ConsentFile,
    ConsentVersion,
    Decision,
    Purpose,
    Stage,
    next_review,
)
from oralhistory.domain.today import Today

ANSWERED_WITHIN = timedelta(days=10)
"""By when a withdrawal is to be dealt with: ten days, as Korea's Personal Information Protection Act (Enforcement Decree,
Art. 44) gives for a demand to stop processing; the GDPR gives a month."""

AHEAD = timedelta(days=30)
"""How long before its day something is worth seeing, when the caller does not say."""


class DueKind(StrEnum):
    RISK_REVIEW = "risk_review"  # the risk to the narrator and to relatives is to be looked at again by that day
    RENEWAL = "renewal"  # a permission ends after that day
    WITHDRAWAL = "withdrawal"  # what the narrator who withdrew wants done is to be done by that day
    EMBARGO = "embargo"  # an embargo ends on that day: nothing to ask, but somebody should know
    EVIDENCE = "evidence"  # the paper of a consent that was given on that day is missing


@dataclass(frozen=True, slots=True)
class Due:
    """`code` is the key under which the consent was handed in; `purpose` stands with a renewal only.

    `overdue`: the day is over (a review that was not done, a permission that ended, an embargo that ended). When the clock
    is in doubt, the later of its two days counts, so that nothing overdue is missed.
    """

    code: str
    kind: DueKind
    on: date
    overdue: bool
    purpose: Purpose | None = None


def due(consents: Mapping[str, ConsentFile], today: date | Today, ahead: timedelta = AHEAD) -> tuple[Due, ...]:
    """Everything due up to `ahead` after today in the consents of each interview, the oldest day first.

    A permission or embargo that ended longer ago than `ahead` is history and is left out; a review that was not done, or a
    withdrawal that was not dealt with, never is; nor is paper that is missing.
    """
    day = today.closing if isinstance(today, Today) else today
    found = [one for code, consent in consents.items() for one in _of(code, consent, day)]
    wanted = {one for one in found if one.on - ahead <= day and (_stays(one) or day - ahead <= one.on)}
    return tuple(sorted(wanted, key=lambda one: (one.on, one.code, one.kind, one.purpose or "")))


def _stays(one: Due) -> bool:
    return one.kind in (DueKind.RISK_REVIEW, DueKind.WITHDRAWAL, DueKind.EVIDENCE)


def _of(code: str, consent: ConsentFile, day: date) -> Iterable[Due]:
    for withdrawal in consent.unsettled:
        answer_by = withdrawal.due or withdrawal.requested_on + ANSWERED_WITHIN
        yield Due(code, DueKind.WITHDRAWAL, answer_by, day > answer_by)
    if consent.frozen:
        return
    unproven: list[date] = []
    for own in consent.each:
        counting = _counting(own)
        unproven += [one.obtained_on or one.recorded_at.date() for one in counting if not one.evidence]
        for last in counting[-1:]:
            review = next_review(own, last)
            if review:
                yield Due(code, DueKind.RISK_REVIEW, review, day > review)
            if last.embargo_until:
                yield Due(code, DueKind.EMBARGO, last.embargo_until, day >= last.embargo_until)
            for purpose, end in _ends(own, last):
                yield Due(code, DueKind.RENEWAL, end, day > end, purpose)
    if unproven:
        yield Due(code, DueKind.EVIDENCE, min(unproven), day > min(unproven))


def _counting(own: ConsentFile) -> list[ConsentVersion]:
    """The documents of one narrator that count: of each moment the last, the one that decides on release at the end."""
    moments = ((Stage.BEFORE,), (Stage.AFTER, Stage.RENEWAL))
    return [version for stages in moments if (version := own.latest(*stages))]


def _ends(own: ConsentFile, last: ConsentVersion) -> Iterable[tuple[Purpose, date]]:
    """The last day of each purpose that is granted until a day; of several recipients the first to end."""
    for purpose in Purpose:
        deciding = own.last_asked(purpose) if purpose in WORK_PURPOSES else last
        answers = [one for one in deciding.permissions if one.purpose is purpose] if deciding else []
        granted = [one for one in answers if one.decision is Decision.GRANTED]
        standing = [one for one in granted if not any(taken.binds(purpose, one.recipient) for taken in own.withdrawals)]
        ends = [one.valid_until for one in standing if one.valid_until]
        if ends:
            yield purpose, min(ends)
