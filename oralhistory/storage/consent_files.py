"""What is on file about consent in all interviews at once: for lists of thousands, of which few lines are ever looked at.

The rows are read as they stand in the file, and what they say is made of them when somebody asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select

from oralhistory.domain.consent import (
    ConsentFile,
    ConsentVersion,
    NarratorReview,
    Permission,
    Purpose,
    Risk,
    ThirdParty,
)
from oralhistory.domain.evidence import EvidenceKind
from oralhistory.domain.interview import TakePurpose
from oralhistory.storage.at_once import Unread, at_once
from oralhistory.storage.consents import EVENT, PERMISSION, WITHDRAWAL, event_of, withdrawal_of
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import (
    attachments,
    consent_events,
    consent_permissions,
    consent_versions,
    narrators,
    recordings,
    withdrawals,
)

_COUNTING = (
    "review_wanted", "review_status", "third_parties", "risk_level", "relatives_at_risk", "risk_next_review",
    "number", "stage", "recorded_at", "session", "mode", "witness", "checklist", "capacity_concern", "sensitive_data",
    "embargo_until", "embargo_condition", "narrator", "evidence", "guardian", "assent", "interpreter",
    "interpreter_undertaking", "obtained_on",
)  # fmt: skip
"""Columns that decide something; from `_NAMED` on they are named like the fields of a version."""
_NAMED = 6

_VERSION = Unread(consent_versions.c[name] for name in _COUNTING)
_GIVEN = Unread(consent_permissions.c[name] for name in PERMISSION)
_WITHDRAWAL = Unread(withdrawals.c[name] for name in WITHDRAWAL)
_EVENT = Unread(consent_events.c[name] for name in EVENT)


class FilesOnDemand(Mapping[str, ConsentFile]):
    """By the interview's id, of every interview that has something on file; each is made once, when it is asked for."""

    def __init__(self) -> None:
        self.versions: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self.permissions: defaultdict[int, list[str]] = defaultdict(list)
        self.withdrawals: defaultdict[str, list[str]] = defaultdict(list)
        self.events: defaultdict[str, list[str]] = defaultdict(list)
        self.narrators: defaultdict[str, list[str]] = defaultdict(list)
        self.clips: defaultdict[str, set[str]] = defaultdict(set)
        self._made: dict[str, ConsentFile] = {}
        self._given: dict[str, Permission] = {}

    def __len__(self) -> int:
        return len({*self.versions, *self.withdrawals})

    def __iter__(self) -> Iterator[str]:
        return iter({**self.versions, **self.withdrawals})

    def __getitem__(self, interview: str) -> ConsentFile:
        if interview not in self._made:
            if interview not in self.versions and interview not in self.withdrawals:
                raise KeyError(interview)
            self._made[interview] = ConsentFile(
                tuple(self._version(*one) for one in self.versions.get(interview, ())),
                tuple(withdrawal_of(_WITHDRAWAL.read(line)) for line in self.withdrawals.get(interview, ())),
                tuple(event_of(_EVENT.read(line)) for line in self.events.get(interview, ())),
                tuple(self.narrators.get(interview, ())),
                frozenset(self.clips.get(interview, ())),
            )
        return self._made[interview]

    def _version(self, row: int, line: str) -> ConsentVersion:
        review, status, third_parties, risk, relatives, next_review, *values = _VERSION.read(line)
        return ConsentVersion(
            **dict(zip(_COUNTING[_NAMED:], values, strict=True)),
            permissions=tuple(map(self._permission, self.permissions.get(row, ()))),
            narrator_review=NarratorReview(review, status),
            third_parties=tuple(ThirdParty(*one) for one in third_parties),
            risk=Risk(risk, relatives, next_review),
        )

    def _permission(self, line: str) -> Permission:
        """Tens of thousands of permissions say the same few things: each of these is made once."""
        if line not in self._given:
            self._given[line] = Permission(*_GIVEN.read(line))
        return self._given[line]


class ConsentFiles(Repository):
    def all(self, purposes: Collection[Purpose]) -> FilesOnDemand:
        """What `may` reads of every interview's consent, with the permissions for `purposes` alone. Who took a consent and by
        which form stands in `Consents.versions`."""
        found = FilesOnDemand()
        given, counting = consent_permissions.c, consent_versions.c
        asked = select(given.row, given.version).where(given.purpose.in_(purposes))
        for (_, version), line in sorted(_GIVEN.at_once(self._connection, asked)):
            found.permissions[version].append(line)
        versions = select(counting.number, counting.row, counting.interview_id)
        for (_, row, interview), line in sorted(_VERSION.at_once(self._connection, versions)):
            found.versions[interview].append((row, line))
        for table, unread, into in (
            (withdrawals, _WITHDRAWAL, found.withdrawals),
            (consent_events, _EVENT, found.events),
        ):
            for (_, interview), line in sorted(unread.at_once(self._connection, select(table.c.row, table.c.interview_id))):
                into[interview].append(line)
        for _, interview, code in self._sorted(select(narrators.c.row, narrators.c.interview_id, narrators.c.code)):
            found.narrators[interview].append(code)
        for table, spoken in (
            (recordings, recordings.c.purpose == TakePurpose.CONSENT),
            (attachments, attachments.c.kind == EvidenceKind.SOUND),
        ):
            for interview, clip in at_once(self._connection, select(table.c.interview_id, table.c.id).where(spoken)):
                found.clips[interview].add(clip)
        return found
