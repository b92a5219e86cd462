"""Words that may be a known name in another guise: misspelt by one sound, in Latin letters, in Chinese characters.

Only asks, never replaces. A misspelling is asked about for names of three syllables and more: two syllables are one sound away
from too many other names, and those the detectors propose anyway.
"""

from collections.abc import Iterable, Iterator, Sequence

from oralhistory.anonymise.hangul import is_han, is_hangul, is_syllable
from oralhistory.anonymise.jamo import sounds_apart
from oralhistory.anonymise.matching import Occurrence, stands_free
from oralhistory.anonymise.romanisation import LATIN_WORD, sound, sounds_of_latin
from oralhistory.anonymise.wordlists import Readings, Words
from oralhistory.domain.redaction import Entity, Question

_SHORTEST, _LONGEST = 3, 6
_SHORTEST_SOUND = 4
_MOST_WORDS = 3
_Found = tuple[int, int, int]
"""Number of the text, start, end."""


class Likenesses:
    """Of the texts of one interview; what is looked for follows the entities."""

    def __init__(self, texts: Sequence[str], words: Words, readings: Readings) -> None:
        self._texts = texts
        self._words = words
        self._readings = readings
        self._by_gap: dict[tuple[str, str], set[str]] | None = None
        self._spelled: dict[str, list[_Found]] = {}
        self._sounding: dict[str, list[_Found]] = {}
        self._written: dict[str, list[_Found]] = {}
        self._of_form: dict[tuple[str, str], list[_Found]] = {}
        self._of_text: dict[int, list[Occurrence]] = {}

    def follow(self, entities: Iterable[Entity]) -> set[int]:
        """Look for what resembles these entities and no others; the texts in which something is found or lost by that."""
        wanted = {(one.id, variant) for one in entities for variant in one.variants if _is_name(variant)}
        if wanted and self._by_gap is None:
            self._learn()
        known = {variant for _, variant in wanted}
        found = {key: self._of_form.get(key) or self._resembling(key[1]) for key in wanted}
        before = self._of_text
        self._of_form = found
        self._of_text = {}
        for (entity, _), places in found.items():
            for at, start, end in places:
                if self._texts[at][start:end] not in known:
                    self._of_text.setdefault(at, []).append(Occurrence(start, end, entity, Question.SIMILAR))
        return {at for at in before.keys() | self._of_text.keys() if before.get(at) != self._of_text.get(at)}

    def of(self, at: int) -> list[Occurrence]:
        return self._of_text.get(at, [])

    def _resembling(self, form: str) -> list[_Found]:
        assert self._by_gap is not None
        misspelt = {
            other
            for gap in _gaps(form)
            for other in self._by_gap.get(gap, ())
            if other != form and sounds_apart(form, other) == 1 and other not in self._words.korean
        }
        places = [place for other in misspelt for place in self._spelled[other]]
        places = [(at, start, end) for at, start, end in places if stands_free(self._texts[at], end)]
        for said in sound(form):
            places += self._sounding.get(said, ()) if len(said) >= _SHORTEST_SOUND else ()
        return sorted({*places, *self._written.get(form, ())})

    def _learn(self) -> None:
        self._by_gap = {}
        for at, text in enumerate(self._texts):
            for start, word in _hangul_words(text):
                for length in range(_SHORTEST, min(_LONGEST, len(word)) + 1):
                    self._spelled.setdefault(word[:length], []).append((at, start, start + length))
            for said, start, end in _latin_names(text, self._words):
                self._sounding.setdefault(said, []).append((at, start, end))
            for reading, start, end in self._read_aloud(text):
                self._written.setdefault(reading, []).append((at, start, end))
        for form in self._spelled:
            for gap in _gaps(form):
                self._by_gap.setdefault(gap, set()).add(form)

    def _read_aloud(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Runs of two to four Chinese characters as Koreans read them."""
        for start, first in enumerate(text):
            if is_han(first):
                for end in range(start + 2, min(start + 4, len(text)) + 1):
                    for reading in self._readings.of(text[start:end]):
                        yield reading, start, end


def alike(forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each form the others that are one sound away from it, or that sound the same in Latin letters."""
    together: dict[object, list[str]] = {}
    for form in dict.fromkeys(forms):
        keys: list[object] = [*_gaps(form, shortest=2), *_heard(form)]
        for key in keys:
            together.setdefault(key, []).append(form)
    found: dict[str, dict[str, None]] = {}
    for key, group in together.items():
        for one in group:
            others = (other for other in group if other != one and (isinstance(key, str) or sounds_apart(one, other) == 1))
            found.setdefault(one, {}).update(dict.fromkeys(others))
    return {form: tuple(others) for form, others in found.items() if others}


def _heard(form: str) -> set[str]:
    if _is_name(form):
        return {said for said in sound(form) if len(said) >= _SHORTEST_SOUND}
    return set(sounds_of_latin(form)) if LATIN_WORD.match(form) else set()


def _is_name(variant: str) -> bool:
    return all(map(is_syllable, variant)) and 1 < len(variant) <= _LONGEST


def _gaps(form: str, shortest: int = _SHORTEST) -> Iterator[tuple[str, str]]:
    """The form without one of its syllables: what it shares with every form that differs in just that one."""
    if len(form) >= shortest:
        yield from ((form[:at], form[at + 1 :]) for at in range(len(form)))


def _hangul_words(text: str) -> Iterator[tuple[int, str]]:
    start = None
    for at, character in enumerate((*text, " ")):
        if is_hangul(character):
            start = at if start is None else start
        elif start is not None:
            yield start, text[start:at]
            start = None


def _latin_names(text: str, words: Words) -> Iterator[tuple[str, int, int]]:
    """The sound of every one to three words in a row that begin with capitals and are not all plain words."""
    found = list(LATIN_WORD.finditer(text))
    for first, match in enumerate(found):
        for last in range(first, min(first + _MOST_WORDS, len(found))):
            said = found[first : last + 1]
            if not said[-1].group()[0].isupper() and last > first:
                break
            if match.group()[0].isupper() and any(one.group().lower() not in words.english for one in said):
                whole = "".join(one.group() for one in said)
                for heard in sounds_of_latin(whole):
                    yield heard, match.start(), said[-1].end()
