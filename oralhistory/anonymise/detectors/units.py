"""Military units, workplaces and institutions by their names: 제10군단, 27려단, 무산광산, 2.8 비날론공장, 희망식당, 9th Corps.

What only says of which kind a workplace is (국수공장, 협동농장, 인민병원) names nobody and is left alone.
"""

from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.wordlists import Words, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_NUMBER = r"(?:\d{1,4}|[일이삼사오육륙칠팔구십백공]{1,6})"
_FORMATIONS = "군단|사단|여단|려단|련대|연대|대대|중대|총국|훈련소|돌격대|군부대|부대|정찰국|기계화군단"
_FORMATION = Guarded(
    _FORMATIONS,
    rf"(?<![가-힣\d.])(?:(?:국경경비(?:대|총국)?|경비대?|조선인민군|인민군|해군|공군|제)\s?)?(?:제\s?)?{_NUMBER}\s?(?:호\s?)?(?:{_FORMATIONS})(?:\s?{_NUMBER}\s?(?:대대|중대|소대))?",
)
_WORKPLACES = listed(
    "련합기업소 연합기업소 기업소 탄광 광산 제철소 제강소 제련소 공장 농장 목장 담배농장 발전소 조선소 돌격대 사업소 "
    "수산사업소 림산사업소 과학원 식당 병원 요양원 학교 대학교 대학 유치원 탁아소 교회 성당 복지관 센터 회사 상점 백화점 "
    "호텔 려관 여관 모텔 노래방 미용실 마트 출판사 신문사 방송국 극장 군의소 작업반 직장 무역회사 외화벌이 관리국 사령부 "
    "연구소 련구소 협회 재단 쉼터 복장공사 유한공사 무역공사 랭면 냉면집 반찬가게 미장원 편의점 은행 신협 새마을금고 "
    "요양병원 어린이집 초등학교 중학교 고등학교 고등중학교 소학교 대학원 전문학교 복지회관 아파트 빌라 연구원 약국 분식 김밥 "
    "반점 치킨 가족회 동지회 연합회 협의회 상담소 관리대 시장 방송통신대 사이버대 의원 치과 한의원 여대 의대"
)
_WORKPLACE = Guarded(any_of(_WORKPLACES), rf"(?<![가-힣])([가-힣]{{2,8}}?)(\s?)({any_of(_WORKPLACES)})")
_BY_DATE = Guarded(
    r"\d[.·]\d",
    rf"(?<![\d.])\d{{1,2}}[.·]\d{{1,2}}\s?[가-힣]{{0,6}}(?:{any_of(_WORKPLACES)}|농장|돌격대)",
)
_COHORT = Guarded(
    r"[\d일이삼사오육칠팔구십백]\s?기",
    r"(?<![\d가-힣])(?:제\s?)?(?:\d{1,3}|[일이삼사오육칠팔구십백]{2,6})\s?기(?![가-힣]{3})",
)
_COHORT_ALONE = Guarded(
    r"[\d일이삼사오육칠팔구십백]\s*기",
    r"(?<![\d가-힣])(?:제\s?)?(?:[1-3]?\d\d|[이삼]?백[이삼사오육칠팔구]?십?\s?[일이삼사오육칠팔구]?|[이삼사오육칠팔구]십\s?[일이삼사오육칠팔구]?)\s?기"
    r"(?=예요|이에요|입니다|임다|였|이었|인데|이고|로\s|\s?(?:졸업|수료|동기|생)|[.,]|$)",
)
"""A year of the settlement school by its number, where the school is not named: 이백이십 기예요."""
_SECTION = Guarded(r"\d과", r"(?<![가-힣\d])\d{1,2}과(?=[에의로였이]|에서|[\s.,]|$)")
_BY_NUMBER = Guarded(
    r"[\d일이삼사오육륙칠팔구십백공]\s?호",
    rf"(?<![가-힣\d])(?:제\s?)?{_NUMBER}\s?호\s?[가-힣]{{0,3}}(?:농장"
    rf"|작업반|직장|공장|관리국|돌격대|창고|사업소)",
)
_PARTS = r"\d\s?(?:작업반|직장|인민반|분조|소대|중대|갱|구대)"
_NUMBERED_SECTION = Guarded(
    _PARTS, rf"(?<![가-힣])(?:[가-힣]{{2,4}}\s?)?(?<![\d가-힣])(?:제\s?)?\d?{_PARTS}(?![가-힣]{{3}})",
)
"""A part of a workplace by its number: 피복 3직장, 제2갱."""
_OF_A_KIND = frozenset(
    listed(
        "국수 벽돌 담배 신발 옷 식료 식료품 방직 피복 가구 종이 비료 세멘트 시멘트 기계 자동차 화학 제약 술 맥주 "
        "두부 김치 과자 사탕 가발 봉제 전자 전기 가방 장난감 비누 유리 도자기 고무 타이어 군수 철강 군복 강철 목재 "
        "제재 가공 수산 통조림 생선 조개 반도체 플라스틱 건재 염색 자전거 협동 국영 종합 집단 돼지 닭 양 염소 소 말 "
        "오리 인삼 과수 배 사과 축산 채소 버섯 콩 벼 옥수수 조선 한국 중국 일본 미국 남조선 북한 북조선 구내 학생 "
        "직원 개인 합숙 냉면 불고기 고기 조선족 한족 큰 작은 시골 우리 저희 무슨 어느 그런 이런 저런 다른 같은 여러 "
        "모든 그 이 저 옛 새 첫 인민 군 도 시 중앙 결핵 산부인과 정신 대학 근처 동네 지방 시내 국립 시립 외국인 고등 "
        "중등 초등 고등중 기술 직업 군사 야간 어학 대안 특수 의학 사범 농업 외국어 경제 공업 체육 예술 정치 "
        "김일성종합 통신 상업 의과 지하 가정 한인 감리 장로 순복음 천주 수력 화력 원자력 풍력 변전 무역 외화 "
        "외화벌이 주식 건설 청소 용역 보험 여행 택배 물류 운수 소년단 로동 노동 속도전 속도전청년 백화 장마당 농민 "
        "상담 건강 지원 보건 의료 쇼핑 콜 서비스 복지 사회 관광 국제 최고 인민군 국경 경비 기동 순찰 공급 배급 부속 "
        "생산 련합 연합 제일 자기 남의 본 전체 개별 합영 합작 동무네 자기네 부모 남편 아들 딸 어머니 아버지 언니 "
        "오빠 동생 재래 도매 농산물 야채 과일 전통 골목 새벽 임대 고층 주공 국민임대 신축 방직 피복 공동 연립 한방 동네 농촌 도시"
    )
)
_ENGLISH = Guarded(
    "Corps|Division|Brigade|Regiment|Battalion|Company|Unit|Bureau|Department|Squad|Team|Ministry|Works|Mine|Factory|Plant|Farm"
    "|Hospital|University|School|Church|Restaurant|Mill|Complex|Shelter|Foundation",
    r"\b(?:the\s)?(\d{1,4}(?:st|nd|rd|th)\s(?:[A-Z][a-z]+\s){0,2}(?:Corps|Division|Brigade|Regiment|Battalion|Company|Unit|Bureau|Department|Squad|Team))\b"
    r"|\b((?:the\s)?Ministry\sof\s(?:[A-Z][a-z]+)(?:\sand\s[A-Z][a-z]+)?)\b"
    r"|\b(Unit\s(?:No\.\s?)?\d{2,5})\b"
    r"|\b((?:[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?\s){1,4}(?:Works|Mine|Mines|Factory|Plant|Farm|Hospital|University|School|Church|Restaurant|Mill|Complex|Company|Shelter|Foundation))\b",
)
_CHINESE = Guarded(
    "军团|师|旅|团|大队|工厂|农场|矿|期",
    r"第?[一二三四五六七八九十百\d]{1,4}(?:军团|师|旅|团|大队)(?!结)"
    r"|第[一二三四五六七八九十\d]{1,3}(?:工厂|农场|矿)"
    r"|第?(?:[一二三四五六七八九十百]{2,6}|\d{2,3})期(?!间|望|待|限)",
)


_NAMES_TOO = frozenset(
    listed(
        "희망 청년 승리 통일 은혜 사랑 평화 행복 소망 믿음 새벽 샛별 하나 한마음 미래 태양 무지개 은하 아리랑 새생명 "
        "생명 새출발 충성 영광 광명 백두 조국 혁명 전진 천리마"
    )
)
"""Plain words that workplaces are named by."""


class Units:
    name = "units"

    def __init__(self, words: Words) -> None:
        self._words = words.korean

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for pattern, score in ((_FORMATION, 0.75), (_BY_DATE, 0.8), (_BY_NUMBER, 0.7), (_SECTION, 0.5), (_NUMBERED_SECTION, 0.5)):
            for match in pattern.matches(text):
                yield _unit(*match.span(), score)
        if "하나원" in text:
            for match in _COHORT.matches(text):
                yield Finding(*match.span(), EntityType.OTHER, IdentifierClass.QUASI, 0.6)
        for match in _COHORT_ALONE.matches(text):
            yield Finding(*match.span(), EntityType.OTHER, IdentifierClass.QUASI, 0.5)
        for match in _WORKPLACE.matches(text):
            if not match.group(2) and self._names(match.group(1)) and stands_free(text, match.end(3)):
                yield _unit(match.start(1), match.end(3), 0.5)
        for match in _ENGLISH.matches(text):
            group = next(i for i in (1, 2, 3, 4) if match.group(i))
            if match.group(group).split()[0] not in ("The", "A", "An", "My", "Our", "His", "Her", "Their", "This", "That"):
                yield _unit(*match.span(group), 0.7)
        for match in _CHINESE.matches(text):
            yield _unit(*match.span(), 0.6)

    def _names(self, said: str) -> bool:
        if said in _NAMES_TOO:
            return True
        return said not in _OF_A_KIND and said not in self._words and said[-1] not in "는은을를의에던한인된할" and len(said) > 1


def _unit(start: int, end: int, score: float) -> Finding:
    return Finding(start, end, EntityType.ORG, IdentifierClass.QUASI, score)
