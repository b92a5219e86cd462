"""Scans, photos and sound files that belong to an interview; each sealed under the interview's own key, so they go with it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from oralhistory.domain.evidence import Attachment
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import attachments

_FIELDS = ("id", "interview_id", "kind", "sha256", "size", "added_at")


class Attachments(Repository):
    def add(self, attachment: Attachment, sealed: bytes) -> None:
        self._add(attachments, sealed=sealed, **{name: getattr(attachment, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[Attachment]:
        """Every one of the interview, oldest first."""
        columns = [attachments.c[name] for name in _FIELDS]
        statement = select(*columns).where(attachments.c.interview_id == interview_id).order_by(attachments.c.row)
        return [_attachment(one) for one in self._rows(statement)]

    def sealed(self, attachment_id: str) -> bytes | None:
        found = self._value(select(attachments.c.sealed).where(attachments.c.id == attachment_id))
        return None if found is None else bytes(found)

    def seal_anew(self, attachment_id: str, sealed: bytes) -> None:
        """Keep the same content sealed under another key."""
        self._run_on_one(update(attachments).where(attachments.c.id == attachment_id).values(sealed=sealed))


def _attachment(row: Mapping[Any, Any]) -> Attachment:
    return Attachment(**{name: row[name] for name in _FIELDS})
