"""Thousands of rows read in one step, their values left as they stand in the file until somebody asks.

The driver lets go of Python's lock for every row it fetches, and waits until it gets it back. Beside a thread that is busy, as
the window's is while it is being built, ten thousand rows then take seconds instead of a tenth of one. So the database writes
all of them into one document, in one step that needs no lock.
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Select, func
from sqlalchemy.types import TypeDecorator

_DIALECT = Dialect()  # every value here is read alike on each
_BETWEEN = "\n"
"""Stands in no line of JSON: inside its texts it is written as an escape."""


def at_once(connection: Connection, statement: Select[Any], **values: Any) -> list[list[Any]]:
    """The rows of `statement` as stored: texts, whole numbers and what is missing, no bytes. `values` are its parameters.

    In no order that could be relied on: they are sorted by whoever needs them sorted.
    """
    row = func.json_array(*statement.selected_columns)
    document = statement.with_only_columns(func.json_group_array(row), maintain_column_froms=True)
    found: list[list[Any]] = json.loads(connection.execute(document, values).scalar_one())
    return found


class Unread:
    """Columns whose values cost next to nothing until they are read: of lists of thousands few lines are ever looked at."""

    def __init__(self, columns: Iterable[ColumnElement[Any]]) -> None:
        self.columns = tuple(columns)
        self._readers = [_reader(one) for one in self.columns]

    def at_once(self, connection: Connection, keys: Select[Any]) -> Iterator[tuple[list[Any], str]]:
        """The rows of `keys`, each with what these columns say there, unread; in no order that could be relied on."""
        known = func.json_group_array(func.json_array(*keys.selected_columns))
        lines = func.group_concat(func.json_array(*self.columns), _BETWEEN)
        found, told = connection.execute(keys.with_only_columns(known, lines, maintain_column_froms=True)).one()
        return zip(json.loads(found), told.split(_BETWEEN) if told else (), strict=True)

    def read(self, line: str) -> list[Any]:
        """The values of one row."""
        return self.values(json.loads(line))

    def values(self, stored: Iterable[Any]) -> list[Any]:
        """The same of a row that was fetched as it is stored."""
        return [one if read is None else read(one) for read, one in zip(self._readers, stored, strict=True)]


def _reader(column: ColumnElement[Any]) -> "partial[Any] | None":
    kind = column.type
    return partial(kind.process_result_value, dialect=_DIALECT) if isinstance(kind, TypeDecorator) else None
