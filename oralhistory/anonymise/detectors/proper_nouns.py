"""Words that morphological analysis takes for proper nouns, or has never met, where the sentence uses them like a name.

A hint beside the other detectors, never a decision: it only adds. Whether a person, a place or something else is named is
guessed from what stands beside the word. An unknown word without any such sign is left to the sweep of nouns.
"""

import re
from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.kin import KOREAN_CHILDREN, KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.detectors.pieced_words import PiecedWords
from oralhistory.anonymise.hangul import is_hangul
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.suffixes import FACILITY_KINDS, PLACE_KINDS, TITLES
from oralhistory.anonymise.wordlists import GivenNames, GivenShape, Place, Words, any_of, listed
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_LONG_TITLES = tuple(one for one in TITLES if len(one) > 1)
_SHORT_TITLES = tuple(one for one in TITLES if len(one) == 1)
_TO_A_PLACE = frozenset(listed("에 에서 에서부터 으로 로 까지 부터"))
_TO_A_PERSON = frozenset(listed(
    "한테 에게 한테서 에게서 께 께서 이가 이는 이를 이도 이한테 이하고 이하구 이네 이랑 랑 야 아 이라는 라는 이란 란 더러 "
    "네"
))
_NAMED_BEFORE = re.compile(r"(?:이름|별명|성함|본명)(?:은|이|도|으로|가)?\s*[\"'“‘]?$")
_RELATIVE_BEFORE = re.compile(
    rf"(?<![가-힣])(?:{any_of((*KOREAN_KIN, *KOREAN_ROLES, *KOREAN_CHILDREN, '주인'))})(?:이|가|은|는|도)?,?\s+[\"'“‘]?$"
)
"""Before a name: 시아버지는 취라오따, 아이는 취밍웨."""
_OF_THERE = re.compile(
    r"\s(?:사람|출신|태생|토박이|녀자|여자|남자|녀성|처녀|총각|아이|쪽|근처|부근|방향|시내|읍내|땅|국경|세관|역전|역|공항|다리|항|시장|거리|장마당"
    r"|바닷가|탄광|광산|농장)(?![가-힣]{3})"
    r"|(?:을|를)?\s(?:가는|가서|가려|갔|나가는|나가서|지나|거쳐|떠나|들러서|통해|들어가|들어갔|나왔|넘어)"
)
"""What is said behind a place without a particle: 겹련 역에서, 장형 가는 기차, 풍서 녀자."""
_A_PLACE_BEHIND = re.compile(r"\s([가-힣]{1,5}?(?:리|동|구|군|읍|촌|툰|진|골|거리|시장|구역))(?![가-힣]{3})")
_SELDOM = 25_000
"""A noun as rare as this, told as what somebody is called, is a nickname: 노랑머리라고 그랬어요."""
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

    def __init__(self, names: GivenNames, words: Words, places: Mapping[str, Place], pieced: PiecedWords) -> None:
        self._names = names
        self._any_surname = names.surnames | names.rare_surnames
        self._places = frozenset(form for form in places if len(form) > 1 and is_hangul(form[0]))
        self._given = GivenShape(names)
        self._pieced = pieced
        self._left_alone = words.korean | _KNOWN_TO_ALL | frozenset((*FACILITY_KINDS, *KOREAN_KIN, *KOREAN_ROLES)) | {
            form for form, place in places.items() if place.identifier is IdentifierClass.CONTEXT
        }

    def find(self, passage: Passage) -> Iterator[Finding]:
        for one in (*passage.morphemes, *self._pieced.stems(passage)):
            if one.end - one.start == 1 or not _is_hint(one, passage.text) or not _begins(passage.text, one.start):
                continue
            said = passage.text[one.start : one.end]
            if said not in self._left_alone:
                finding = self._judged(passage.text, one, said)
                if finding is not None:
                    yield finding

    def _judged(self, text: str, one: Morpheme, said: str) -> Finding | None:
        before, after = text[max(0, one.start - 16) : one.start], text[one.end : one.end + 16]
        particle = tail(text, one.end) or ""
        person = (
            bool(_NAMED_BEFORE.search(before))
            or bool(_RELATIVE_BEFORE.search(before))
            or particle in _TO_A_PERSON
            or bool(_CALLED_AFTER.match(after))
            or after.lstrip().startswith(_LONG_TITLES)
            or after.startswith(_SHORT_TITLES)
        )
        place = particle in _TO_A_PLACE or after.startswith(PLACE_KINDS) or bool(_OF_THERE.match(after))
        if person:
            return Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, 0.5)
        if place or self._beside_a_place(before, after):
            return Finding(one.start, one.end, EntityType.PLACE, IdentifierClass.QUASI, 0.45)
        if one.part is Part.PROPER_NOUN and said not in self._places and self._given.fits(said):
            return Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, 0.4)
        if self._looks_like_a_name(said) and (one.part is Part.PROPER_NOUN or said[0] in self._names.surnames):
            return Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, 0.42)
        if one.part is Part.PROPER_NOUN:
            return Finding(one.start, one.end, EntityType.OTHER, IdentifierClass.QUASI, 0.35)
        return None

    def _beside_a_place(self, before: str, after: str) -> bool:
        """Whether a known place stands right before the word, or a place of any shape right behind: 함북 언이, 거성 송평구역."""
        known_before = before.endswith(" ") and before[:-1].rpartition(" ")[2] in self._places
        following = after[1:].split(" ", maxsplit=1)[0] if after.startswith(" ") else ""
        known_behind = any(following[:length] in self._places for length in range(2, len(following) + 1))
        return known_before or known_behind or bool(_A_PLACE_BEHIND.match(after))

    def _looks_like_a_name(self, said: str) -> bool:
        return len(said) in (3, 4) and (said[0] in self._any_surname or said[:2] in self._any_surname)


def _is_hint(one: Morpheme, text: str) -> bool:
    if one.part is Part.PROPER_NOUN or (one.part is Part.NOUN and one.rank is None):
        return True
    return one.part is Part.NOUN and one.rank is not None and one.rank > _SELDOM and bool(_CALLED_AFTER.match(text, one.end))


def _begins(text: str, start: int) -> bool:
    return start == 0 or not is_hangul(text[start - 1])
