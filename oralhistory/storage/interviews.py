"""The interviews: code, languages, status, and the database's copy of each one's wrapped key."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from oralhistory.domain.interview import Interview, Status, Verbatim
from oralhistory.errors import ProgramFault
from oralhistory.storage.at_once import Unread
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import interviews as table


class Interviews(Repository):
    def add(self, interview: Interview, wrapped_key: bytes) -> None:
        self._add(
            table,
            id=interview.id,
            code=interview.code,
            languages=list(interview.languages),
            status=interview.status,
            created_at=interview.created_at,
            wrapped_key=wrapped_key,
            verbatim=interview.verbatim.value,
        )

    def all(self) -> list[Interview]:
        """Every interview, in the order they were made."""
        found = self._sorted(select(table.c.row, *_INTERVIEW.columns))
        return [_interview(*_INTERVIEW.values(one)) for _, *one in found]

    def codes(self) -> dict[str, str]:
        """The code of every interview by its id, in the order they were made."""
        return {one: code for _, one, code in self._sorted(select(table.c.row, table.c.id, table.c.code))}

    def by_code(self, code: str) -> Interview | None:
        found = self._connection.execute(select(*_INTERVIEW.columns).where(table.c.code == code)).first()
        return _interview(*found) if found else None

    def set_status(self, interview_id: str, status: Status) -> None:
        self._run_on_one(update(table).where(table.c.id == interview_id).values(status=status))

    def set_languages(self, interview_id: str, languages: Sequence[str]) -> None:
        self._run_on_one(update(table).where(table.c.id == interview_id).values(languages=list(languages)))

    def set_verbatim(self, interview_id: str, level: Verbatim) -> None:
        self._run_on_one(update(table).where(table.c.id == interview_id).values(verbatim=level.value))

    def wrapped_key(self, interview_id: str) -> bytes:
        found = self._value(select(table.c.wrapped_key).where(table.c.id == interview_id))
        if found is None:
            raise ProgramFault("there is no such interview")
        return bytes(found)

    def set_wrapped_key(self, interview_id: str, wrapped: bytes) -> None:
        """The same key under another archive key."""
        self._run_on_one(update(table).where(table.c.id == interview_id).values(wrapped_key=wrapped))

    def wrapped_keys(self) -> dict[str, bytes]:
        """The copy of every interview's key, by the interview's id."""
        return {one["id"]: bytes(one["wrapped_key"]) for one in self._rows(select(table.c.id, table.c.wrapped_key))}

    def set_wrapped_keys(self, wrapped: Mapping[str, bytes]) -> None:
        """The same keys under another archive key."""
        changed = update(table).where(table.c.id == bindparam("interview")).values(wrapped_key=bindparam("wrapped"))
        if wrapped:
            values = [{"interview": interview, "wrapped": key} for interview, key in wrapped.items()]
            self._connection.execute(changed, values)


_INTERVIEW = Unread(table.c[name] for name in ("id", "code", "languages", "status", "created_at", "verbatim"))


def _interview(
    name: str, code: str, languages: Sequence[str], status: Status, created_at: datetime, verbatim: str
) -> Interview:
    return Interview(name, code, tuple(languages), status, created_at, Verbatim(verbatim))
