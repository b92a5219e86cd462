"""What the repositories share: the open transaction they work in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, RowMapping, Select, Table, Update, insert
from sqlalchemy.dialects import sqlite

from oralhistory.errors import ProgramFault
from oralhistory.storage.at_once import at_once


class Repository:
    """Reads and writes one noun's tables through `connection`, which somebody else commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _rows(self, statement: Select[Any]) -> Sequence[RowMapping]:
        return self._connection.execute(statement).mappings().all()

    def _sorted(self, statement: Select[Any]) -> list[list[Any]]:
        """Thousands of rows `at_once`, by their first values, which tell them apart."""
        return sorted(at_once(self._connection, statement))

    def _value(self, statement: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        return self._connection.execute(statement).scalar()

    def _add(self, table: Table, /, **values: Any) -> int:
        """Insert one row and give its `row` number."""
        key = self._connection.execute(insert(table).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _add_all(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        values = list(rows)
        if values:
            self._connection.execute(insert(table), values)

    def _put(self, table: Table, unique: str | tuple[str, ...], /, **values: Any) -> None:
        """Insert one row, or change the one that has the same values in the columns `unique`."""
        key = (unique,) if isinstance(unique, str) else unique
        changed = {name: value for name, value in values.items() if name not in key}
        self._run(sqlite.insert(table).values(values).on_conflict_do_update(key, set_=changed))

    def _run(self, statement: Insert | Update | Delete) -> int:
        """Carry out `statement` and give the number of rows it touched."""
        return self._connection.execute(statement).rowcount

    def _run_on_one(self, statement: Update) -> None:
        if self._run(statement) != 1:
            raise ProgramFault("there is no such row to change")
