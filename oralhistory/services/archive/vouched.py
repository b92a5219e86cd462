"""Whether consents, withdrawals and exports are those that the custody log tells of.

The log is a chain: an entry cannot be changed without a trace. What an entry speaks of lies in rows of its own, which whoever
has the key could change, add or take away; so each entry carries a fingerprint, and the rows are held against it. Entries
without one are of a time before there were any: only their number counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from oralhistory.domain import fingerprints
from oralhistory.domain.consent import Act
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import CustodyEvent, Records
from oralhistory.errors import Damaged
from oralhistory.i18n import mark, tr

_CONSENT = re.compile(r"consent \w+ recorded")
_NAMED_ANEW = re.compile(r"consent version (?P<number>\d+) names sound sealed anew")
"""Removing minutes gives sound other ids, also a spoken consent that is the proof of a version."""
_WITHDRAWN = re.compile(r"consent withdrawn")
_ACT = re.compile(r"consent: \w+")
_EXPORT = re.compile(r"(summary |sound )?exported .*")

_TOLD_OTHERWISE = {Act.IDENTITY_SHOWN, Act.USED}
"""Acts that are part of another entry: of the look itself, or of the recording or export that they allowed."""


def verify(records: Records, interviews: Iterable[Interview]) -> None:
    """Damaged, naming the interview, where a row is not what the log says, or one is missing or too many (about 2 ms each)."""
    for interview in interviews:
        for what, logged, kept in _held_against(records, interview, records.custody.of(interview.id)):
            if any(row is None or entry is None or entry not in ("", row) for entry, row in zip_longest(logged, kept)):
                raise Damaged(
                    tr("What is stored of {code} is not what the custody log tells: {what}.", code=interview.code, what=tr(what)),
                    safe=tr("The custody log itself is whole."),
                    todo=tr("Give nothing out of this interview. Compare with a backup."),
                )


def consents(records: Records, interview: Interview) -> set[int]:
    """The numbers of the consent versions that are what the log tells."""
    kept = map(fingerprints.of_consent, records.consents.versions(interview.id))
    logged = _of_consents(records.custody.of(interview.id))
    return {number for number, (entry, row) in enumerate(zip(logged, kept, strict=False), start=1) if entry in ("", row)}


def _held_against(
    records: Records, interview: Interview, told: Sequence[CustodyEvent]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """What it is, the fingerprints that the log tells, and those of the rows, each in the order in which they were made."""
    consents, of = records.consents, interview.id
    yield mark("its consents"), _of_consents(told), [*map(fingerprints.of_consent, consents.versions(of))]
    yield mark("what was withdrawn"), _hashes(told, _WITHDRAWN), [*map(fingerprints.of_withdrawal, consents.withdrawals(of))]
    acts = [one for one in consents.events(of) if one.act not in _TOLD_OTHERWISE]
    yield mark("what was done about a consent"), _hashes(told, _ACT), [*map(fingerprints.of_act, acts)]
    yield mark("what was given out"), _hashes(told, _EXPORT), [one.sha256 for one in records.exports.of(of)]


def _of_consents(told: Sequence[CustodyEvent]) -> list[str]:
    """The fingerprint of each version, as the last entry about it tells it."""
    hashes = _hashes(told, _CONSENT)
    for one in told:
        anew = _NAMED_ANEW.fullmatch(one.action)
        if anew and int(anew["number"]) <= len(hashes):
            hashes[int(anew["number"]) - 1] = one.object_hash
    return hashes


def _hashes(told: Iterable[CustodyEvent], action: re.Pattern[str]) -> list[str]:
    return [one.object_hash for one in told if action.fullmatch(one.action)]
