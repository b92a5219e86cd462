"""The search of one reading of a part for every needle: where each stands, and by which rule it was recognised."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from oralhistory.anonymise.leakcheck import numerals
from oralhistory.anonymise.leakcheck.everyday import excused
from oralhistory.anonymise.leakcheck.folding import Letters, Span, folded
from oralhistory.anonymise.leakcheck.needles import NUMBER, ROMANISED, RUN_FREE, TEXT, Needle
from oralhistory.anonymise.leakcheck.romanised import skeleton

WINDOW = 6
"""Latin words that may be one name; four, but apostrophes and capitals divide words further."""

LONGEST = 26
"""Letters of the longest name in Latin letters that is put together from several words."""

TELLING = 7
"""Skeletons of so many letters need no capital where people write none: in names of files and parts, in addresses."""

SHORTEST_IN_BYTES = 4
"""Fewer Latin letters or digits stand in any heap of bytes by chance."""

_CAPITAL = re.compile("[A-Z]")


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
class Hits:
    """Of one needle in one reading: how often, by which rules; `seen` counts its letters wherever they stand."""

    count: int = 0
    rules: frozenset[str] = frozenset()
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
            places = [(span, TEXT) for span in certain[index]]
            places += [(span, rule) for span, rule in weak[index] if taken.isdisjoint(range(*span))]
            count = max(_apart(span for span, _ in places), runs.get(index, 0))
            rules = {rule for _, rule in places} or ({NUMBER} if count else set())
            if count or needle.whole in letters.text:
                result[index] = Hits(count, frozenset(rules), letters.text.count(needle.whole))
        return result

    def _exact(self, letters: Letters, kind: Kind) -> tuple[dict[int, list[Span]], dict[int, list[tuple[Span, str]]]]:
        """Where the strings stand as they were given; and where in another form, which counts only outside of those places."""
        certain: dict[int, list[Span]] = defaultdict(list)
        weak: dict[int, list[tuple[Span, str]]] = defaultdict(list)
        for index, needle in enumerate(self._needles):
            for form, rule in needle.exact:
                if kind is Kind.BYTES and len(form) < (SHORTEST_IN_BYTES if form.isascii() else 2):
                    continue
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
            if not (word.isascii() and word.isalpha()):
                continue
            if kind is not Kind.NAMES and not any(map(_CAPITAL.match, letters.words[first : first + WINDOW])):
                continue
            for window in _windows(letters.words, first):
                found = self._by_skeleton.get(self._skeleton("".join(window)))
                if found and _reads_as_name(window, kind):
                    start = letters.starts[first]
                    span = (start, start + sum(map(len, window)))
                    yield from ((index, span) for index in found)

    def _skeleton(self, joined: str) -> str:
        known = self._skeletons.get(joined)
        if known is None:
            known = self._skeletons[joined] = skeleton(joined.casefold())
        return known

    def _runs(self, text: str) -> dict[int, int]:
        wanted = {index: needle.run for index, needle in enumerate(self._needles) if needle.run}
        if not wanted:
            return {}
        runs = numerals.digit_runs(text)
        return {index: sum(_count(run, one) for one in runs) for index, run in wanted.items()}


def _count(wanted: str, run: str) -> int:
    return run.count(wanted) if len(wanted) >= RUN_FREE else int(run == wanted)


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


def _apart(spans: Iterable[Span]) -> int:
    """How many places `spans` are, overlapping ones being the same place."""
    count, end = 0, -1
    for span in sorted(spans):
        if span[0] >= end:
            count += 1
        end = max(end, span[1])
    return count
