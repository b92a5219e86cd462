"""Small values of the archive itself, by key."""

from sqlalchemy import delete, select

from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import notes


class Notes(Repository):
    def get(self, key: str) -> str | None:
        found = self._value(select(notes.c.value).where(notes.c.key == key))
        return None if found is None else str(found)

    def keys(self, beginning: str) -> list[str]:
        """Every key that begins so."""
        found = self._rows(select(notes.c.key).where(notes.c.key.startswith(beginning, autoescape=True)))
        return [str(one["key"]) for one in found]

    def set(self, key: str, value: str) -> None:
        self._put(notes, "key", key=key, value=value)

    def delete(self, key: str) -> None:
        """Forget the value, if there is one."""
        self._run(delete(notes).where(notes.c.key == key))
