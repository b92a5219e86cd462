"""How values of the domain stand in a column. Every table is STRICT, so only TEXT, INTEGER, REAL and BLOB reach the file."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

_Choice = TypeVar("_Choice", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """A timezone-aware datetime as ISO 8601 text in UTC, always as long, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO 8601 text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class YesNo(TypeDecorator[bool]):
    """A truth value as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Choice(TypeDecorator[_Choice], Generic[_Choice]):
    """A member of a `StrEnum` as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[_Choice]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: _Choice | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: Any, dialect: Dialect) -> _Choice | None:
        return None if value is None else self.kind(value)


class Json(TypeDecorator[Any]):
    """Lists, objects, texts and numbers as compact JSON; letters of every script stand as themselves."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return _to_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _from_json(value)[0]


_to_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_from_json: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode
