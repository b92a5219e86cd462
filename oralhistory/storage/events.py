"""Events that are told of; a later statement is a row of its own that follows the earlier one."""

from sqlalchemy import select

from oralhistory.domain.events import Event
from oralhistory.storage.description_tables import events
from oralhistory.storage.repository import Repository


class Events(Repository):
    def add(self, event: Event) -> None:
        self._add(events, **{name: getattr(event, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[Event]:
        """In the order in which they were noted."""
        statement = select(events).where(events.c.interview_id == interview_id).order_by(events.c.row)
        return [Event(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]

    def all(self) -> list[Event]:
        """Those of every interview."""
        return [Event(**{name: one[name] for name in _FIELDS}) for one in self._rows(select(events).order_by(events.c.row))]


_FIELDS = (
    "id", "interview_id", "type", "date", "expression", "calendar", "place", "level", "perspective", "confidence", "told_ms",
    "follows",
)  # fmt: skip
