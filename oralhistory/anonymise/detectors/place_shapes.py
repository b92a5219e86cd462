"""Places that no list names, by their shape and by what is said beside them.

덕성리에서, 연암동 이십 반, 왕청현, 마을 이름이 소왕장; 22호 교화소, 수완플루 수용소, Sinuiju holding center.

A village or ward must stand where a place is said; a facility is proposed by its number or with the name before it.
"""

import re
from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.hangul import is_hangul
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.suffixes import FACILITY_KINDS
from oralhistory.anonymise.wordlists import Place, Words, any_of, listed
from oralhistory.domain.morpheme import Part
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_MORE_KINDS = ("변방대대", "외국인수용소", "수감소", "보호센터", "출입국")
_KINDS = any_of((*FACILITY_KINDS, *_MORE_KINDS))
_NUMBER = r"(?:\d+|[일이삼사오육칠팔구십백]+)"
_WHERE = (
    r"(?=(?:에서|에|으로|로|까지|부터)(?:[^가-힣]|는|도|만|서|부터|$)|\s?사람|\s?출신|\s?쪽|\s?마을|\s?근처|\s?부근|\s?앞|\s?뒤|\s?장마당|\s?골짜기"
    r"|이(?:였|었|라|에요|고|야)|였|라(?:는|고)|인데|[이가]\s고향|\s집|임다|입니다"
    rf"|\s{_NUMBER}\s?(?:(?:인민)?반|번지|호)(?![가-힣]*장))"
)
_VILLAGES = "(?:리|동|읍|군|시|구역|로동자구|노동자구|촌|진|현|향|툰|둔|도구|령|포|골|구)"
_VILLAGE = Guarded(_VILLAGES + _WHERE, rf"(?<![가-힣])([가-힣]{{2,5}}{_VILLAGES})({_WHERE})")
_WORKERS_SETTLEMENT = Guarded("[로노]동자구", r"(?<![가-힣])[가-힣]{2,4}(?:로|노)동자구")
"""A kind of place that only the North has: whatever stands before it is its name."""
_STOPS = "(?=[^가-힣]|[가이는은를에로의도](?![가-힣]{2}))"
_IN_A_COUNTY = Guarded(
    r"(?:군|구역|현)\s",
    r"(?<![가-힣])[가-힣]{2,4}(?:군|구역|현)\s([가-힣]{1,4}(?:리|동|읍|진|향|촌))" + _STOPS,
)
"""Right behind its county even a village of one syllable is one: 명천군 사리."""
_IN_A_PLACE = Guarded(
    f"[동리구읍면진촌툰]{_STOPS}", rf"(?<![가-힣])([가-힣]{{2,5}})\s([가-힣]{{2,4}}(?:동|리|구|읍|면|진|촌|툰)){_STOPS}",
)
"""Right behind a known place nothing else is needed: 울산 방어동."""
_THERE = r"(?:에서|에|으로|로|까지)(?:[\s.,]|$)"
_TO_SOMEWHERE = Guarded(_THERE, rf"(?<![가-힣])([가-힣]{{2,5}})\s([가-힣]{{2,4}}?)(?<!으)(?={_THERE})")
"""The same for any word with a case that places have: 대련 보란점으로."""
_WARD_AND_UNIT = Guarded("반", rf"(?<![가-힣])[가-힣]{{2,4}}(?:동|리|구|읍)\s?({_NUMBER}\s?(?:인민)?반)(?![가-힣]*장)")
_ENDS_LIKE_A_WORD = re.compile(
    r"(?:소리|자리|머리|다리|거리|마리|우리|꼬리|고리|무리|도리|나리|보리|오리|부리|수리|처리|관리|정리|논리|심리|원리|권리"
    r"|승리|진리|항아리|도시|감시|표시|무시|지시|당시|동시|임시|역시|일시|혹시|전시|몇시|한시|두시|세시|네시|열시|다섯시|여섯시|일곱시|여덟시|아홉시"
    r"|운동|행동|활동|노동|로동|공동|이동|감동|자동|출동|부동|변동|충동|소동|합동|진동|반동|민군|북한군|국군|미군|공군|해군|육군|적군|장군|방군"
    r"|사진|전진|행진|퇴진|촉진|돌진|선진|추진|농촌|산촌|어촌|표현|실현|출현|재현|고향|방향|영향|성향|취향|해변촌|이민촌|지구촌|대령|소령|중령|명령|법령|점령|수령|유령"
    r"|공포|대포|동포|세포|체포|배포|선포|분포|골짜기골|해골|시골|몰골|친구|누구|식구|입구|출구|창구|항구|가구|도구|축구|농구|배구|연구|요구|지구|기구|비상구|전구|호구"
    r"|이리|저리|그리|요리|뿌리|허리|갈비뼈리|유리|비리|의리|거리|까치둥지리|반동)$"
)
_COMPOUND = 4
_SHORT_VILLAGE = 3
"""Syllables of a village that no noun before its last two makes a compound: 강안리 is none of 강."""
_IN_COMPOUNDS = listed(
    "소리 자리 머리 다리 거리 꼬리 마리 고리 우리 관리 처리 항아리 도시 운동 활동 노동 로동 행동 사진 농촌 고향 방향 친구 식구 "
    "입구 출구"
)
_NOT_BEFORE_A_KIND = frozenset(
    listed(
        "그 이 저 우리 저희 다른 같은 어느 무슨 한 두 세 도 시 군 국가 정치범 로동 노동 외국인 인민 여자 녀자 남자 "
        "지방 중국 북한 조선 한국 북조선 남한 국경 임시 지하 비밀 또 그때 거기 여기 저기 다시 바로 결국 그냥 모두 "
        "현지 이민자 난민 미결 예심 도보위부 시보위부 군보위부 중앙 해당 담당 공개 강제 단속 조사 심문 그런 이런 "
        "저런 어떤 태국 라오스 베트남 몽골 미얀마 캄보디아 러시아 일본 미국 경찰 변방 안전 보위 보안 처음 나중 "
        "나중에 거기서 여기서 세관 행정 사회 인민보안 국가안전 국가보위 여성 노동자 로동자 새 옛 큰 작은 무서운"
    )
)
_NAMED_FACILITY = Guarded(_KINDS, rf"(?<![가-힣])([가-힣]{{2,6}})(\s?)((?:{_KINDS}))")
_NUMBERED = Guarded(
    "호|교화소|관리소|농장",
    rf"(?<![가-힣\d])(?:제\s?)?{_NUMBER}\s?호\s?(?:{_KINDS}|농장|초소)|(?<![가-힣\d])(?:제\s?)?{_NUMBER}\s?(?:교화소|관리소)"
    r"|(?<![가-힣\d])\d{1,2}[.·]\d{1,2}\s?(?:교화소|농장|관리소)"
    r"|(?<![가-힣\d])(?:1[1-8]|2[2-6]|십[일이사오육팔]|이십[이오])\s?호(?=[로에]?\s(?:갔|가서|들어|보내|끌려|잡혀|실려))",
)
_HELD = (
    r"(?:태국|타이|라오스|베트남|윁남|월남|몽골|미얀마|버마|캄보디아|로씨야|러시아)\s?"
    r"(?:이민국\s?수용소|이민국|이민수용소|난민수용소|수용소|보호소|대사관|영사관|경찰서|감옥)"
)
_ON_THE_WAY = Guarded(_HELD, f"(?<![가-힣]){_HELD}")
"""Where somebody was held or sheltered on the way: which country it was tells the route."""
_CALLED = Guarded(
    "이름|라는|란|마을|부락",
    r"(?:마을|동네|부락|촌|도시|고장|곳|데|시골|농촌)\s?이름(?:은|이|도)\s?[\"'“‘]?([가-힣]{2,6}?)(?=이(?:였|었|라|고|에요)|라(?:고|는)|였|인데|[.,]|$)"
    r"|(?<![가-힣])([가-힣]{2,5}?)(?:이라는|라는|이란|란)\s?(?:데|곳|마을|동네|시골|농촌|촌|도시|고장|섬|산|강)(?=[^가-힣]|[에로서까이]|$)"
    r"|(?<![가-힣])([가-힣]{2,4})\s(?:마을|부락)(?=[^가-힣]|[에로서까의]|$)",
)
_ANY_VILLAGE = frozenset(
    listed(
        "한족 조선족 산골 우리 그 이 저 작은 시골 고향 옆 윗 아랫 이웃 온 다른 같은 어느 무슨 농촌 국경 산속 강변 "
        "그런 어떤 큰 먼 여기 거기 저기 바닷가 강가 외딴 집 살던 있는 없는 가난한 조용한 이런 건너편 맞은편 중국 "
        "조선 이름 그쪽 이쪽 한국 북한 시집 본가 친정 남의 새 옛 첫 여러"
    )
)
_ENGLISH_FACILITY = Guarded(
    "[Cc]amp|prison|center|centre|facility|station|shelter|jail|office|called|named|of",
    r"\b((?:[A-Z][\w’'-]+\s){1,3}(?:County\s)?(?:prison camp|prison|detention (?:center"
    r"|centre|facility)|holding (?:center|centre)|labou?r camp|"
    r"political prison camp|re-?education camp|camp|police station"
    r"|interrogation (?:center|centre)|shelter|jail|immigration office))\b"
    r"|\b([Cc]amp (?:[Nn]o\.\s?|[Nn]umber\s)?(?:\d{1,3}|twelve|eleven|fifteen|fourteen|sixteen|eighteen|twenty-(?:two|five)))\b"
    r"|\b(?:village|town|city|county|place|hamlet|farm)\s(?:called|named|of)\s([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)",
)
_NOT_A_NAME = frozenset(listed(
    "The A An This That My Our In At From To We They He She It When After Before Then No Chinese North South Korean "
    "Thai Lao"
))


_SAID = ("했", "하던", "하더", "있", "없")
_BEFORE_VILLAGE = 3
"""The group of `_CALLED` that needs a closer look: any word may stand before 마을."""


class PlaceShapes:
    name = "place_shapes"

    def __init__(self, words: Words, places: Mapping[str, Place]) -> None:
        self._words = words.korean
        self._places = frozenset(form for form in places if len(form) > 1 and is_hangul(form[0]))

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for match in _VILLAGE.matches(text):
            said = match.group(1)
            start, end = match.span(1)
            compound = end - start > _SHORT_VILLAGE and passage.is_common_noun(start, end - 2)
            known = passage.begins_no_noun(start) or compound or said in self._words or _ends_like_a_word(said)
            if not known and self._is_no_common_noun(passage, match):
                yield Finding(start, end, EntityType.PLACE, IdentifierClass.QUASI, 0.5)
        for match in _WORKERS_SETTLEMENT.matches(text):
            yield Finding(*match.span(), EntityType.PLACE, IdentifierClass.QUASI, 0.7)
        for match in _IN_A_COUNTY.matches(text):
            if not _ENDS_LIKE_A_WORD.search(match.group(1)):
                yield Finding(*match.span(1), EntityType.PLACE, IdentifierClass.QUASI, 0.5)
        for match in _IN_A_PLACE.matches(text):
            if match.group(1) in self._places and not _ENDS_LIKE_A_WORD.search(match.group(2)):
                yield Finding(*match.span(2), EntityType.PLACE, IdentifierClass.QUASI, 0.5)
        for match in _TO_SOMEWHERE.matches(text) if passage.morphemes else ():
            start, end = match.span(2)
            plain = match.group(2) in self._words or passage.is_common_noun(start, end) or passage.begins_no_noun(start)
            if match.group(1) in self._places and not plain:
                yield Finding(start, end, EntityType.PLACE, IdentifierClass.QUASI, 0.4)
        for match in _WARD_AND_UNIT.matches(text):
            yield Finding(*match.span(1), EntityType.PLACE, IdentifierClass.QUASI, 0.6)
        for match in _ON_THE_WAY.matches(text):
            yield Finding(*match.span(), EntityType.FACILITY, IdentifierClass.QUASI, 0.55)
        for match in _NUMBERED.matches(text):
            yield Finding(*match.span(), EntityType.FACILITY, IdentifierClass.QUASI, 0.85)
        for match in _NAMED_FACILITY.matches(text):
            if self._names(match.group(1)) and stands_free(text, match.end(3)):
                yield Finding(match.start(1), match.end(3), EntityType.FACILITY, IdentifierClass.QUASI, 0.5)
        yield from self._called(passage)
        yield from _in_english(text)

    def _names(self, said: str) -> bool:
        if said in _NOT_BEFORE_A_KIND or said in self._words:
            return False
        return said[-1] not in "은는을를의에던인된할간한서로고가이도"

    def _called(self, passage: Passage) -> Iterator[Finding]:
        for match in _CALLED.matches(passage.text):
            group = next(i for i in (1, 2, 3) if match.group(i))
            said = match.group(group)
            known = said.startswith(_SAID) or (
                group == _BEFORE_VILLAGE and (not self._names(said) or passage.begins_no_noun(match.start(group)))
            )
            if said not in _ANY_VILLAGE and not known:
                yield Finding(*match.span(group), EntityType.PLACE, IdentifierClass.QUASI, 0.6)

    def _is_no_common_noun(self, passage: Passage, match: re.Match[str]) -> bool:
        """A shape with rare endings (포, 골, 령, 구 …) is a place only where it is no word that the analysis knows."""
        start, end = match.span(1)
        exactly = (one for one in passage.morphemes if (one.start, one.end) == (start, end))
        return not any(one.part is Part.NOUN and one.rank is not None for one in exactly)


def _ends_like_a_word(said: str) -> bool:
    """Few compounds of four syllables end in such a word (울음소리, 일자리): 역구도리 is a village."""
    return bool(_ENDS_LIKE_A_WORD.search(said)) and (len(said) < _COMPOUND or said.endswith(_IN_COMPOUNDS))


def _in_english(text: str) -> Iterator[Finding]:
    for match in _ENGLISH_FACILITY.matches(text):
        group = next(i for i in (1, 2, 3) if match.group(i))
        start, end = match.span(group)
        while text[start:end].split(maxsplit=1)[0] in _NOT_A_NAME and len(text[start:end].split()) > 1:
            start += len(text[start:end].split(maxsplit=1)[0]) + 1
        if text[start].isupper() or group == 2:
            kind = EntityType.PLACE if group == 3 else EntityType.FACILITY
            yield Finding(start, end, kind, IdentifierClass.QUASI, 0.6)
