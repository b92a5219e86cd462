"""Words for relatives and for roles. They are underlined for the reader who looks for what the story itself betrays."""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.particles import ends_here
from oralhistory.anonymise.wordlists import any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

KOREAN_KIN = listed(
    "어머니 엄마 아버지 아빠 할머니 할아버지 남동생 여동생 녀동생 동생 언니 오빠 누나 누이 형님 아들 딸 남편 아내 "
    "신랑 시어머니 시아버지 장모 장인 삼촌 이모 고모 이모부 고모부 사촌 조카 손자 손녀 친척 맏딸 맏아들 큰딸 작은딸 "
    "막내 외삼촌 외할머니 외할아버지 아매 아바이 큰아버지 큰어머니 작은아버지 작은어머니 며느리 사위 시누이 올케 "
    "제부 형부 매형 처남 안해 남자친구 친구 약혼자 오마니 아바지 오래비 오라버니 할마니 삼춘 큰언니 작은언니 맏언니 "
    "큰오빠 작은오빠 맏오빠 큰형 작은형 큰누나 작은누나 둘째딸 둘째아들 큰아들 작은아들 막내딸 막내아들 막냇동생 막내동생 "
    "시동생 시누 동서 사돈 손주 외손자 외손녀 외손주 의붓아버지 의붓어머니 양아버지 양어머니 계모 계부 아즈마이 큰아매 "
    "외사촌 이종사촌 고종사촌 육촌 시형 시숙 처형 처제 형수 제수 가시아버지 가시어머니 조카딸 에미 애비 맏아매 맏아바이 막냉이 "
    "시아바이 시아바지 시어마이 시오마니 시애비 시에미 "
    "가시아바이 가시어마이 큰아바이 작은아매 아즈바이 아재 아지미 누이동생 오누이 언나"
)
KOREAN_ROLES = listed(
    "브로커 보위원 보안원 안전원 지도원 계호원 인민반장 반장 소장 담당 선교사 목사 의사 교사 교원 간부 군관 통역 경비대원 "
    "중대장 비서 세포비서 운전수 운전사 도강꾼 안내자 안내원 길잡이 간호원 간호사 예심원 조사관 로반 집주인 세대주 동창 "
    "동기생 선배 후배 방장 감방장 교화반장 작업반장 통역원 복무원 접대원 수간호사 판매원 교양원 밀수꾼 장사꾼 형사 도우미"
)
KOREAN_CHILDREN = listed("아이 애 큰애 작은애 애기 아기")
ENGLISH_KIN = listed(
    "mother father daughter son brother sister aunt uncle cousin niece nephew husband wife grandma grandpa grandmother "
    "grandfather granddaughter grandson stepmother stepfather stepdaughter stepson"
)
CHINESE_KIN = listed(
    "妈妈 母亲 爸爸 父亲 哥哥 弟弟 姐姐 妹妹 丈夫 老公 妻子 老婆 儿子 女儿 奶奶 爷爷 姥姥 叔叔 舅舅 阿姨 姑姑"
)
_ROLES = listed("broker missionary pastor")
_CHINESE_ROLES = listed("公安 中介 牧师")
_KOREAN = frozenset((*KOREAN_KIN, *KOREAN_ROLES))
_LONGEST = max(map(len, _KOREAN))
_IN_ENGLISH = any_of((*ENGLISH_KIN, *_ROLES))
_ENGLISH = Guarded(_IN_ENGLISH, rf"(?<![a-z])(?:{_IN_ENGLISH})(?:-in-law)?(?![a-z])")
_CHINESE = re.compile(any_of((*CHINESE_KIN, *_CHINESE_ROLES)))


class Kin:
    name = "kin"

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        korean = ((word.start(), word.start() + _length(word.group())) for word in passage.syllables)
        others = (match.span() for pattern in (_ENGLISH.matches, _CHINESE.finditer) for match in pattern(passage.plain))
        for start, end in (*korean, *others):
            if end > start and ends_here(text, end):
                yield Finding(start, end, EntityType.PERSON, IdentifierClass.CONTEXT, 0.3)


def _length(word: str) -> int:
    """How many syllables of the word are one for a relative or a role, at its beginning; the most that are."""
    return next((n for n in range(min(_LONGEST, len(word)), 0, -1) if word[:n] in _KOREAN), 0)
