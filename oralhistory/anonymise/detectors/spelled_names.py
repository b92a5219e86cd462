"""Names with an office or a form of address, and names said syllable by syllable.

고 보위원, 강 아바이, 박 소좌: a surname stands before it, apart or not. 최 금 단: surname and syllables, each apart.
신자 태자 룡자: the polite way to tell an elder's name.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.wordlists import GivenNames, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_OFFICES = listed(
    "씨 선생 과장 부장 사장 반장 소장 지도원 보위원 보안원 안전원 계호원 대장 중대장 소대장 대대장 분조장 위원장 "
    "관리위원장 인민반장 목사 선교사 전도사 집사 장로 권사 신부 수녀 동무 동지 비서 교장 교원 서기 여사 박사 교수 "
    "의사 서방 간호원 간호사 경위 경감 형사 검사 판사 변호사 상위 중위 소위 대위 소좌 중좌 상좌 대좌 중장 상장 상사 "
    "중사 하사 특무상사 상등병 군관 부대장 련대장 연대장 사단장 과장님 기자 감독 실장 국장 팀장 차장 대리"
)
_ELDERS = listed(
    "과부 로파 노파 령감 아낙 처녀 총각 색시 새댁 아바이 아매 영감 할매 할멈 할머니 할아버지 로인 노인 아지미 "
    "아즈바이 아저씨 아주머니 아줌마 어르신 서방 언니 오빠 누나 누이 형 이모 삼촌"
)
_PEOPLE = listed(
    "사람 한족 조선족 남자 녀자 여자 총각 처녀 아이 애 놈 년 청년 녀성 여성 남성 브로커 안전원 보위원 군인 로인 노인 "
    "중국 농민"
)
_NOT_A_SURNAME_BEFORE_ELDERS = frozenset(
    listed("이 한 전 여 두 세 네 새 옛 첫 온 내 제 그 저 큰 뒤 앞 옆 윗 안 모 어 하 라 나 동")
)
_NOT_A_SURNAME = frozenset(listed(
    "그 저 내 제 새 옛 첫 온 두 세 네 본 우 주 구 원 하 라 나 기 도 소 부 총 전 현 여 남 지 동"
))
_AFTER = r"(?=[^가-힣]|$|[은는이가을를의도과와님네에한께하라랑만였인임])"


class SpelledNames:
    name = "spelled_names"

    def __init__(self, names: GivenNames) -> None:
        surnames = names.surnames | names.rare_surnames
        before_office = "|".join(sorted(surnames - _NOT_A_SURNAME, key=len, reverse=True))
        before_elder = "|".join(sorted(surnames - _NOT_A_SURNAME_BEFORE_ELDERS, key=len, reverse=True))
        office = re.compile(rf"(?<![가-힣])(?:{before_office})\s?(?:{_any(_OFFICES)}){_AFTER}")
        elder = re.compile(rf"(?<![가-힣])(?:(?:{before_elder})|동(?=\s영감))\s(?:{_any(_ELDERS)}){_AFTER}")
        low = re.compile(rf"(?<![가-힣])(?:{before_elder})가\s?(?:놈|년|네|새끼|란\s|라는|라고)")
        everybody = "|".join(sorted(surnames - frozenset(listed("그 저 내 제 하")), key=len, reverse=True))
        plainly = re.compile(rf"(?<![가-힣])(?:{everybody})\s?씨(?!야|[가-힣]{{3}})")
        syllable = f"[{''.join(names.syllables - {'씨', '가', '나', '이', '의'})}]"
        surest = "|".join(sorted(names.surnames - frozenset(listed("이 전 한 안 신")), key=len, reverse=True))
        apart = re.compile(
            rf"(?<![가-힣])(?:{surest})\s{syllable}\s{syllable}(?=\s?(?:이라"
            rf"|라[고는구]|이렇|씨|이[에예요였]|입니다|임다)|[\s.,!?]|$)"
        )
        polite = re.compile(r"(?<![가-힣])[가-힣]자\s[가-힣]자(?:\s[가-힣]자)?(?=[\s,.]|이|를|라|입|임|예|쓰|$)")

        held = "|".join(sorted(surnames - _NOT_A_SURNAME_BEFORE_ELDERS - _NOT_A_SURNAME, key=len, reverse=True))
        honoured = re.compile(rf"(?<![가-힣])(?:{held})\s?[가-힣]{{1,4}}(?=님{_AFTER})")
        ranked = re.compile(rf"(?<![가-힣])(?:{held})\s(?:[가-힣]{{1,4}}(?:장|원|관|사|위|좌|령|병)|교도|간부|비서|기사){_AFTER}")
        alone = re.compile(rf"(?<![가-힣])(?![뭐너나저걔얘개이그])[가-힣](?=이?라는\s(?:{_any(_PEOPLE)}))")
        self._patterns = (
            (honoured, 0.5), (ranked, 0.45), (alone, 0.5), (office, 0.55), (plainly, 0.55), (low, 0.5), (elder, 0.5),
            (apart, 0.6), (polite, 0.8),
        )  # fmt: skip

    def find(self, passage: Passage) -> Iterator[Finding]:
        for pattern, score in self._patterns:
            for match in pattern.finditer(passage.text):
                yield Finding(*match.span(), EntityType.PERSON, IdentifierClass.DIRECT, score)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(set(words), key=len, reverse=True))
