"""What is known of an interview and of who speaks in it: the fields of the design, and what may stand in each.

A fact is a statement: somebody stored it at some time, and a later one stands beside it and never over it. The latest counts.
Values are the JSON types: text, whole numbers, lists. Names of people are in none of these fields.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from oralhistory.domain import edtf
from oralhistory.domain.transcript import normalised

_LONGEST = 20_000
_MOST = 50


class About(StrEnum):
    """Whom or what a field describes."""

    INTERVIEW = "interview"
    PERSON = "person"


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Region(StrEnum):
    """The province of origin, and nothing finer."""

    PYONGYANG = "pyongyang"
    SOUTH_PYONGAN = "south_pyongan"
    NORTH_PYONGAN = "north_pyongan"
    CHAGANG = "chagang"
    RYANGGANG = "ryanggang"
    NORTH_HAMGYONG = "north_hamgyong"
    SOUTH_HAMGYONG = "south_hamgyong"
    KANGWON = "kangwon"
    NORTH_HWANGHAE = "north_hwanghae"
    SOUTH_HWANGHAE = "south_hwanghae"
    RASON = "rason"
    NAMPO = "nampo"
    KAESONG = "kaesong"
    OTHER = "other"


class Speaks(StrEnum):
    """Whether the narrator speaks in public."""

    YES = "yes"
    SOMETIMES = "sometimes"
    NO = "no"


class Motive(StrEnum):
    """Why somebody speaks, or does not."""

    TO_HEAL = "to_heal"
    TO_BE_HEARD = "to_be_heard"
    TO_WARN = "to_warn"
    ASKED = "asked_by_organisation"
    FEAR_FOR_RELATIVES = "fear_for_relatives"
    SEES_NO_USE = "sees_no_use"
    NOT_ASKED = "not_asked"


class LanguageRole(StrEnum):
    """What a language is to the interview."""

    SPOKEN = "spoken"
    INTERPRETED = "interpreted"
    QUOTED = "quoted"


class MalformedFact(Exception):
    """`expected` says what may stand in the field."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(field)
        self.field = field
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Field:
    """`read` makes the stored value of what was typed, or raises ValueError; `expected` names what it takes, for people.

    `choices` are the values it may have, empty where any will do; `many` means a list of them; `lines` that it is long.
    """

    name: str
    about: About
    expected: str
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()
    many: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. `subject` is a person's id, or nothing for the interview itself; `session` tells in which session it was
    said, 0 when that is not known. `value` may be empty: then it is no longer known."""

    interview_id: str
    subject: str
    field: str
    value: Any
    at: datetime
    by: str
    session: int = 0


def _words(text: str) -> str:
    lines = "\n".join(filter(None, map(normalised, text.splitlines())))
    if len(lines) > _LONGEST:
        raise ValueError("too long")
    return lines


def _date(text: str) -> str:
    edtf.parse(text)
    return text


def _year(text: str) -> str:
    edtf.parse(text)
    if not edtf.year_only(text):
        raise ValueError("finer than a year")
    return text


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 99 or not text.isascii():
        raise ValueError("no such number")
    return number


def _list(one: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    def read(text: str) -> list[Any]:
        parts = [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]
        if len(parts) > _MOST:
            raise ValueError("too many")
        return list(dict.fromkeys(one(part) for part in parts))

    return read


def _one_of(kind: type[StrEnum]) -> Callable[[str], str]:
    return lambda text: kind(text).value


def _stay(text: str) -> str:
    """``China 1998/2004``: a country, and from when to when."""
    country, _, when = text.rpartition(" ")
    if not normalised(country):
        country, when = text, ""
    else:
        edtf.parse(when)
    return f"{normalised(country)} {when}".strip()


def _language(text: str) -> str:
    """``ko:spoken``."""
    code, _, role = text.partition(":")
    if not (code.isascii() and code.replace("-", "").isalnum() and 2 <= len(code) <= 12):
        raise ValueError("no code of a language")
    return f"{code}:{LanguageRole(role or 'spoken').value}"


def _choice(name: str, about: About, kind: type[StrEnum], *, many: bool = False) -> Field:
    values = tuple(one.value for one in kind)
    read = _list(_one_of(kind)) if many else _one_of(kind)
    return Field(name, about, ", ".join(values), read, values, many)


_EDTF = "EDTF: 1998, 1998-03, 199X, 1998~, 1998/2004"
_YEAR = "EDTF, a year and no more: 1968, 196X, 1968~"

FIELDS: Mapping[str, Field] = MappingProxyType({
    one.name: one
    for one in (
        Field("abstract", About.INTERVIEW, "text without names", _words, lines=True),
        Field("summary", About.INTERVIEW, "text without names", _words, lines=True),
        Field("collection", About.INTERVIEW, "text", _words),
        Field("series", About.INTERVIEW, "text", _words),
        Field("date", About.INTERVIEW, _EDTF, _date),
        Field("language_roles", About.INTERVIEW, "ko:spoken, zh:quoted", _list(_language), many=True),
        Field("birth", About.PERSON, _YEAR, _year),
        _choice("gender", About.PERSON, Gender),
        _choice("region", About.PERSON, Region),
        Field("stays", About.PERSON, "China 1998/2004, Laos 2004", _list(_stay), many=True),
        Field("left", About.PERSON, "EDTF years: 1998, 2004", _list(_year), many=True),
        Field("times_sent_back", About.PERSON, "0 … 99", _count),
        Field("arrived", About.PERSON, _YEAR, _year),
        _choice("speaks_publicly", About.PERSON, Speaks),
        Field("speaks_why", About.PERSON, "text without names", _words, lines=True),
        _choice("reasons", About.PERSON, Motive, many=True),
    )
})  # fmt: skip
"""Every field by its name. `left`: the years in which somebody left their country; `arrived`: in which they came to the South."""


def stated_of(about: About) -> tuple[str, ...]:
    """The names of the fields that describe an interview, or a person."""
    return tuple(one.name for one in FIELDS.values() if one.about is about)


def read(name: str, about: About, text: str) -> Any:
    """The value of the field `name` as it is stored; nothing typed is nothing known. MalformedFact says what may stand there."""
    field = FIELDS.get(name)
    if field is None or field.about is not about:
        raise MalformedFact(name, ", ".join(stated_of(about)))
    if not text.strip():
        return [] if field.many else ""
    try:
        return field.read(text.strip())
    except ValueError:
        raise MalformedFact(name, field.expected) from None


def written(value: Any) -> str:
    """A value as it can be typed again."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def latest(facts: Iterable[Fact]) -> dict[str, Any]:
    """What counts of these statements about one subject, the oldest first: the last value of each field that is known."""
    values = {one.field: one.value for one in facts}
    return {name: value for name, value in values.items() if value not in ("", [])}
