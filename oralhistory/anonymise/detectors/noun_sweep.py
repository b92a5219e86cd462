"""The sweep: every remaining noun that is not an everyday word. Shown to whoever looks for what no detector knows; it keeps
no export shut.

What is an everyday word is said by how common it is in Korean, and by the list of plain words; 40 false proposals in a
thousand words are what a person can look through. Countries on the way are swept, those that everyone names are not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.detectors.kin import KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.detectors.name_cues import announces
from oralhistory.anonymise.hangul import is_hangul, is_latin
from oralhistory.anonymise.suffixes import FACILITY_KINDS, PLACE_KINDS, TIME_TAILS, TITLES
from oralhistory.anonymise.wordlists import GivenNames, GivenShape, Place, Words, any_of, listed
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

EVERYDAY_RANK = 13_000
"""Nouns that are more common than this name nobody. On the development sentences 12 to 29 in a thousand words remain."""
_SCORE = 0.2
_EVERYWHERE = frozenset(
    listed(
        "중국 한국 북한 조선 남한 일본 미국 북조선 남조선 대한민국 한족 조선족 녀자 남자 녀성 로인 량식 로동 로동자 "
        "공민증 보위부 보위원 보안원 안전원 교화소 군관 경비대 북송 탈북 강냉이 꽃제비 인민페 인민폐 계호원 집결소 "
        "구류장 감방 독방 이불 움막 화장실 옥수수밭 눈앞 강가 로 림"
    )
)

_SUREST_SURNAMES = "김박최정강윤임림황홍허"
_TOO_COMMON = frozenset(
    listed(
        "하나 소리 나라 여름 가을 겨울 하늘 바다 사랑 희망 자유 행복 혁명 통일 진실 미래 막내 쌍둥이 전진 투쟁 장군 "
        "정직 성실 개선 해방 구름 수정"
    )
)


class NounSweep:
    name = NOUN_SWEEP

    def __init__(self, names: GivenNames, words: Words, places: Mapping[str, Place]) -> None:
        self._given = GivenShape(names)
        self._also_names = names.also_words - _TOO_COMMON
        self._everyday = frozenset(
            (*words.korean, *_EVERYWHERE, *KOREAN_KIN, *KOREAN_ROLES, *TITLES, *PLACE_KINDS, *FACILITY_KINDS, *TIME_TAILS)
        )
        self._countries = _alone(form for form, place in places.items() if place.on_the_way)

    def find(self, passage: Passage) -> Iterator[Finding]:
        text, last = passage.text, None
        for one in passage.morphemes:
            if not self._is_worth_a_look(text, one):
                continue
            if last is not None and last.end == one.start:
                last = Finding(last.start, one.end, EntityType.OTHER, IdentifierClass.QUASI, _SCORE)
                continue
            if last is not None:
                yield last
            last = Finding(one.start, one.end, EntityType.OTHER, IdentifierClass.QUASI, _SCORE)
        if last is not None:
            yield last
        yield from self._on_the_way(text)

    def _is_worth_a_look(self, text: str, one: Morpheme) -> bool:
        said = text[one.start : one.end]
        if one.part not in (Part.NOUN, Part.PROPER_NOUN) or not is_hangul(said[0]):
            return False
        if len(said) == 1:
            return one.part is Part.PROPER_NOUN and said in _SUREST_SURNAMES
        if said in self._everyday:
            return said in self._also_names
        if self._given.fits(said) and announces(text, one.start, one.end):
            return True  # 인수 언니, 성녀를 업고: a word, and said as only a name is
        return one.rank is None or one.rank > EVERYDAY_RANK or one.part is Part.PROPER_NOUN or said in self._also_names

    def _on_the_way(self, text: str) -> Iterator[Finding]:
        for match in self._countries.matches(text):
            yield Finding(*match.span(), EntityType.PLACE, IdentifierClass.QUASI, _SCORE)


def _alone(forms: Iterable[str]) -> Guarded:
    """The forms at the beginning of a word; Latin ones as whole words, Chinese characters anywhere."""
    known = [*forms]
    korean = [re.escape(form) for form in known if is_hangul(form[0])]
    latin = [re.escape(form) for form in known if is_latin(form[0])]
    chinese = [re.escape(form) for form in known if not is_hangul(form[0]) and not is_latin(form[0])]
    patterns = (
        *([rf"(?<![가-힣])(?:{any_of(korean)})"] if korean else ()),
        *([rf"\b(?:{any_of(latin)})\b"] if latin else ()),
        *([any_of(chinese)] if chinese else ()),
    )
    return Guarded(any_of((*korean, *latin, *chinese)) or "(?!)", *patterns)
