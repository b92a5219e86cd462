"""Taking an interview out of the database: every row that leads to it by its foreign keys, and what the search learned.

A new table is covered by having a foreign key; one that has none must be named here, or the test of this module fails.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, Text, delete, func, or_, select

from oralhistory.domain.backup import concerns
from oralhistory.storage import search
from oralhistory.storage.description_tables import glossary, topics
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import (
    backups,
    custody,
    destructions,
    form_texts,
    interviews,
    metadata,
    notes,
    recordings,
    sealed_files,
    staff,
    tombstones,
)

OUTLIVE = {custody, backups, destructions, staff, tombstones, form_texts}
"""What was done and by whom stays on record; there are codes and ids in them, and no words of an interview."""
BY_ID = {notes, sealed_files}
"""Rows that name what they belong to in their key."""


SHARED: set[Table] = {topics, glossary}
"""Lists of words that belong to many interviews: they stay, and the report of a destruction names them."""


class Erasure(Repository):
    def erase(self, interview_id: str) -> dict[str, int]:
        """Delete everything of the interview and of its takes; how many rows went from which table."""
        ids = {interview_id, *self._ids(interview_id)}
        erased: dict[str, int] = {}
        for table in reversed(metadata.sorted_tables):
            belongs = belonging(table, interview_id)
            if belongs is None:
                continue
            if table.name in search.INDEXES:
                learned = self._rows(select(table.c.row, table.c.text).where(belongs))
                search.forget(self._connection, table, ((one["row"], one["text"]) for one in learned))
            erased[table.name] = self._run(delete(table).where(belongs))
        erased[notes.name] = self._erase_named(notes, "key", ids)
        erased[notes.name] += self._run(delete(notes).where(notes.c.value == interview_id))
        erased[sealed_files.name] = self._erase_named(sealed_files, "path", ids)
        return {name: count for name, count in erased.items() if count}

    def shared(self) -> dict[str, int]:
        """The lists of words that stay, with the number of their rows; empty ones are left out."""
        counted = {table.name: int(self._value(select(func.count()).select_from(table))) for table in SHARED}
        return {name: count for name, count in sorted(counted.items()) if count}

    def _ids(self, interview_id: str) -> set[str]:
        """The ids of everything that belongs to the interview, its takes among them."""
        found: set[str] = set()
        for table in metadata.sorted_tables:
            belongs = belonging(table, interview_id)
            if belongs is not None and "id" in table.c and isinstance(table.c.id.type, Text):
                found.update(one["id"] for one in self._rows(select(table.c.id).where(belongs)))
        takes = select(recordings.c.take_id).where(recordings.c.interview_id == interview_id)
        return found | {one["take_id"] for one in self._rows(takes)}

    def _erase_named(self, table: Table, column: str, ids: set[str]) -> int:
        names = [str(one[column]) for one in self._rows(select(table.c[column]))]
        gone = [name for name in names if concerns(name.replace(":", "/"), ids)]
        for name in gone:
            self._run(delete(table).where(table.c[column] == name))
        return len(gone)


def belonging(table: Table, interview_id: str) -> ColumnElement[bool] | None:
    """What tells the rows of `table` that belong to the interview; None when none can."""
    if table is interviews:
        return table.c.id == interview_id
    led = []
    for key in table.foreign_keys:
        parent = key.column.table
        belongs = belonging(parent, interview_id) if parent is not table else None
        if belongs is not None:
            led.append(key.parent.in_(select(key.column).where(belongs)))
    return or_(*led) if led else None


def overlooked(tables: Mapping[str, Table]) -> set[str]:
    """The tables of which nobody said what becomes of them when an interview is destroyed."""
    named = OUTLIVE | BY_ID | SHARED
    return {name for name, table in tables.items() if table not in named and belonging(table, "") is None}
