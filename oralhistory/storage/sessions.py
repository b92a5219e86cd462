"""When and where the sessions of an interview were held, and who was there."""

from sqlalchemy import select

from oralhistory.domain.meeting import Meeting
from oralhistory.storage.description_tables import sessions
from oralhistory.storage.repository import Repository


class Sessions(Repository):
    def put(self, meeting: Meeting) -> None:
        """Keep it in the place of what was known of this session."""
        self._put(sessions, _KEY, **{name: getattr(meeting, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[Meeting]:
        statement = select(sessions).where(sessions.c.interview_id == interview_id).order_by(sessions.c.number)
        return [Meeting(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]


_KEY = ("interview_id", "number")
_FIELDS = (*_KEY, "started_at", "ended_at", "place", "level", "present", "safety_note")
