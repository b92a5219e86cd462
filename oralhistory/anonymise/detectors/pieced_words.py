"""Words that the analysis can read only syllable by syllable: 옥림이 as 옥 + 림, 숭장에 as 숭 + 장. A part of the sweep.

Korean words of everyday use stand in the dictionary of the analysis whole. What it takes to pieces of one syllable is nearly
always a name that no list has: of a person, of a village. What a determiner or a number begins (그때, 두집) is left alone.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.chinese_in_hangul import may_be_mandarin, strangeness
from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.anonymise.detectors.kin import KOREAN_KIN
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.particles import FAMILIAR, tail
from oralhistory.anonymise.wordlists import GivenNames, GivenShape, Words, listed
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SCORE = 0.2
_LONGEST = 5
_LONGEST_GIVEN = 4
_BEGINS_A_PHRASE = frozenset(listed("그 이 저 한 두 세 네 몇 새 헌 각 매 온 첫 옛 별 뭔 웬 못 안 더 잘 또 다 막 꼭"))
_COUNTED = frozenset(listed(
    "명 번 개 살 세 년 월 일 시 분 초 원 호 집 달 날 해 끼 대 군데 가지 사람 마리 킬로 시간 층 칸 줄 점 배"
))
_ELDERS = frozenset(listed("할머니 할아버지 아주머니 아줌마 아저씨 아바이 아매 엄마 언니 오빠 이모 삼촌 영감 령감"))
_ADDED = frozenset(listed("들 님 네 씨 쯤 쪽 측 짜리 댁 간 때 등 속 것 거 데 줄 수 터 뿐 만 중"))
"""What stands behind a noun without a space and is no part of it."""


class PiecedWords:
    name = NOUN_SWEEP

    def __init__(self, names: GivenNames, words: Words) -> None:
        self._surnames = names.surnames | names.rare_surnames
        self._words = words.korean
        self._given = GivenShape(names)

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for word in passage.words:
            pieces = self._stem(passage, word)
            if pieces and self._is_worth_a_look(text, pieces):
                yield Finding(pieces[0].start, pieces[-1].end, EntityType.OTHER, IdentifierClass.QUASI, _SCORE)
            elif self._is_called_after_something(text, pieces):
                yield Finding(pieces[0].start, pieces[-1].end, EntityType.PERSON, IdentifierClass.DIRECT, _SCORE)
            elif (end := self._by_shape(passage, word)) is not None:
                yield Finding(word.start(), end, EntityType.OTHER, IdentifierClass.QUASI, _SCORE)

    def stems(self, passage: Passage) -> Iterator[Morpheme]:
        """Each word that is known in pieces alone, as one noun that the analysis has never met."""
        for word in passage.syllables:
            pieces = self._stem(passage, word)
            if pieces[1:] and self._is_worth_a_look(passage.text, pieces):
                yield Morpheme(pieces[0].start, pieces[-1].end, Part.NOUN, None)

    def _stem(self, passage: Passage, word: re.Match[str]) -> tuple[Morpheme, ...]:
        """The pieces from the beginning of the word, without what is only added to a noun."""
        pieces = list(passage.pieces(word.start(), word.end()))
        while pieces and pieces[-1].part is Part.MODIFIER and self._is_added(passage.text, pieces[-1]):
            pieces.pop()
        return tuple(pieces)

    def _is_added(self, text: str, one: Morpheme) -> bool:
        said = text[one.start : one.end]
        return said in _ADDED or said == "이"

    def _is_worth_a_look(self, text: str, pieces: tuple[Morpheme, ...]) -> bool:
        said = text[pieces[0].start : pieces[-1].end]
        first, rest = text[pieces[0].start : pieces[0].end], text[pieces[1].start : pieces[-1].end] if pieces[1:] else ""
        if said in self._words or not 1 < len(said) <= _LONGEST:
            return len(said) == 1 and pieces[0].rank is None and pieces[0].part in (Part.NOUN, Part.PROPER_NOUN)
        if self._is_shaped_like_a_name(said) and len(pieces) > 1:
            return True
        if len(pieces) == 1 or first in _BEGINS_A_PHRASE or rest in _COUNTED:
            return False
        if not any(one.part in (Part.NOUN, Part.PROPER_NOUN) for one in pieces):
            return len(said) == 2 and said[0] == said[1]
        return all(one.end - one.start == 1 for one in pieces)

    def _is_called_after_something(self, text: str, pieces: tuple[Morpheme, ...]) -> bool:
        """장작할머니: a noun and a word for an elder in one."""
        nouns = [one for one in pieces if one.part in (Part.NOUN, Part.PROPER_NOUN)]
        said = [text[one.start : one.end] for one in pieces]
        return len(nouns) == len(said) == 2 and len(said[0]) > 1 and said[1] in _ELDERS and said[0] not in KOREAN_KIN

    def _is_shaped_like_a_name(self, said: str) -> bool:
        return said[:1] in self._surnames and self._given.fits(said[1:])

    def _by_shape(self, passage: Passage, word: re.Match[str]) -> int | None:
        """Where a name ends by its shape alone, whatever the analysis makes of it: 손수란이, or 숙일이가 with its familiar 이."""
        text, start = passage.text, word.start()
        full = word.group()[:3]
        if self._is_shaped_like_a_name(full) and full not in self._words and stands_free(text, start + 3):
            is_word = passage.is_common_noun(start, start + 2) or word.group()[:2] in self._words
            return None if is_word or passage.knows_beyond(start, start + 2) else start + 3
        for length in range(min(_LONGEST_GIVEN, len(word.group())), 1, -1) if may_be_mandarin(word.group()) else ():
            if strangeness(word.group()[:length]) and self._is_no_word(passage, start, start + length):
                return start + length
        said = word.group()[:2]
        if not self._given.fits(said) or said in self._words or passage.is_common_noun(start, start + 2):
            return None
        return start + 2 if tail(text, start + 2) in FAMILIAR else None

    def _is_no_word(self, passage: Passage, start: int, end: int) -> bool:
        """하오위, 이헝: Mandarin syllables where the analysis begins no word, with nothing behind them but particles."""
        begun = passage.begins_no_noun(start) or passage.knows_beyond(start, start + 1)
        return not begun and passage.text[start:end] not in self._words and stands_free(passage.text, end)
