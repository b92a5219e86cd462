"""What a detector is and what it gives."""

from collections.abc import Iterable
from typing import Protocol

from oralhistory.anonymise.hangul import folded
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import Finding

NOUN_SWEEP = "noun_sweep"
"""The name of the detector that proposes every remaining noun: its proposals are shown and never keep an export shut."""


class Passage:
    """The text of one segment, and what morphological analysis says of it (nothing where it did not run).

    `plain` is the text in small letters without marks, letter for letter.
    """

    def __init__(self, text: str, morphemes: tuple[Morpheme, ...] = ()) -> None:
        self.text = text
        self.plain = folded(text)
        self.morphemes = morphemes
        self._common = frozenset((one.start, one.end) for one in morphemes if one.part is Part.NOUN and one.rank is not None)
        self._no_nouns = frozenset(
            one.start for one in morphemes if one.part is Part.OTHER and one.rank is not None and one.end - one.start > 1
        )
        self._hints = frozenset(one.start for one in morphemes if _is_hint(one))

    def is_common_noun(self, start: int, end: int) -> bool:
        """Whether the analysis knows just this stretch as one noun that names nobody."""
        return (start, end) in self._common

    def begins_no_noun(self, start: int) -> bool:
        """Whether a word that the analysis knows begins at `start`, of two syllables or more, that is neither noun nor numeral.

        Verbs, adjectives, adverbs, determiners, exclamations, and nouns that never stand alone (때문).
        """
        return start in self._no_nouns

    def hints_at_name(self, start: int) -> bool:
        """Whether a proper noun, or a noun that the analysis has never met, begins at `start`."""
        return start in self._hints


def _is_hint(one: Morpheme) -> bool:
    return one.part is Part.PROPER_NOUN or (one.part is Part.NOUN and one.rank is None)


class Detector(Protocol):
    """Finds one kind of thing in one text. `name` is stable: it is shown to people and kept with decisions."""

    @property
    def name(self) -> str: ...
    def find(self, passage: Passage) -> Iterable[Finding]: ...
