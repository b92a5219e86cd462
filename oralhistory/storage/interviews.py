"""The interviews: code, languages, status, and the database's copy of each one's wrapped key."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, bindparam, select, update

from oralhistory.domain.interview import Interview, Status
from oralhistory.errors import ProgramFault
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
        )

    def all(self) -> list[Interview]:
        """Every interview, in the order they were made."""
        return self._interviews(select(table).order_by(table.c.row))

    def codes(self) -> dict[str, str]:
        """The code of every interview by its id, in the order they were made."""
        found = self._connection.execute(select(table.c.id, table.c.code).order_by(table.c.row))
        return dict(found.all())

    def by_code(self, code: str) -> Interview | None:
        return next(iter(self._interviews(select(table).where(table.c.code == code))), None)

    def set_status(self, interview_id: str, status: Status) -> None:
        self._run_on_one(update(table).where(table.c.id == interview_id).values(status=status))

    def set_languages(self, interview_id: str, languages: Sequence[str]) -> None:
        self._run_on_one(update(table).where(table.c.id == interview_id).values(languages=list(languages)))

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

    def _interviews(self, statement: Select[tuple[object, ...]]) -> list[Interview]:
        return [
            Interview(one["id"], one["code"], tuple(one["languages"]), one["status"], one["created_at"])
            for one in self._rows(statement)
        ]
