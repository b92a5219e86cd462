"""Checks of the sealed sound: which recording was read when, and what was found."""

from sqlalchemy import RowMapping, func, select

from oralhistory.domain.fixity import FixityEvent
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import fixity_events

_FIELDS = ("recording_id", "interview_id", "at", "outcome", "sha256")


class Fixity(Repository):
    def add(self, event: FixityEvent) -> None:
        self._add(fixity_events, **{name: getattr(event, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[FixityEvent]:
        """The checks of the interview's recordings, oldest first."""
        table = fixity_events
        statement = select(table).where(table.c.interview_id == interview_id).order_by(table.c.row)
        return [_event(one) for one in self._rows(statement)]

    def latest(self) -> dict[str, FixityEvent]:
        """The last check of each recording of the archive, by the recording's id."""
        table = fixity_events
        newest = select(func.max(table.c.row)).group_by(table.c.recording_id)
        return {one["recording_id"]: _event(one) for one in self._rows(select(table).where(table.c.row.in_(newest)))}


def _event(row: RowMapping) -> FixityEvent:
    return FixityEvent(**{name: row[name] for name in _FIELDS})
