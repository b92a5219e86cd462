"""Words that morphological analysis takes for proper nouns, or has never met, where the sentence uses them like a name.

A hint beside the other detectors, never a decision: it only adds. Whether a person, a place or something else is named is
guessed from what stands beside the word. An unknown word without any such sign is left to the sweep of nouns.
"""

import re
from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.kin import KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.hangul import is_hangul
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.suffixes import FACILITY_KINDS, PLACE_KINDS, TITLES
from oralhistory.anonymise.wordlists import GivenNames, Place, Words, listed
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_TO_A_PLACE = frozenset(listed("에 에서 에서부터 으로 로 까지 부터"))
_TO_A_PERSON = frozenset(listed(
    "한테 에게 한테서 에게서 께 께서 이가 이는 이를 이도 이한테 이하고 이네 이랑 랑 야 아 이라는 라는 이란 란 더러 "
    "네"
))
_NAMED_BEFORE = re.compile(r"(?:이름|별명|성함|본명)(?:은|이|도|으로|가)?\s*[\"'“‘]?$")
_CALLED_AFTER = re.compile(r"[\"'”’]?(?:이라는|라는|이란|란|이라고|라고|이라구|라구)")
_KNOWN_TO_ALL = frozenset(
    listed(
        "한족 조선족 조선인 한국인 중국인 북송 기독교 천주교 불교 성경 하나님 예수 예수님 하느님 유엔 국군 미군 "
        "일본인 한국말 중국말 조선말 한글 강냉이 꽃제비 장마당 고난의행군 탈북자 탈북민 북한말 김정일 김정은 김일성 "
        "위안 달러 음력 양력 설날 추석 한국어 중국어 로동당 노동당 인민군 여름 가을 겨울 인민페 인민폐 지구 나라 "
        "우리나라 한반도 서양 아시아 유럽 동남아 공산당 사회주의 주체사상 크리스마스"
    )
)


class ProperNouns:
    name = "proper_nouns"

    def __init__(self, names: GivenNames, words: Words, places: Mapping[str, Place]) -> None:
        self._names = names
        self._left_alone = words.korean | _KNOWN_TO_ALL | frozenset((*FACILITY_KINDS, *KOREAN_KIN, *KOREAN_ROLES)) | {
            form for form, place in places.items() if place.identifier is IdentifierClass.CONTEXT
        }

    def find(self, passage: Passage) -> Iterator[Finding]:
        for one in passage.morphemes:
            said = passage.text[one.start : one.end]
            if one.end - one.start > 1 and said not in self._left_alone and _is_hint(one) and _begins(passage.text, one.start):
                finding = self._judged(passage.text, one, said)
                if finding is not None:
                    yield finding

    def _judged(self, text: str, one: Morpheme, said: str) -> Finding | None:
        before, after = text[max(0, one.start - 16) : one.start], text[one.end : one.end + 16]
        particle = tail(text, one.end) or ""
        person = (
            bool(_NAMED_BEFORE.search(before))
            or particle in _TO_A_PERSON
            or bool(_CALLED_AFTER.match(after))
            or any(after.lstrip().startswith(title) for title in TITLES if len(title) > 1 or after.startswith(title))
        )
        place = particle in _TO_A_PLACE or after.startswith(PLACE_KINDS)
        if person:
            return Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, 0.5)
        if place:
            return Finding(one.start, one.end, EntityType.PLACE, IdentifierClass.QUASI, 0.45)
        if one.part is Part.PROPER_NOUN and self._looks_like_a_name(said):
            return Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, 0.42)
        if one.part is Part.PROPER_NOUN:
            return Finding(one.start, one.end, EntityType.OTHER, IdentifierClass.QUASI, 0.35)
        return None

    def _looks_like_a_name(self, said: str) -> bool:
        known = self._names.surnames | self._names.rare_surnames
        return len(said) in (3, 4) and (said[0] in known or said[:2] in known)


def _is_hint(one: Morpheme) -> bool:
    return one.part is Part.PROPER_NOUN or (one.part is Part.NOUN and one.rank is None)


def _begins(text: str, start: int) -> bool:
    return start == 0 or not is_hangul(text[start - 1])
