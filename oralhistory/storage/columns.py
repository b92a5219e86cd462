"""How values of the domain stand in a column. Every table is STRICT, so only TEXT, INTEGER, REAL and BLOB reach the file."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from oralhistory.domain.transcript import Comment, Translation, Word

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
        self._members: dict[str, _Choice] = {member.value: member for member in kind}

    def process_bind_param(self, value: _Choice | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: Any, dialect: Dialect) -> _Choice | None:
        return None if value is None else self._members.get(value) or self.kind(value)


class Json(TypeDecorator[Any]):
    """Lists, objects, texts and numbers as compact JSON; letters of every script stand as themselves."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return _to_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _from_json(value)[0]


class Words(TypeDecorator[tuple[Word, ...]]):
    """Words with their times as [[text, start, end, probability], ...].

    Each row's lists are gone before the next row is read: kept, they cost more time than the words themselves.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Word, ...] | None, dialect: Dialect) -> str:
        return _to_json(words_document(value or ()))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Word, ...]:
        return words_from(_from_json(value)[0])


class Comments(TypeDecorator[tuple[Comment, ...]]):
    """Comments as [[id, by, at, text, resolved by, resolved at], ...]."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Comment, ...] | None, dialect: Dialect) -> str:
        return _to_json(comments_document(value or ()))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Comment, ...]:
        return () if value in (None, "[]") else comments_from(_from_json(value)[0])


def comments_document(comments: Iterable[Comment]) -> list[list[Any]]:
    return [
        [one.id, one.by, one.at.isoformat(), one.text, one.resolved_by, one.resolved_at and one.resolved_at.isoformat()]
        for one in comments
    ]


def comments_from(document: Iterable[Sequence[Any]]) -> tuple[Comment, ...]:
    return tuple(
        Comment(name, by, datetime.fromisoformat(at), text, resolver, resolved and datetime.fromisoformat(resolved))
        for name, by, at, text, resolver, resolved in document
    )


class Translations(TypeDecorator[tuple[Translation, ...]]):
    """Translations as [[language, text, by, of], ...]."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Translation, ...] | None, dialect: Dialect) -> str:
        return _to_json(translations_document(value or ()))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Translation, ...]:
        return () if value in (None, "[]") else translations_from(_from_json(value)[0])


def translations_document(translations: Iterable[Translation]) -> list[list[str]]:
    return [[one.language, one.text, one.by, one.of] for one in translations]


def translations_from(document: Iterable[Sequence[str]]) -> tuple[Translation, ...]:
    return tuple(Translation(*one) for one in document)


def words_document(words: Iterable[Word]) -> list[list[Any]]:
    return [[word.text, word.start_ms, word.end_ms, word.probability] for word in words]


def words_from(document: Sequence[Sequence[Any]]) -> tuple[Word, ...]:
    return tuple(map(Word, *zip(*document, strict=True))) if document else ()


_to_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_from_json: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode
