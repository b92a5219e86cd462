"""Consent documents, never changed once stored: a row a version, a row a permission, the withdrawals, what was done since."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping, select

from oralhistory.domain.consent import (
    ConsentEvent,
    ConsentVersion,
    Decision,
    NarratorReview,
    Permission,
    Purpose,
    Risk,
    ThirdParty,
    Withdrawal,
)
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import (
    consent_events,
    consent_permissions,
    consent_versions,
    withdrawals,
)


class Consents(Repository):
    def add(self, interview_id: str, version: ConsentVersion) -> None:
        row = self._add(
            consent_versions,
            interview_id=interview_id,
            **{name: getattr(version, name) for name in _PLAIN},
            checklist=dict(version.checklist),
            review_wanted=version.narrator_review.wanted,
            review_status=version.narrator_review.status,
            third_parties=[[one.person, one.relation, one.risk, one.decision] for one in version.third_parties],
            risk_level=version.risk.level,
            relatives_at_risk=version.risk.relatives_at_risk,
            risk_next_review=version.risk.next_review,
        )
        self._add_all(
            consent_permissions,
            ({"version": row, **{name: getattr(one, name) for name in PERMISSION}} for one in version.permissions),
        )

    def versions(self, interview_id: str) -> list[ConsentVersion]:
        """Every version, oldest first."""
        of_interview = consent_versions.c.interview_id == interview_id
        given: dict[int, list[Permission]] = {}
        joined = select(consent_permissions).join(consent_versions).where(of_interview)
        for one in self._rows(joined.order_by(consent_permissions.c.row)):
            given.setdefault(one["version"], []).append(Permission(**{name: one[name] for name in PERMISSION}))
        statement = select(consent_versions).where(of_interview).order_by(consent_versions.c.number)
        return [_version(one, tuple(given.get(one["row"], ()))) for one in self._rows(statement)]

    def withdraw(self, interview_id: str, withdrawal: Withdrawal) -> None:
        self._add(
            withdrawals,
            interview_id=interview_id,
            requested_on=withdrawal.requested_on,
            purposes=sorted(withdrawal.purposes),
            due_on=withdrawal.due,
            recipient=withdrawal.recipient,
            lasting=withdrawal.lasting,
        )

    def withdrawals(self, interview_id: str) -> list[Withdrawal]:
        """Every withdrawal, oldest first."""
        of_interview = select(*_WITHDRAWN).where(withdrawals.c.interview_id == interview_id)
        return [withdrawal_of(one) for one in self._connection.execute(of_interview.order_by(withdrawals.c.row))]

    def recipients(self) -> list[str]:
        """From whom something was withdrawn in any interview, the latest first."""
        named = select(withdrawals.c.recipient).where(withdrawals.c.recipient != "").order_by(withdrawals.c.row.desc())
        return list(self._connection.execute(named).scalars())

    def who_withdrew(self, purpose: Purpose) -> set[str]:
        """The ids of the interviews whose narrator took `purpose` back for everybody, in any version or by a withdrawal."""
        named = select(consent_versions.c.interview_id).join(consent_permissions).where(
            consent_permissions.c.purpose == purpose,
            consent_permissions.c.decision == Decision.WITHDRAWN,
            consent_permissions.c.recipient == "",
        )  # fmt: skip
        every = self._connection.execute(select(withdrawals.c.interview_id, *_WITHDRAWN))
        taken_back = {interview for interview, *told in every if withdrawal_of(told).binds(purpose)}
        return taken_back | set(self._connection.execute(named).scalars())

    def note(self, interview_id: str, event: ConsentEvent) -> None:
        """Add a line to the log; none is ever changed."""
        self._add(consent_events, interview_id=interview_id, **{name: getattr(event, name) for name in EVENT})

    def events(self, interview_id: str) -> list[ConsentEvent]:
        """What was done since, oldest first."""
        of_interview = select(*(consent_events.c[name] for name in EVENT)).where(consent_events.c.interview_id == interview_id)
        return [event_of(one) for one in self._connection.execute(of_interview.order_by(consent_events.c.row))]


_PLAIN = (
    "number", "stage", "recorded_at", "session", "form_text", "language", "mode", "evidence", "witness", "obtained_by",
    "obtained_on", "interpreter", "capacity_concern", "sensitive_data", "embargo_until", "embargo_condition", "recontact",
    "narrator", "form_sha256", "recorded_by", "guardian", "assent", "interpreter_undertaking",
)  # fmt: skip
"""Fields of a version whose column has the same name and holds the value as it is."""

EVENT = ("act", "at", "by", "second", "version", "purpose", "recipient", "day", "note", "wish", "narrator", "settles")
PERMISSION = ("purpose", "decision", "identity", "form", "recipient", "valid_from", "valid_until")
"""All fields of a permission, in their order."""
WITHDRAWAL = ("requested_on", "purposes", "due_on", "recipient", "lasting")
_WITHDRAWN = tuple(withdrawals.c[name] for name in WITHDRAWAL)


def _version(row: RowMapping, permissions: tuple[Permission, ...]) -> ConsentVersion:
    return ConsentVersion(
        **{name: row[name] for name in _PLAIN},
        checklist=MappingProxyType(row["checklist"]),
        permissions=permissions,
        narrator_review=NarratorReview(row["review_wanted"], row["review_status"]),
        third_parties=tuple(ThirdParty(*one) for one in row["third_parties"]),
        risk=Risk(row["risk_level"], row["relatives_at_risk"], row["risk_next_review"]),
    )


def event_of(told: Iterable[Any]) -> ConsentEvent:
    """`told`: the values of `EVENT`."""
    return ConsentEvent(**dict(zip(EVENT, told, strict=True)))


def withdrawal_of(told: Iterable[Any]) -> Withdrawal:
    """`told`: the values of `WITHDRAWAL`."""
    requested_on, purposes, due_on, recipient, lasting = told
    return Withdrawal(requested_on, frozenset(Purpose(purpose) for purpose in purposes), due_on, recipient, lasting)
