"""What people attested about a transcript, and the stretches they really listened to."""

from sqlalchemy import select

from oralhistory.domain.review import Attested, Heard
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import attestations, heard


class Attestations(Repository):
    def add(self, interview_id: str, attested: Attested) -> None:
        self._add(
            attestations,
            interview_id=interview_id,
            kind=attested.kind,
            by=attested.by,
            text_digest=attested.text_digest,
            outcome=attested.outcome,
        )

    def of(self, interview_id: str) -> list[Attested]:
        """Every attestation, oldest first."""
        statement = select(attestations).where(attestations.c.interview_id == interview_id).order_by(attestations.c.row)
        return [Attested(one["kind"], one["by"], one["text_digest"], one["outcome"]) for one in self._rows(statement)]

    def add_heard(self, interview_id: str, heard_range: Heard) -> None:
        self._add(heard, interview_id=interview_id, start_ms=heard_range.start_ms, end_ms=heard_range.end_ms)

    def heard(self, interview_id: str) -> list[Heard]:
        """The stretches as they were listened to, oldest first; they may overlap."""
        statement = select(heard).where(heard.c.interview_id == interview_id).order_by(heard.c.row)
        return [Heard(one["start_ms"], one["end_ms"]) for one in self._rows(statement)]
