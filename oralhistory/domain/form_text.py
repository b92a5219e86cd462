"""The texts that are read aloud when consent is taken: for each moment and language, in versions that never change.

A sample is shipped and marked as one; an organisation's own text begins as a copy of another and gets a number of its own.
What stands in brackets is to be filled in by the organisation before the text is read to anybody. Some paragraphs may have other
words for a narrator who is not recorded.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from oralhistory.domain.consent import CHECKLIST, Purpose, Stage

OWN = "own"
_LONGEST = 4_000
_IN_PARENTHESES = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_PLACE = re.compile(r"\[[^\[\]]+\]")
_OF_SOUND = frozenset({Purpose.MACHINE_TRANSCRIBE, Purpose.PUBLISH_AUDIO})
"""What nobody is asked about who is not recorded."""


class MalformedFormText(ValueError):
    """`field` is the place in the document that is not right."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class FormText:
    """`checklist` has a paragraph for every item, `questions` a question for every purpose. `sha256` is that of `document`.

    `without_sound` has, for some of the items, what is read in its place where nothing is recorded.
    """

    id: str
    language: str
    stage: str
    version: int
    sample: bool
    title: str
    notice: str
    opening: str
    checklist: Mapping[str, str]
    questions: Mapping[str, str]
    without_sound: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def document(self) -> dict[str, Any]:
        return {
            "id": self.id, "language": self.language, "stage": self.stage, "version": self.version, "sample": self.sample,
            "title": self.title, "notice": self.notice, "opening": self.opening,
            "checklist": dict(self.checklist), "questions": dict(self.questions),
            **({"without_sound": dict(self.without_sound)} if self.without_sound else {}),
        }  # fmt: skip

    def told(self, *, sound: bool) -> Mapping[str, str]:
        """What the narrator is told, point by point."""
        return self.checklist if sound else {**self.checklist, **self.without_sound}

    def asks(self, purpose: Purpose, *, sound: bool) -> bool:
        """Whether this is asked at all; a text without words for it knows of no narrator who is not recorded."""
        return sound or not self.without_sound or purpose not in _OF_SOUND

    @property
    def places(self) -> tuple[str, ...]:
        """What is still to be filled in, with its brackets, in the order in which it is read."""
        return places_in("\n".join(self._read()))

    def filled(self, values: Mapping[str, str]) -> "FormText":
        """With these values in the places; one without a value stays as it is."""

        def put(words: str) -> str:
            return _PLACE.sub(lambda found: values.get(found[0], "").strip() or found[0], words)

        def put_all(paragraphs: Mapping[str, str]) -> Mapping[str, str]:
            return MappingProxyType({name: put(words) for name, words in paragraphs.items()})

        return replace(
            self, title=put(self.title), opening=put(self.opening), checklist=put_all(self.checklist),
            questions=put_all(self.questions), without_sound=put_all(self.without_sound),
        )  # fmt: skip

    def values_from(self, filled: "FormText") -> dict[str, str]:
        """What stands in `filled` in this text's places, as far as a paragraph with places was not changed otherwise."""
        found: dict[str, str] = {}
        for mine, theirs in zip(self._read(), filled._read(), strict=True):
            named = places_in(mine)
            taken = re.fullmatch(_with_places_open(mine, named), theirs) if named else None
            values = taken.groups() if taken else ()
            found |= {place: value for place, value in zip(named, values, strict=False) if not places_in(value)}
        return found

    def _read(self) -> tuple[str, ...]:
        """What is read aloud, in the order in which it is read; of every text as many pieces."""
        told = (words for one in CHECKLIST for words in (self.checklist[one], self.without_sound.get(one, "")))
        return (self.title, self.opening, *told, *(self.questions[one] for one in Purpose))

    def as_own(self, notice: str) -> "FormText":
        """As an organisation's own begins: with its `notice`, and no word behind the title in parentheses that it is a sample."""
        return replace(self, title=_IN_PARENTHESES.sub("", self.title), notice=notice)

    @property
    def sha256(self) -> str:
        """Of the document as JSON with sorted keys, in UTF-8: the same words, the same hash."""
        written = json.dumps(self.document(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def places_in(words: str) -> tuple[str, ...]:
    """What stands in brackets, each once, in its order."""
    return tuple(dict.fromkeys(_PLACE.findall(words)))


def _with_places_open(words: str, places: tuple[str, ...]) -> str:
    """An expression that takes anything in the places of `words`: the same in a place that comes again."""
    seen: list[str] = []
    made = ""
    for piece in re.split(f"({_PLACE.pattern})", words):
        if piece not in places:
            made += re.escape(piece)
        elif piece in seen:
            made += f"\\{seen.index(piece) + 1}"
        else:
            seen.append(piece)
            made += "(.+?)"
    return made


def parse(raw: object) -> FormText:
    """The text that a document means; every paragraph and every question must be there. MalformedFormText names what is not."""
    if not isinstance(raw, Mapping):
        raise MalformedFormText("document")
    if unknown := sorted(set(raw) - set(FormText.__dataclass_fields__)):
        raise MalformedFormText(str(unknown[0]))
    stage = raw.get("stage")
    if stage not in (Stage.BEFORE.value, Stage.AFTER.value):
        raise MalformedFormText("stage")
    version = raw.get("version", 1)
    if not isinstance(version, int) or version < 1:
        raise MalformedFormText("version")
    return FormText(
        _words(raw, "id", "id"), _words(raw, "language", "language"), str(stage), version, raw.get("sample") is True,
        _words(raw, "title", "title"), _words(raw, "notice", "notice"), _words(raw, "opening", "opening"),
        MappingProxyType(_paragraphs(raw, "checklist", CHECKLIST)),
        MappingProxyType(_paragraphs(raw, "questions", tuple(Purpose))),
        MappingProxyType(_paragraphs(raw, "without_sound", CHECKLIST, all_of_them=False)),
    )  # fmt: skip


def moment_read(stage: Stage) -> Stage:
    """The moment whose text is read: a renewal reads what is read after an interview."""
    return Stage.AFTER if stage is Stage.RENEWAL else stage


def newest(texts: list[FormText], stage: str, language: str) -> FormText:
    """The text to be read at this moment, in `language` if there is one, else in English; an own one before any sample."""
    fitting = [one for one in texts if one.stage == moment_read(Stage(stage))]
    spoken = [one for one in fitting if one.language == language] or [one for one in fitting if one.language == "en"]
    return max(spoken, key=lambda one: (not one.sample, one.version))


def _paragraphs(raw: Mapping[str, Any], name: str, wanted: tuple[str, ...], *, all_of_them: bool = True) -> dict[str, str]:
    given = raw.get(name) if all_of_them else raw.get(name, {})
    if not isinstance(given, Mapping):
        raise MalformedFormText(name)
    if unknown := sorted(set(given) - set(wanted)):
        raise MalformedFormText(f"{name}.{unknown[0]}")
    return {str(one): _words(given, one, f"{name}.{one}") for one in wanted if all_of_them or one in given}


def _words(raw: Mapping[str, Any], name: str, where: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise MalformedFormText(where)
    return value.strip()
