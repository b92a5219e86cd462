"""Chinese names as Koreans write them by ear: 왕더성, 장쯔쉬안, 류바오, 샤오홍, 라오왕.

Such a name begins with a Chinese surname or with 샤오, 라오, 아, goes on in syllables that Mandarin has, and at least one of
them is one that Korean words hardly have.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.spelled_names import OFFICES
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.wordlists import GivenNames, Words, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SURNAMES = listed(
    "왕 장 리 류 리우 천 첸 양 자오 짜오 황 저우 조우 우 쉬 쑨 순 주 마 후 궈 허 가오 까오 린 뤄 로 정 쩡 량 셰 시에 "
    "쑹 송 탕 펑 덩 차오 한 샤오 톈 티엔 둥 동 판 위안 위 유 차이 두 딩 루 야오 쟝 쨩 웨이 쉐 예 옌 얀 친 진 스 쉬에 "
    "다이 뤼 훠 완 바이 마오 치엔 지 투 당"
)
_NICKNAMED = listed("샤오 쑈 라오 로우 따 아")
_SYLLABLES = frozenset(
    listed(
        "더 떠 성 썽 셩 바오 빠오 쯔 즈 쉬안 쉬엔 쉬 쥔 쮠 쥐 젠 지엔 제 지에 징 칭 치앙 창 챵 밍 민 빈 빙 핑 잉 훙 "
        "홍 룽 롱 퉁 통 쿤 후이 루이 수이 구이 웨이 페이 메이 레이 하이 라이 카이 차이 타오 하오 가오 마오 야오 라오 "
        "샤오 쑤 쑹 쓰 스 시 신 싱 샤 샹 샨 산 셴 션 쉐 슈 슝 솽 톈 티엔 팅 텅 팡 펑 푸 위 위안 윈 원 옌 얀 양 예 이 "
        "인 용 융 난 나 니 리 린 링 량 롄 렌 류 란 루 뤄 루오 춘 추 치 친 첸 천 전 쩐 젼 정 쩡 쭝 중 종 저 주 줘 자 "
        "자오 장 지 진 짜이 다 따 다오 동 둥 두 덩 딩 보 베이 화 환 후 허 한 궈 광 관 구 가 강 캉 커 콰 완 왕 안 "
        "아이 얼 어 만 먼 모 무 취 취안 췬 쟈 쟈오 쥬 신위"
    )
)
_HARDLY_KOREAN = frozenset(
    listed(
        "쯔 쉬안 쉬엔 쉬 쥔 쮠 쥐 쑤 쑹 쓰 샤오 샹 샨 셴 쉐 슝 솽 톈 티엔 팅 텅 펑 위안 윈 옌 롄 뤄 쩡 쩐 쭝 짜오 줘 "
        "췬 취안 쟈 쟈오 쩌 궈 퉁 훙 룽 덩 둥 바오 빠오 하오 메이 페이 레이 후이 루이 구이 더 떠 썽 즈 칭 챵 치앙 밍 "
        "핑 잉 링 량 란 쿤 얼 커 캉 따 지엔 지에 션 셩 치엔 웨이 라오"
    )
)
_BEGINNINGS = frozenset((*_SURNAMES, *_NICKNAMED))
_ONLY_CHINESE = listed(
    "리우 첸 자오 짜오 저우 조우 쉬 쑨 궈 가오 까오 린 뤄 쩡 량 셰 시에 쑹 펑 덩 차오 샤오 톈 티엔 둥 위안 차이 두 딩 루 "
    "야오 쟝 쨩 웨이 쉐 얀 쉬에 다이 뤼 훠 완 바이 마오 치엔 퍄오 피아오 진 황 왕 류 장 마 양 후"
)
_SURNAME_ALONE = re.compile(
    rf"(?<![가-힣])(?:{any_of(_ONLY_CHINESE)})"
    rf"(?=\s?씨(?![가-힣]{{3}})|가네|가라는|\s(?:커장|뚜이장|쉬지|슈지|스푸|따거|다거|따제|다제|다이푸|영감|로인|노인|로반|라오반|공안|{'|'.join(OFFICES)})|라는\s(?:사람|남자|한족|여자|녀자|영감|집|놈))"
)
"""저우씨네, 쉬라는 남자: a surname that only Chinese people have, with what is said behind a surname."""
_BY_FIRST = {one[0]: tuple(two for two in _BEGINNINGS if two[0] == one[0]) for one in _BEGINNINGS}
_HANGUL = re.compile(r"[가-힣]+")
_LONGEST = 5
_SURE_ENOUGH = 2


class ChineseInHangul:
    name = "chinese_in_hangul"

    def __init__(self, names: GivenNames, words: Words) -> None:
        self._given = names.given
        self._surnames = names.surnames
        self._words = words.korean

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for match in _SURNAME_ALONE.finditer(text):
            yield Finding(*match.span(), EntityType.PERSON, IdentifierClass.DIRECT, 0.55)
        for word in _HANGUL.finditer(text):
            if word.group()[0] not in _BY_FIRST and word.group()[0] not in self._surnames:
                continue
            length = next((n for n in range(min(_LONGEST, len(word.group())), 1, -1) if self._is_name(passage, word, n)), 0)
            if length:
                end = word.start() + length
                yield Finding(word.start(), end, EntityType.PERSON, IdentifierClass.DIRECT, self._score(passage, word.start()))

    def _is_name(self, passage: Passage, word: re.Match[str], length: int) -> bool:
        said = word.group()[:length]
        if passage.begins_no_noun(word.start()):
            return False
        if said in self._words or said[1:] in self._given or not stands_free(passage.text, word.start() + length):
            return False
        for first in _BY_FIRST.get(said[0], ()):
            if said.startswith(first) and len(said) > len(first):
                parts = _parted(said[len(first) :])
                if parts and len(parts) <= _SURE_ENOUGH and self._is_mandarin(passage, word.start(), first, parts):
                    return True
        parts = _parted(said[1:]) if said[0] in self._surnames else ()
        return bool(parts) and len(parts) <= _SURE_ENOUGH and self._is_mandarin(passage, word.start(), "", parts)

    def _is_mandarin(self, passage: Passage, start: int, first: str, parts: tuple[str, ...]) -> bool:
        strange = sum(part in _HARDLY_KOREAN for part in (first, *parts))
        return strange >= _SURE_ENOUGH or (strange == 1 and passage.hints_at_name(start))

    def _score(self, passage: Passage, start: int) -> float:
        return 0.7 if passage.hints_at_name(start) else 0.55


def _parted(said: str) -> tuple[str, ...]:
    """`said` as Mandarin syllables, as few as possible; () if it is not made of them."""
    if said in _SYLLABLES:
        return (said,)
    for length in (3, 2, 1):
        if said[:length] in _SYLLABLES and len(said) > length and (rest := _parted(said[length:])):
            return (said[:length], *rest)
    return ()
