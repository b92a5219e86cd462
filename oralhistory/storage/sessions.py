"""When and where the sessions of an interview were held, and who was there."""

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from oralhistory.domain.meeting import Meeting
from oralhistory.storage.description_tables import sessions
from oralhistory.storage.repository import Repository


class Sessions(Repository):
    def put(self, meeting: Meeting) -> None:
        """Keep it in the place of what was known of this session."""
        values = {name: getattr(meeting, name) for name in _FIELDS}
        changed = {name: value for name, value in values.items() if name not in _KEY}
        self._run(sqlite.insert(sessions).values(values).on_conflict_do_update(_KEY, set_=changed))

    def of(self, interview_id: str) -> list[Meeting]:
        statement = select(sessions).where(sessions.c.interview_id == interview_id).order_by(sessions.c.number)
        return [Meeting(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]


_KEY = ("interview_id", "number")
_FIELDS = (*_KEY, "started_at", "ended_at", "place", "level", "present", "safety_note")
