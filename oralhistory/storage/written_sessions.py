"""Sessions without sound, with what was written down in them."""

from sqlalchemy import RowMapping, select

from oralhistory.domain.interview import WrittenSession
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import written_sessions

_FIELDS = ("id", "interview_id", "number", "session", "started_at", "ended_at", "text")


class WrittenSessions(Repository):
    def put(self, session: WrittenSession) -> None:
        """Keep a session as it stands now."""
        self._put(written_sessions, "id", **{name: getattr(session, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[WrittenSession]:
        """The interview's written sessions, oldest first."""
        table = written_sessions
        statement = select(table).where(table.c.interview_id == interview_id).order_by(table.c.number)
        return [_session(one) for one in self._rows(statement)]


def _session(row: RowMapping) -> WrittenSession:
    return WrittenSession(**{name: row[name] for name in _FIELDS})
