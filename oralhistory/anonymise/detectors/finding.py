"""What a detector is and what it gives."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from oralhistory.anonymise.chinese_words import Word
from oralhistory.anonymise.hangul import folded
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import Finding

NOUN_SWEEP = "noun_sweep"
"""The name that every part of the sweep has: what nothing explains is shown and never keeps an export shut."""

_SELDOM = 20_000
"""A word less common than this tells nothing against a name: so many words there are that hardly anybody says."""
_NO_NOUNS = (Part.OTHER, Part.MODIFIER)
_SYLLABLES = re.compile("[가-힣]+")


class Passage:
    """The text of one segment, and what morphological analysis says of it (nothing where it did not run).

    `chinese` are the words of each of its stretches of Chinese characters (see `chinese_words`). What several detectors need
    is found out here once: they look one after the other.
    """

    def __init__(
        self, text: str, morphemes: tuple[Morpheme, ...] = (), chinese: Sequence[Sequence[Word]] = ()
    ) -> None:
        self.text = text
        self.morphemes = morphemes
        self.chinese = chinese
        known = [one for one in morphemes if one.rank is not None and one.rank < _SELDOM]
        self._common = frozenset((one.start, one.end) for one in known if one.part is Part.NOUN)
        self._no_nouns = frozenset(one.start for one in known if one.part in _NO_NOUNS and one.end - one.start > 1)
        self._hints = frozenset(one.start for one in morphemes if _is_hint(one))
        self._at = {one.start: one for one in morphemes}

    @cached_property
    def plain(self) -> str:
        """The text in small letters without marks, letter for letter."""
        return folded(self.text)

    @cached_property
    def syllables(self) -> tuple[re.Match[str], ...]:
        """Each unbroken run of Korean syllables: a word with its endings, most of the time."""
        return tuple(_SYLLABLES.finditer(self.text))

    @cached_property
    def words(self) -> tuple[re.Match[str], ...]:
        """The same without what only goes on from a number or from other letters: 이라고 in `KBS이라고`."""
        return tuple(one for one in self.syllables if not self.text[one.start() - 1 : one.start()].isalnum())

    def is_common_noun(self, start: int, end: int) -> bool:
        """Whether the analysis knows just this stretch as one noun that names nobody."""
        return (start, end) in self._common

    def is_noun(self, start: int, end: int) -> bool:
        """Whether the analysis reads just this stretch as one noun, proper or not."""
        one = self._at.get(start)
        return one is not None and one.end == end and one.part in (Part.NOUN, Part.PROPER_NOUN)

    def begins_no_noun(self, start: int) -> bool:
        """Whether a word that the analysis knows begins at `start`, of two syllables or more, that is neither noun nor numeral.

        Verbs, adjectives, adverbs, determiners, exclamations, and nouns that never stand alone (때문).
        """
        return start in self._no_nouns

    def knows_beyond(self, start: int, end: int) -> bool:
        """Whether a word that the analysis knows begins at `start` and goes on beyond `end`."""
        one = self._at.get(start)
        return one is not None and one.end > end and one.rank is not None

    def hints_at_name(self, start: int) -> bool:
        """Whether a proper noun, or a noun that the analysis has never met, begins at `start`."""
        return start in self._hints

    def is_unmet(self, start: int, end: int) -> bool:
        """Whether the stretch, with its familiar 이 or without, is one noun that the analysis has never met: 억철이."""
        one = self._at.get(start)
        return one is not None and _is_hint(one) and (one.end == end or (one.end == end + 1 and self.text[end] == "이"))

    def pieces(self, start: int, end: int) -> tuple[Morpheme, ...]:
        """The morphemes from `start` on, one right behind the other and none beyond `end`, as far as no verb comes."""
        pieces: list[Morpheme] = []
        at = start
        while (one := self._at.get(at)) is not None and one.part is not Part.OTHER and at < one.end <= end:
            pieces.append(one)
            at = one.end
        return tuple(pieces)

    def is_pieced(self, start: int, end: int) -> bool:
        """Whether the analysis knows the stretch only syllable by syllable, as it reads a name it has never met: 옥 + 림."""
        pieces = self.pieces(start, end)
        return len(pieces) > 1 and pieces[-1].end == end and all(one.end - one.start == 1 for one in pieces)


def _is_hint(one: Morpheme) -> bool:
    return one.part is Part.PROPER_NOUN or (one.part is Part.NOUN and one.rank is None)


class Detector(Protocol):
    """Finds one kind of thing in one text. `name` is stable: it is shown to people and kept with decisions."""

    @property
    def name(self) -> str: ...
    def find(self, passage: Passage) -> Iterable[Finding]: ...
