"""The sweep for Chinese: what the list of everyday words leaves over. A part of the sweep.

Two or more single characters side by side that no plain word explains, places that nothing announces, and nouns that are
written with the characters of given names alone (金花).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from oralhistory.anonymise.chinese_words import Kind, Word
from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.anonymise.wordlists import GivenNames, Place
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SCORE = 0.2
_GRAMMAR = frozenset("很太最真挺更好都就才也还又再没不在是有的了着过")
_FUNCTION = 13
_LONGEST = 5
_RARE = 11
_FAMILIAR = frozenset("小阿老大")
_VERY_RARE = 8
_OFFICES = frozenset("队所局处科总工爷婶嫂姐哥导")


class ChineseSweep:
    name = NOUN_SWEEP

    def __init__(self, names: GivenNames, places: Mapping[str, Place]) -> None:
        self._given = names.chinese_given
        self._surnames = frozenset(one for one in names.chinese_surnames if len(one) == 1)
        self._well_known = {
            form for form, place in places.items() if place.identifier is IdentifierClass.CONTEXT and not place.on_the_way
        }

    def find(self, passage: Passage) -> Iterator[Finding]:
        for run in passage.chinese:
            yield from self._loose(run)
            for before, one in pairwise(run):
                if before.said in _FAMILIAR and len(one.said) == 2 and one.kind is Kind.NOUN and one.common < _FUNCTION:
                    yield _found(before.start, one.end)
            for one in run:
                place = one.kind is Kind.PLACE and one.said not in self._well_known
                if place or self._is_surname_and_office(one) or (len(one.said) > 1 and self._is_written_like_a_name(one)):
                    yield _found(one.start, one.end)

    def _loose(self, run: Sequence[Word]) -> Iterator[Finding]:
        at = 0
        while at < len(run):
            end = at
            while end < len(run) and self._is_loose(run[end]):
                end += 1
            if end - at > 1 and any(self._tells(one) for one in run[at:end]):
                yield _found(run[at].start, run[min(end, at + _LONGEST) - 1].end)
            at = max(end, at + 1)

    def _is_loose(self, one: Word) -> bool:
        if len(one.said) > 1 or one.said in _GRAMMAR:
            return False
        grammar = one.kind in (Kind.OTHER, Kind.VERB) and one.common >= _FUNCTION and one.said not in self._given
        return not grammar

    def _tells(self, one: Word) -> bool:
        return one.kind is Kind.SINGLE or one.said in self._surnames or one.common < _FUNCTION

    def _is_surname_and_office(self, one: Word) -> bool:
        """马队: a rare word that is also a surname with an office."""
        return one.common < _VERY_RARE and len(one.said) == 2 and one.said[0] in self._surnames and one.said[1] in _OFFICES

    def _is_written_like_a_name(self, one: Word) -> bool:
        return one.kind is Kind.NOUN and one.common < _RARE and all(character in self._given for character in one.said)


def _found(start: int, end: int) -> Finding:
    return Finding(start, end, EntityType.OTHER, IdentifierClass.QUASI, _SCORE)
