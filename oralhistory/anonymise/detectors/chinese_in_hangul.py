"""Chinese names as Koreans write them by ear: 왕더성, 장쯔쉬안, 류바오, 샤오홍, 라오왕.

Such a name begins with a Chinese surname or with 샤오, 라오, 아, goes on in syllables that Mandarin has, and at least one of
them is one that Korean words hardly have.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.detectors.name_cues import announces
from oralhistory.anonymise.detectors.spelled_names import OFFICES
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.wordlists import GivenNames, Words, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SURNAMES = listed(
    "왕 장 리 류 리우 천 첸 양 자오 짜오 황 저우 조우 우 쉬 쑨 순 주 마 후 궈 허 가오 까오 린 뤄 로 정 쩡 량 셰 시에 "
    "쑹 송 탕 펑 덩 차오 한 샤오 톈 티엔 둥 동 판 위안 위 유 차이 두 딩 루 야오 쟝 쨩 웨이 쉐 예 옌 얀 친 진 스 쉬에 "
    "다이 뤼 훠 완 바이 마오 치엔 지 투 당"
)
_NICKNAMED = listed("샤오 쑈 쇼 쌰오 라오 로우 따 아")
_SYLLABLES = frozenset(
    listed(
        "가 가오 가이 간 강 거 거우 건 겅 과 과이 관 광 구 구이 군 궁 궈 까오 꺼 꾸이 나 나오 나이 난 낭 냐오 냥 너 넌 넝 "
        "네이 녜 녠 놘 누 눙 눠 뉘 뉴 니 닌 닝 다 다오 다이 단 당 댜오 더 더우 덩 뎨 뎬 동 돤 두 두이 둔 둥 둬 디 디엔 딩 "
        "따 떠 뚜 뚱 띠 라 라오 라이 란 랑 랴오 량 러 러우 런 렁 레이 렌 례 롄 롱 롼 루 루오 루이 룬 룽 뤄 뤠 뤼 류 르 리 "
        "리엔 리우 린 링 마 마오 마이 만 망 먀오 머우 먼 멍 메이 몌 몐 모 무 미 민 밍 바 바오 바이 반 방 뱌오 번 벙 베이 "
        "볘 볜 보 부 비 빈 빙 빠 빠오 뻬이 삐 삐엔 사 사오 사이 산 상 샤 샤오 샨 샹 서 서우 선 성 션 셩 셰 셴 솨이 솽 쇼 "
        "수 수이 순 숴 쉐 쉬 쉬안 쉬엔 쉰 슈 슝 스 시 시에 신 신위 싱 싸 싸오 싸이 싼 쌍 쌰오 써 써우 썬 썽 쑈 쑤 쑤이 쑨 "
        "쑹 쒀 쓰 씨 씬 씽 아 아오 아이 안 앙 야 야오 얀 양 어 얼 예 옌 와 와이 완 왕 용 우 워 원 웡 웨 웨이 위 위안 위엔 "
        "윈 유 융 이 인 잉 자 자오 자이 잔 장 쟈 쟈오 쟝 저 저우 전 정 제 젠 젼 종 좐 좡 주 주이 준 중 줘 줴 쥐 쥐안 쥔 "
        "쥬 즈 지 지에 지엔 진 징 짜 짜오 짜이 짠 짱 쨔 쨩 쩌 쩌우 쩐 쩡 쩨 쭈 쭌 쭝 쭤 쮠 쯔 찐 찡 차 차오 차이 찬 창 "
        "챠오 챵 처 처우 천 청 체 첸 쳰 촨 촹 추 추이 춘 충 춰 췌 취 취안 췬 츄 츠 치 치앙 치엔 친 칭 카 카오 카이 칸 캉 "
        "커 커우 컨 컹 콰 콰이 콴 쾅 쿠 쿠이 쿤 쿵 쿼 타 타오 타이 탄 탕 탸오 터 터우 텅 톄 톈 통 퇀 투 투이 툰 퉁 퉈 티 "
        "티엔 팅 파 파오 파이 판 팡 퍄오 퍼우 펀 펑 페이 폔 포 푸 피 핀 핑 하 하오 하이 한 항 허 허우 헌 헝 헤이 홍 화 "
        "화이 환 황 후 후이 훈 훙 훠"
    )
)
"""Mandarin as the rules of the National Institute of Korean Language spell it, and as it is spelled by ear."""
_HARDLY_KOREAN = frozenset(
    listed(
        "구이 궁 궈 까오 꺼 꾸이 냐오 넝 녜 녠 놘 눙 눠 뉘 댜오 더 덩 뎨 뎬 돤 둥 둬 디엔 따 떠 뚱 띠 라오 란 랴오 량 렁 "
        "레이 롄 롼 루이 룽 뤄 뤠 뤼 르 리엔 링 먀오 멍 메이 몌 몐 밍 바오 뱌오 벙 볘 볜 빠 빠오 뻬이 삐 삐엔 샤오 샨 샹 "
        "서우 션 셩 셰 셴 솨이 솽 쇼 숴 쉐 쉬 쉬안 쉬엔 쉰 슝 싸이 쌰오 써우 썬 썽 쑈 쑤 쑤이 쑨 쑹 쒀 쓰 씽 얼 옌 워 웡 "
        "웨 웨이 위안 위엔 윈 잉 쟈 쟈오 쟝 저우 젠 좐 좡 줘 줴 쥐 쥐안 쥔 쥬 즈 지에 지엔 짜오 쨔 쨩 쩌 쩌우 쩐 쩡 쭈 쭌 "
        "쭝 쭤 쮠 쯔 찡 챠오 챵 쳰 촨 촹 춰 췌 취안 췬 츄 츠 치앙 치엔 칭 캉 커 콴 쾅 쿤 쿵 쿼 탸오 터우 텅 톄 톈 퇀 툰 "
        "퉁 퉈 티엔 팅 퍄오 펑 페이 폔 핑 하오 헝 후이 훙 훠"
    )
)
_A_STRANGE_ONE = re.compile(any_of(_HARDLY_KOREAN))
_BEGINNINGS = frozenset((*_SURNAMES, *_NICKNAMED))
_ONLY_CHINESE = listed(
    "리우 첸 자오 짜오 저우 조우 쉬 쑨 궈 가오 까오 린 뤄 쩡 량 셰 시에 쑹 펑 덩 차오 샤오 톈 티엔 둥 위안 차이 두 딩 루 "
    "야오 쟝 쨩 웨이 쉐 얀 쉬에 다이 뤼 훠 완 바이 마오 치엔 퍄오 피아오 진 황 왕 류 장 마 양 후"
)
_NOTHING_BUT_A_SURNAME = (
    rf"(?:{any_of(_ONLY_CHINESE)})"
    rf"(?=\s?씨(?![가-힣]{{3}})|가네|가라는|\s(?:커장|뚜이장|쉬지|슈지|스푸|따거|다거|따제|다제|다이푸|영감|로인|노인|로반|라오반|공안|{'|'.join(OFFICES)})|라는\s(?:사람|남자|한족|여자|녀자|영감|집|놈))"
)
_SURNAME_ALONE = Guarded(_NOTHING_BUT_A_SURNAME, rf"(?<![가-힣]){_NOTHING_BUT_A_SURNAME}")
"""저우씨네, 쉬라는 남자: a surname that only Chinese people have, with what is said behind a surname."""
_BY_FIRST = {one[0]: tuple(two for two in _BEGINNINGS if two[0] == one[0]) for one in _BEGINNINGS}
_LONGEST = 5
_SURE_ENOUGH = 2
_GIVEN_PARTS = 2
_LONGEST_GIVEN = 5
_SAID_OF_PEOPLE = 0.2


class ChineseInHangul:
    name = "chinese_in_hangul"

    def __init__(self, names: GivenNames, words: Words) -> None:
        self._given = names.given
        self._surnames = names.surnames
        self._words = words.korean

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for match in _SURNAME_ALONE.matches(text):
            yield Finding(*match.span(), EntityType.PERSON, IdentifierClass.DIRECT, 0.55)
        for word in passage.words:
            yield from self._without_surname(passage, word)
        for word in passage.syllables:
            first = word.group()[0]
            if (first not in _BY_FIRST and first not in self._surnames) or not may_be_mandarin(word.group()):
                continue
            length = next((n for n in range(min(_LONGEST, len(word.group())), 1, -1) if self._is_name(passage, word, n)), 0)
            if length:
                end = word.start() + length
                yield Finding(word.start(), end, EntityType.PERSON, IdentifierClass.DIRECT, self._score(passage, word.start()))

    def _without_surname(self, passage: Passage, word: re.Match[str]) -> Iterator[Finding]:
        """A given name alone, as a family says it: 쯔한이, 하오위가, 팅팅 데리고.

        A single syllable that no Korean word has, or one said twice, needs a cue.
        """
        text, start, whole = passage.text, word.start(), word.group()
        if whole[:1] != whole[1:2] and not may_be_mandarin(whole):
            return
        for length in range(min(_LONGEST_GIVEN, len(word.group())), 1, -1):
            said, end = word.group()[:length], start + length
            parts, strange = _parted(said), strangeness(said)
            if len(parts) != _GIVEN_PARTS or said in self._words or said in self._given or not stands_free(text, end):
                continue
            twice = parts[0] == parts[1]
            if passage.begins_no_noun(start) or passage.is_common_noun(start, end) or not (strange or twice):
                continue
            cue = announces(text, start, end)
            if strange == _GIVEN_PARTS or cue >= _SAID_OF_PEOPLE:
                yield Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, 0.4 + cue / 2)
                return

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


def may_be_mandarin(word: str) -> bool:
    """Whether anything stands in it that Korean words hardly have: a quick look before a slow one."""
    return _A_STRANGE_ONE.search(word) is not None


def strangeness(said: str) -> int:
    """How many of two Mandarin syllables that `said` is made of no Korean word has; 0 if it is not made of two."""
    parts = _parted(said) if may_be_mandarin(said) else ()
    return sum(part in _HARDLY_KOREAN for part in parts) if len(parts) == _GIVEN_PARTS else 0


def _parted(said: str) -> tuple[str, ...]:
    """`said` as Mandarin syllables, as few as possible; () if it is not made of them."""
    if said in _SYLLABLES:
        return (said,)
    for length in (3, 2, 1):
        if said[:length] in _SYLLABLES and len(said) > length and (rest := _parted(said[length:])):
            return (said[:length], *rest)
    return ()
