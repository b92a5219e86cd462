"""What is on file about consent in all interviews at once: for lists of thousands, of which few lines are ever looked at.

The rows are read as they stand in the file, and what they say is made of them when somebody asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from oralhistory.domain.consent import (
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    NarratorReview,
    Permission,
    Purpose,
    Risk,
    ThirdParty,
    Withdrawal,
)
from oralhistory.domain.evidence import EvidenceKind
from oralhistory.domain.interview import TakePurpose
from oralhistory.storage.columns import Unread
from oralhistory.storage.consents import PERMISSION, event_of, withdrawal_of
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


class FilesOnDemand(Mapping[str, ConsentFile]):
    """By the interview's id, of every interview that has something on file; each is made once, when it is asked for."""

    def __init__(self) -> None:
        self.versions: defaultdict[str, list[tuple[int, Sequence[Any]]]] = defaultdict(list)
        self.permissions: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
        self.withdrawals: defaultdict[str, list[Withdrawal]] = defaultdict(list)
        self.events: defaultdict[str, list[ConsentEvent]] = defaultdict(list)
        self.narrators: defaultdict[str, list[str]] = defaultdict(list)
        self.clips: defaultdict[str, set[str]] = defaultdict(set)
        self._made: dict[str, ConsentFile] = {}

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
                tuple(self.withdrawals.get(interview, ())),
                tuple(self.events.get(interview, ())),
                tuple(self.narrators.get(interview, ())),
                frozenset(self.clips.get(interview, ())),
            )
        return self._made[interview]

    def _version(self, row: int, stored: Sequence[Any]) -> ConsentVersion:
        review, status, third_parties, risk, relatives, next_review, *values = _VERSION.read(stored)
        return ConsentVersion(
            **dict(zip(_COUNTING[_NAMED:], values, strict=True)),
            permissions=tuple(Permission(*_GIVEN.read(one)) for one in self.permissions.get(row, ())),
            narrator_review=NarratorReview(review, status),
            third_parties=tuple(ThirdParty(*one) for one in third_parties),
            risk=Risk(risk, relatives, next_review),
        )


class ConsentFiles(Repository):
    def all(self, purposes: Collection[Purpose]) -> FilesOnDemand:
        """What `may` reads of every interview's consent, with the permissions for `purposes` alone. Who took a consent and by
        which form stands in `Consents.versions`."""
        found = FilesOnDemand()
        given = consent_permissions.c
        asked = select(given.version, *_GIVEN.stored).where(given.purpose.in_(purposes)).order_by(given.row)
        for row, *permission in self._connection.execute(asked):
            found.permissions[row].append(permission)
        counting = select(consent_versions.c.interview_id, consent_versions.c.row, *_VERSION.stored)
        for interview, row, *stored in self._connection.execute(counting.order_by(consent_versions.c.number)):
            found.versions[interview].append((row, stored))
        for one in self._rows(select(withdrawals).order_by(withdrawals.c.row)):
            found.withdrawals[one["interview_id"]].append(withdrawal_of(one))
        for one in self._rows(select(consent_events).order_by(consent_events.c.row)):
            found.events[one["interview_id"]].append(event_of(one))
        speaking = select(narrators.c.interview_id, narrators.c.code).order_by(narrators.c.row)
        for interview, code in self._connection.execute(speaking):
            found.narrators[interview].append(code)
        for table, spoken in (
            (recordings, recordings.c.purpose == TakePurpose.CONSENT),
            (attachments, attachments.c.kind == EvidenceKind.SOUND),
        ):
            for interview, clip in self._connection.execute(select(table.c.interview_id, table.c.id).where(spoken)):
                found.clips[interview].add(clip)
        return found
