"""What morphological analysis knows of a stretch of Korean: which kind of word it is, and how common."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The kinds of words that the detectors look at; everything else is OTHER.

    MODIFIER is what stands before, behind or beside a word and is often a misread piece of a name: determiners, adverbs,
    nouns that never stand alone, prefixes and suffixes of nouns, exclamations.
    """

    PROPER_NOUN = "proper_noun"
    NOUN = "noun"
    NUMERAL = "numeral"
    MODIFIER = "modifier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Morpheme:
    """[start, end) in code points of the analysed text. `rank` is its place among all words by how common it is.

    The commonest word has a rank near 0, a word that the analysis has never met has None.
    """

    start: int
    end: int
    part: Part
    rank: int | None
