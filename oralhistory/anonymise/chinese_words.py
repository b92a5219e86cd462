"""Chinese text parted into words: known ones of everyday use, known places, and single characters that nothing explains.

A shortest path over the word list, each word as likely as it is common. Knows no grammar and no names: a name comes out as
the characters that it is written with, and that is what the detectors look for. The list is in simplified letters; old ones are
read as those, a letter for a letter, so that every word keeps its place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from oralhistory.anonymise.hangul import HAN

_RUN = re.compile(f"[{HAN}]+")
_LONGEST = 5
_ALL = 26.0
"""The logarithm to base 2 of all words that the list was counted from, about sixty million."""
_UNKNOWN = -24.0
_PLACE = -20.0


class Kind(StrEnum):
    """What a word is. SINGLE is a character that the list does not have."""

    NOUN = "n"
    VERB = "v"
    OTHER = "x"
    PLACE = "p"
    SINGLE = "?"


@dataclass(frozen=True, slots=True)
class Word:
    """[start, end) in the text, and what stands there in simplified letters.

    `common` is the logarithm to base 2 of how often it was counted, 0 if never.
    """

    start: int
    end: int
    said: str
    kind: Kind
    common: int


@dataclass(frozen=True, slots=True)
class ChineseList:
    """Each word with its kind and how common it is, and the places; `simplified` has the letter for each old one."""

    words: Mapping[str, tuple[str, int]]
    places: frozenset[str]
    simplified: Mapping[int, int]


class ChineseWords:
    """The words of a text by a list, which is `read` when the first Chinese character comes: most interviews have none."""

    def __init__(self, read: Callable[[], ChineseList]) -> None:
        self._read = read

    @cached_property
    def _list(self) -> ChineseList:
        return self._read()

    def runs(self, text: str) -> list[list[Word]]:
        """The words of each stretch of Chinese characters in `text`, in order."""
        return [self._parted(match.group().translate(self._list.simplified), match.start()) for match in _RUN.finditer(text)]

    def _parted(self, run: str, offset: int) -> list[Word]:
        best: list[tuple[float, int]] = [(0.0, 0)] * (len(run) + 1)
        for end in range(1, len(run) + 1):
            best[end] = max(
                (best[start][0] + self._likely(run[start:end]), start) for start in range(max(0, end - _LONGEST), end)
            )
        words: list[Word] = []
        end = len(run)
        while end:
            start = best[end][1]
            words.append(self._word(run[start:end], offset + start))
            end = start
        return words[::-1]

    def _likely(self, said: str) -> float:
        known = self._list.words.get(said)
        if known is not None:
            return known[1] - _ALL
        if said in self._list.places:
            return _PLACE
        return _UNKNOWN if len(said) == 1 else float("-inf")

    def _word(self, said: str, start: int) -> Word:
        kind, common = self._list.words.get(said) or (("p", 0) if said in self._list.places else ("?", 0))
        return Word(start, start + len(said), said, Kind(kind), common)
