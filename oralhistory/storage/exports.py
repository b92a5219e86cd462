"""What was given to whom."""

from types import MappingProxyType

from sqlalchemy import select

from oralhistory.domain.ports import ExportRecord
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import exports

_FIELDS = ("id", "interview_id", "code", "format", "profile", "purpose", "recipient", "sha256", "made_at",
           "size", "text_digest", "rules", "abroad", "summary")  # fmt: skip


class Exports(Repository):
    def add(self, record: ExportRecord) -> None:
        self._add(exports, **{name: getattr(record, name) for name in _FIELDS}, counts=dict(record.counts))

    def recipients(self) -> list[tuple[str, bool]]:
        """To whom something of any interview went, and whether abroad; the latest first."""
        statement = select(exports.c.recipient, exports.c.abroad).order_by(exports.c.row.desc())
        return [(one["recipient"], one["abroad"]) for one in self._rows(statement)]

    def of(self, interview_id: str) -> list[ExportRecord]:
        """The interview's exports, oldest first."""
        statement = select(exports).where(exports.c.interview_id == interview_id).order_by(exports.c.row)
        return [
            ExportRecord(**{name: one[name] for name in _FIELDS}, counts=MappingProxyType(one["counts"]))
            for one in self._rows(statement)
        ]
