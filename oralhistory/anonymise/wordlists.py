"""The shipped word lists: places, given names, and plain words that a name must not be taken for. Read once, never changed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oralhistory.anonymise.chinese_words import ChineseList
from oralhistory.anonymise.hangul import is_han
from oralhistory.domain.redaction import EntityType, IdentifierClass


def listed(words: str) -> tuple[str, ...]:
    """The words of a list that is written as running text."""
    return tuple(words.split())


def any_of(words: Iterable[str]) -> str:
    """The alternatives of a pattern, without brackets: the longest first, so that none is cut short by its own beginning."""
    return "|".join(sorted(set(words), key=lambda one: (-len(one), one)))


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words in small letters: what a form may be besides a name."""

    korean: frozenset[str] = frozenset()
    english: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Surnames, syllables and whole given names that Korean parents choose; surnames as Chinese characters.

    `also_words` are plain words that are given names as well, `baptismal` names those that missions give.
    """

    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    syllables: frozenset[str]
    given: frozenset[str]
    also_words: frozenset[str]
    baptismal: frozenset[str]
    chinese_surnames: frozenset[str]
    chinese_given: frozenset[str]


class GivenShape:
    """How Korean given names of two syllables look: the syllables that the known ones begin and end with, each for itself.

    이 at the end is left out: it is nearly always the familiar 이, or a particle.
    """

    def __init__(self, names: GivenNames) -> None:
        self._firsts = frozenset(one[0] for one in names.given)
        self._lasts = frozenset(one[-1] for one in names.given) - {"이"}

    def fits(self, said: str) -> bool:
        return len(said) == 2 and said[0] in self._firsts and said[1] in self._lasts


@dataclass(frozen=True, slots=True)
class Place:
    """What a form in the gazetteer names. `also_word`: the Hangul form is a plain word too; `on_the_way`: a country that those
    who fled came through.
    """

    type: EntityType
    identifier: IdentifierClass
    also_word: bool
    on_the_way: bool = False


_KINDS = "镇乡村县市区屯"
_SHORTEST = 2
"""Characters that a Chinese place has at least, so that its kind may be left out: 月晴镇, 月晴."""
_MANY = 4
"""Characters with that many readings are read inside a word as they mostly are."""


class Readings:
    """How Koreans read Chinese characters aloud."""

    def __init__(self, of_character: Mapping[str, str]) -> None:
        self._of_character = of_character

    def of(self, characters: str) -> list[str]:
        """Every reading of the run, in North and South spelling; none if a character is not known."""
        readings = [""]
        for at, one in enumerate(characters):
            sounds = self._of_character.get(one, "")
            usual = sounds if at == 0 or len(sounds) < _MANY else sounds[:1]
            readings = [before + after for before in readings for after in usual]
        return readings


@dataclass(frozen=True, slots=True)
class Province:
    """`names` in Korean, English and Chinese; `rare`: so few came from it that its name may tell who."""

    country: str
    names: tuple[str, str, str]
    rare: bool


def read_provinces(folder: Path) -> dict[str, tuple[Province, str]]:
    """For every name of a city or town, its province and which of the two it is ("city", "town")."""
    places: dict[str, tuple[Province, str]] = {}
    for name, raw in _json(folder / "provinces.json")["provinces"].items():
        province = Province(raw["country"], (name, raw["en"], raw["zh"]), raw["rare"])
        places.setdefault(name, (province, "place"))
        for size, field in (("city", "cities"), ("town", "towns")):
            for form in _split(raw[field]):
                places.setdefault(form, (province, size))
    for forms in _entries(folder):
        known = next((places[form] for form in forms if form in places), None)
        if known is not None:
            for form in forms:
                places.setdefault(form, known)
    return places


def read_readings(folder: Path) -> Readings:
    of_character: dict[str, str] = {}
    for sounds, characters in _json(folder / "readings.json")["readings"].items():
        for one in characters:
            of_character[one] = of_character.get(one, "") + sounds
    return Readings(of_character)


def read_words(folder: Path) -> Words:
    raw = _json(folder / "words.json")
    return Words(frozenset(_split(raw["korean"])), frozenset(_split(raw["english"])))


def read_chinese(folder: Path) -> ChineseList:
    raw = _json(folder / "words_chinese.json")
    words: dict[str, tuple[str, int]] = {}
    for key, lines in raw["words"].items():  # fifty thousand words of a few dozen kinds
        words.update(dict.fromkeys(_split(lines), (key[0], int(key[1:]))))
    gazetteer = {form for forms in _entries(folder) for form in forms if is_han(form[0])}
    short = {form[:-1] for form in gazetteer if len(form) > _SHORTEST and form[-1] in _KINDS}
    letters = _json(folder / "letters_chinese.json")
    simplified = str.maketrans(letters["traditional"], letters["simplified"])
    return ChineseList(words, frozenset((*_split(raw["places"]), *gazetteer, *(short - words.keys()))), simplified)


def read_names(folder: Path) -> GivenNames:
    raw = _json(folder / "names.json")
    fields = (
        "surnames", "rare_surnames", "syllables", "given", "also_words", "baptismal", "chinese_surnames", "chinese_given",
    )  # fmt: skip
    return GivenNames(*(frozenset(_split(raw[field])) for field in fields))


def read_places(folder: Path) -> dict[str, Place]:
    """Every form of every place, as written in the files `places_*.json`."""
    places: dict[str, Place] = {}
    for file in sorted(folder.glob("places_*.json")):
        for group in _json(file)["groups"]:
            place = Place(
                EntityType(group["type"]),
                IdentifierClass(group["class"]),
                bool(group.get("also_word", False)),
                bool(group.get("on_the_way", False)),
            )
            for entry in group["places"]:
                for form in entry.split("|"):
                    places.setdefault(form.strip(), place)
    return places


def _entries(folder: Path) -> Iterator[list[str]]:
    """The forms of each place in the gazetteer."""
    for file in sorted(folder.glob("places_*.json")):
        for group in _json(file)["groups"]:
            yield from ([form.strip() for form in entry.split("|")] for entry in group["places"])


def _split(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield from line.split()


def _json(file: Path) -> Mapping[str, Any]:
    raw = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise TypeError(file.name)
    return raw
