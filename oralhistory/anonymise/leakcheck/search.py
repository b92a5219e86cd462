"""The search of one reading of a part for every needle: where each stands, and by which rule it was recognised."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from oralhistory.anonymise.leakcheck import numerals
from oralhistory.anonymise.leakcheck.everyday import excused
from oralhistory.anonymise.leakcheck.folding import Letters, Span, folded, squeezed
from oralhistory.anonymise.leakcheck.needles import NUMBER, ROMANISED, RUN_FREE, RUN_SHORTEST, TEXT, Needle
from oralhistory.anonymise.leakcheck.romanised import skeleton
from oralhistory.domain.leaks import NEAR, Around

WINDOW = 6
"""Latin words that may be one name; four, but apostrophes and capitals divide words further."""

LONGEST = 26
"""Letters of the longest name in Latin letters that is put together from several words."""

TELLING = 7
"""Skeletons of so many letters need no capital where people write none: in names of files and parts, in addresses."""

SHORTEST_IN_BYTES = 4
"""Fewer Latin letters or digits stand in any heap of bytes by chance."""

_CAPITAL = re.compile("[A-Z]")
_HEAD, _HEAD_LETTERS = 2, 12
"""The first letters of a skeleton, and how many letters of a text they certainly come from."""

_LATIN_HEAD = re.compile("[a-z]+")


class Kind(Enum):
    """How a reading is to be taken: sentences, names and attributes, or the letters found in bytes."""

    PROSE = "prose"
    NAMES = "names"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a part as text."""

    text: str
    kind: Kind = Kind.PROSE


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence: the rule it was recognised by, and the letters `around` it."""

    rule: str
    around: Around = ("", "")


@dataclass(frozen=True, slots=True)
class Hits:
    """Of one needle in one reading: the places where it stands; `seen` counts its letters wherever they are."""

    places: tuple[Place, ...] = ()
    seen: int = 0


class Search:
    """Knows all needles; searches reading after reading."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        self._needles = needles
        self._by_skeleton: dict[str, list[int]] = defaultdict(list)
        for index, needle in enumerate(needles):
            for one in needle.skeletons:
                self._by_skeleton[one].append(index)
        self._skeletons: dict[str, str] = {}
        self._heads: dict[str, bool] = {}
        self._beginnings = {one[:length] for one in self._by_skeleton for length in range(_HEAD + 1)}
        self._numbers = {index: needle.run for index, needle in enumerate(needles) if needle.run}
        self._forms = [(index, form, rule) for index, needle in enumerate(needles) for form, rule in needle.exact]

    def hits(self, reading: Reading) -> dict[int, Hits]:
        """By the needle's number; needles that do not occur at all are left out."""
        text = folded(reading.text)
        letters = Letters.of(text)
        certain, weak = self._exact(letters, reading.kind)
        for index, span in self._romanised(letters, reading.kind):
            weak[index].append((span, ROMANISED))
        taken = {at for spans in certain.values() for span in spans for at in range(*span)}
        runs = self._runs(text)
        result = {}
        for index, needle in enumerate(self._needles):
            spans = [(span, TEXT) for span in certain[index]]
            spans += [(span, rule) for span, rule in weak[index] if taken.isdisjoint(range(*span))]
            places = max(_places(letters, spans), runs.get(index, ()), key=len)
            if places or needle.whole in letters.text:
                result[index] = Hits(places, letters.text.count(needle.whole))
        return result

    def _exact(self, letters: Letters, kind: Kind) -> tuple[dict[int, list[Span]], dict[int, list[tuple[Span, str]]]]:
        """Where the strings stand as they were given; and where in another form, which counts only outside of those places."""
        certain: dict[int, list[Span]] = defaultdict(list)
        weak: dict[int, list[tuple[Span, str]]] = defaultdict(list)
        for index, form, rule in self._forms:
            if form not in letters.text:
                continue
            if kind is Kind.BYTES and len(form) < (SHORTEST_IN_BYTES if form.isascii() else 2):
                continue
            needle = self._needles[index]
            spans = [span for span in letters.places(form) if needle.stands(letters, span, kind is Kind.PROSE)]
            if rule == TEXT:
                certain[index] = spans
            else:
                weak[index] += [(span, rule) for span in spans]
        return certain, weak

    def _romanised(self, letters: Letters, kind: Kind) -> Iterator[tuple[int, Span]]:
        if not self._by_skeleton:
            return
        for first, word in enumerate(letters.words):
            if not (word.isascii() and word.isalpha() and self._may_begin(letters, first)):
                continue
            if kind is not Kind.NAMES and not any(map(_CAPITAL.match, letters.words[first : first + WINDOW])):
                continue
            for window in _windows(letters.words, first):
                found = self._by_skeleton.get(self._skeleton("".join(window)))
                if found and _reads_as_name(window, kind):
                    start = letters.starts[first]
                    span = (start, start + sum(map(len, window)))
                    yield from ((index, span) for index in found)

    def _may_begin(self, letters: Letters, first: int) -> bool:
        """Whether a skeleton that is looked for begins as the letters from this word on do; most words are passed by here."""
        start = letters.starts[first]
        latin = _LATIN_HEAD.match(letters.text, start, start + _HEAD_LETTERS)
        head = latin[0] if latin else ""
        known = self._heads.get(head)
        if known is None:
            known = self._heads[head] = skeleton(head)[:_HEAD] in self._beginnings
        return known

    def _skeleton(self, joined: str) -> str:
        known = self._skeletons.get(joined)
        if known is None:
            known = self._skeletons[joined] = skeleton(joined.casefold())
        return known

    def _runs(self, text: str) -> dict[int, tuple[Place, ...]]:
        """Long numbers among all digits in a row, said or written."""
        if not self._numbers:
            return {}
        text = text.casefold()
        runs = [one for one in numerals.digit_runs(text) if len(one.digits) >= RUN_SHORTEST]
        found = {index: tuple(_in_runs(number, runs, text)) for index, number in self._numbers.items()}
        return {index: places for index, places in found.items() if places}


def _in_runs(number: str, runs: Iterable[numerals.DigitRun], text: str) -> Iterator[Place]:
    for one in runs:
        times = one.digits.count(number) if len(number) >= RUN_FREE else int(one.digits == number)
        for _ in range(times):
            before, after = text[max(0, one.start - 4 * NEAR) : one.start], text[one.end : one.end + 4 * NEAR]
            yield Place(NUMBER, (squeezed(before)[-NEAR:], squeezed(after)[:NEAR]))


def _windows(words: Sequence[str], first: int) -> Iterator[tuple[str, ...]]:
    length = 0
    for last in range(first, min(first + WINDOW, len(words))):
        length += len(words[last])
        if length > LONGEST or not (words[last].isascii() and words[last].isalpha()):
            return
        yield tuple(words[first : last + 1])


def _reads_as_name(window: tuple[str, ...], kind: Kind) -> bool:
    capital = any(word[0].isupper() for word in window)
    long = sum(map(len, window)) >= TELLING
    allowed = {Kind.PROSE: capital, Kind.NAMES: capital or long, Kind.BYTES: capital and long}[kind]
    return allowed and not excused(window)


def _places(letters: Letters, spans: Iterable[tuple[Span, str]]) -> tuple[Place, ...]:
    """The places that `spans` are, overlapping ones being the same place, found by the surest of their rules."""
    places: list[tuple[int, int, str]] = []
    for (start, end), rule in sorted(spans, key=lambda one: (one[0], one[1] != TEXT)):
        if places and start < places[-1][1]:
            first, last, sure = places[-1]
            places[-1] = (first, max(last, end), TEXT if rule == TEXT else sure)
        else:
            places.append((start, end, rule))
    return tuple(Place(rule, letters.around(start, end)) for start, end, rule in places)
