"""Names with an office or a form of address, and names said syllable by syllable.

고 보위원, 강 아바이, 박 소좌, 류가, 길주댁: a surname or a home stands before it, apart or not. 최 금 단: surname and
syllables, each apart.
신자 태자 룡자: the polite way to tell an elder's name. 김 뭐시기: a surname whose given name is forgotten.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.detectors.kin import KOREAN_ROLES
from oralhistory.anonymise.wordlists import GivenNames, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

OFFICES = listed(
    "씨 선생 과장 부장 사장 반장 소장 지도원 보위원 보안원 안전원 계호원 대장 중대장 소대장 대대장 분조장 위원장 "
    "관리위원장 인민반장 목사 선교사 전도사 집사 장로 권사 신부 수녀 동무 동지 비서 교장 교원 서기 여사 박사 교수 "
    "의사 서방 간호원 간호사 경위 경감 형사 검사 판사 변호사 상위 중위 소위 대위 소좌 중좌 상좌 대좌 중장 상장 상사 "
    "중사 하사 특무상사 상등병 군관 부대장 련대장 연대장 사단장 과장님 기자 감독 실장 국장 팀장 차장 대리 지배인 "
    "작업반장 조장 감방장 초소장 분대장 정치지도원 당비서 세포비서 초급당비서 직장장 기사장 기사 회계 창고장 사관장 간사 사모 "
    "원장 이사 이사장 대표 총무 촌장 동장 이장 서장 주임 계장 순경 정치위원 보위지도원 담당보안원 담임 교관 요리사 운전수"
)
RANKS = listed("소위 중위 상위 대위 소좌 중좌 상좌 대좌 소령 중령 대령 소장 중장 상장 상사 중사 하사 특무상사 상등병 참위 참령")
"""Military ranks: any surname before one is asked about, as 현 소좌 and 주 중위 are more often names than "the present major"."""
_WIVES = listed(
    "새댁 시댁 본댁 큰댁 작은댁 친정댁 처가댁 아랫댁 윗댁 옆댁 앞댁 뒷댁 우리댁 그댁 남의댁 사돈댁 외가댁 고모댁 이모댁 "
    "삼촌댁"
)
"""What ends like a wife called by her home (길주댁) and is none."""
ELDERS = listed(
    "과부 로파 노파 령감 아낙 처녀 총각 색시 새댁 아바이 아매 영감 할매 할멈 할머니 할아버지 로인 노인 아지미 "
    "아즈바이 아저씨 아주머니 아줌마 어르신 서방 언니 오빠 누나 누이 형 이모 삼촌"
)
_PEOPLE = listed(
    "경찰 형사 기자 의사 가이드 통역 운전수 아주머니 아저씨 할머니 할아버지 공안 간부 선교사 목사 처자 언니 오빠 "
    "사람 한족 조선족 남자 녀자 여자 총각 처녀 아이 애 놈 년 청년 녀성 여성 남성 브로커 안전원 보위원 군인 로인 노인 "
    "중국 농민"
)
_OF_WHERE = listed("미국 한국 중국 조선 북한 일본 남한 한족 조선족 젊은 늙은")
_NOT_A_SURNAME_BEFORE_ELDERS = frozenset(
    listed("이 한 여 두 세 네 새 옛 첫 온 내 제 그 저 큰 뒤 앞 옆 윗 안 모 어 하 라 나 동")
)
_NOT_A_SURNAME = frozenset(listed(
    "그 저 내 제 새 옛 첫 온 두 세 네 본 우 주 구 원 하 라 나 기 도 소 부 총 전 현 여 남 지 동"
))
_ALSO_PREFIXES = frozenset(listed("우 주 구 원 하 라 나 기 도 현 여 남 지 동"))
"""Surnames that are written before an office for another reason as well (도 지배인, 현 과장): only where they stand apart."""
_SELDOM_SURNAMES = frozenset(listed("목 복 갈 견 단"))
"""Surnames that hardly anybody has, asked about only where they stand apart before an office."""
CRAFTS = listed(
    "털보 목수 브로커 선장 감독 기자 로반 뱃사공 사공 미장이 대장장이 리발사 이발사 구두쟁이 포수 사냥군 마부 꼽추 곰보 애꾸 "
    "뚱보 꺽다리 절뚝발이 합숙장 장사군 장사꾼 밀수꾼 거간 홀아비 홀애비 녀인 여인 아낙네 노인네 할미 할배 할아범 부국장 "
    "부부장 부총 촌서기 로당원 전공 기관사 운전사 간병인 요리사 선원 어부 화가 무당 점쟁이 선배 후배 코치 팀장 대리 변호인 "
    "통역 가이드 영사 조사관 형사"
)
"""What follows a surname like an office: 리 목수, 심 털보."""
_PARENTS = listed("어머니 아버지 엄마 아빠 아부지 할머니 할아버지 할매 아매 아바이 언니 오빠 누나 형님 이모 삼촌")
_NOBODYS = listed(
    "우리 저희 자기 남의 그런 이런 친한 시집 외가 본가 같은 다른 모든 여러 어느 무슨 두 세 네 친 그 이 저 큰 작은 옆집 앞집 뒷집 "
    "이웃 동네 아는 고향 조선족 한족 중국 한국 북한 조선 교회 쌍둥이 늙은 젊은 주인집 주인 위로 한 몇 다섯 여섯 일곱 여덟 셋 넷 "
    "첫째 둘째 셋째 넷째 막내 맏 제일 가장 진짜 가짜 그냥 그때 지금 항상 매일 모두 다들 서로 누구 아무 어떤 저런 그애 그집 그쪽 "
    "상대방 좋은 나쁜 착한 무서운 고마운 불쌍한 예쁜 엄한 죽은 남은 오신 계신 하신 새 내 제 너희 당신 애 아이 시댁 처가 "
    "친정 혼자 남편 신랑 아내 안해 친구 동생 언니 오빠 형 누나 엄마 아빠 어머니 아버지 딸 아들 집사 목사 선교사 브로커 남한 "
    "그리고 근데 그래서 그럼 그래도 그러면"
)
"""What stands before a word for a parent or a sister and names nobody: a word of its own, no beginning of a name."""
_EVERYBODYS_IN_JA = listed(
    "여자 남자 녀자 혼자 부자 과자 사자 환자 감자 의자 모자 글자 가자 살자 하자 보자 먹자 자자 죽자 놀자"
)
"""What looks like the polite way to tell the first syllable of a name, and is a word of its own."""
_WHOLE_OFFICES = frozenset((*OFFICES, *KOREAN_ROLES))
"""What is an office as a whole, though it begins like a surname with another one: 선교사, 권사."""
_NO_OFFICERS = listed("천장 농장 공장 광장 극장 매장 직장 현장 병원 학원 공원")
"""What ends like an office and is none."""
_DONE = re.compile(
    r"(?:검사|장사)(?:(?:[를도]\s?|\s)(?:하[는며면지기니]|하고\s(?:나|있|왔|갔|오|가)|했|할|한(?!테)|받|당|해)|했|할|받|당|해)"
)
"""방 검사를 했다, 신 장사를 하고: an office that is something done here."""
_HONOURED = listed(
    "선생 주인 고모 이모 하나 여러 장모 원수 장군 서방 형사 기사 원장 회장 소장 반장 사장 국장 부장 과장 조장 박사 교수 도사 "
    "어르신 형 형수 형부 형제 고모부 고모할머 손"
)
"""What 님 follows that begins like a surname and names nobody."""
_NO_SURNAME = "그이저내제새옛첫두세네다또한온큰웬너나남몇각전현본잘더못안왜참꼭늘막곧좀딱저걔얘당"
"""Syllables that stand apart before 동무 or 씨 and name nobody."""
_AFTER = r"(?=[^가-힣]|$|[은는이가을를의도과와님네에한께하라랑만였인임뿐처보조])"
_ANY_SURNAME = Guarded(
    "씨",
    r"(?<![가-힣])(?![날솜글말불아맵마홀꽃풀볍종뭔])[가-힣]씨(?=네|\s|가\s|는|도\s|라[고는]|한테|에게|[.,]|$)",
)


class SpelledNames:
    name = "spelled_names"

    def __init__(self, names: GivenNames) -> None:
        surnames = names.surnames | names.rare_surnames
        before_office = any_of(surnames - _NOT_A_SURNAME)
        before_elder = any_of(surnames - _NOT_A_SURNAME_BEFORE_ELDERS)
        office = Guarded(any_of(OFFICES), rf"(?<![가-힣])(?:{before_office})\s?부?(?:{any_of(OFFICES)}){_AFTER}")
        elder = Guarded(any_of(ELDERS), rf"(?<![가-힣])(?:(?:{before_elder})|동(?=\s영감))\s(?:{any_of(ELDERS)}){_AFTER}")
        held = any_of(surnames - _NOT_A_SURNAME_BEFORE_ELDERS - _NOT_A_SURNAME)
        nobody = rf"(?:{any_of(_NOBODYS)})(?:에서?|의)?\s"
        parent = Guarded(
            rf"\s(?:{any_of(_PARENTS)})(?:이?라|로)",
            rf"(?<![가-힣])(?!{nobody})[가-힣]{{2,3}}(?<!는)\s(?:{any_of(_PARENTS)})(?=이?라[고는구]|로\s(?:불|통[하해했]))",
        )
        told = Guarded(
            "성이|성은|성씨",
            r"(?<![가-힣])(?:성이|성은|성씨가|성씨는)\s[가-힣]{1,2}?(?=씨|가|이|인|였|라|예|입|임|[.,]|$)",
        )
        craft = Guarded(any_of(CRAFTS), rf"(?<![가-힣])(?:{held})\s(?:{any_of(CRAFTS)}){_AFTER}")
        in_church = Guarded(
            "자매|형제",
            rf"(?<![가-힣])(?!{nobody})[가-힣]{{0,2}}(?![에은는이의도만서로])[가-힣]\s(?:자매님?|형제님){_AFTER}",
        )
        low = Guarded(
            r"가(?:\s|놈|년|네|새끼|란\s|라는|라고|였|이였|인데|입니다|임다|이고\s)",
            rf"(?<![가-힣])(?:{before_elder})가(?:\s?(?:놈|년|네|새끼|란\s|라는|라고)"
            r"|(?=\s성[을이씨도인]|였|이였|인데|입니다|임다|이고\s))",
        )
        everybody = any_of(surnames - frozenset(listed("그 저 내 제 하")))
        plainly = Guarded("씨", rf"(?<![가-힣])(?:{everybody})\s?씨(?!야|[가-힣]{{3}})")
        syllable = f"[{''.join(names.syllables - {'씨', '가', '나', '이', '의'})}]"
        surest = any_of(names.surnames - frozenset(listed("이 전 한 안 신")))
        apart = Guarded(
            r"\s[가-힣]\s[가-힣]",
            rf"(?<![가-힣])(?:{surest})\s{syllable}\s{syllable}(?=\s?(?:이라"
            rf"|라[고는구]|이렇|씨|이[에예요였]|입니다|임다)|[\s.,!?]|$)",
        )
        no_syllables = rf"(?!(?:{any_of(_EVERYBODYS_IN_JA)})\s[가-힣]자(?!\s[가-힣]자|(?:를\s|\s)?(?:쓰|입|임|예|라)))"
        polite = Guarded(
            r"자\s[가-힣]자",
            rf"(?<![가-힣]){no_syllables}[가-힣]자\s[가-힣]자(?:\s[가-힣]자)?(?=[\s,.]|이|를|라|입|임|예|쓰|$)",
        )

        elders = "로인|령감|영감|로파|아바이|아매|로친|노친"
        joined = Guarded(elders, rf"(?<![가-힣])(?:{held})(?:{elders}){_AFTER}")
        alone = Guarded(
            r"라는\s",
            rf"(?<![가-힣])(?![뭐너나저걔얘개이그])[가-힣](?=이?라는\s(?:(?:{any_of(_OF_WHERE)})\s)?(?:{any_of(_PEOPLE)}))",
        )
        forgotten = Guarded(
            "[뭐머무]",
            rf"(?<![가-힣])(?:{held})\s?(?:뭐|머|무어)(?:시기|시깽이|라는|라고\s하는|라든|라던|더라|이?지|였더라)",
        )
        wife = Guarded("댁", rf"(?<![가-힣])(?!(?:{any_of(_WIVES)}))[가-힣]{{2,3}}댁{_AFTER}")
        self._of_any_word = (parent, in_church)
        self._patterns = (
            *_in_office(surnames, held), (forgotten, 0.5), (wife, 0.5),
            (alone, 0.5), (office, 0.55), (plainly, 0.55), (low, 0.5), (elder, 0.5), (_ANY_SURNAME, 0.4),
            (joined, 0.45), (told, 0.4), (craft, 0.45), (parent, 0.45), (in_church, 0.4), (apart, 0.6),
            (polite, 0.8),
        )  # fmt: skip

    def find(self, passage: Passage) -> Iterator[Finding]:
        for pattern, score in self._patterns:
            for match in pattern.matches(passage.text):
                if pattern in self._of_any_word and passage.begins_no_noun(match.start()):
                    continue
                if match.group() in _WHOLE_OFFICES:
                    continue
                if _DONE.match(passage.text, match.end() - 2):
                    continue
                yield Finding(*match.span(), EntityType.PERSON, IdentifierClass.DIRECT, score)


def _in_office(surnames: frozenset[str], held: str) -> tuple[tuple[Guarded, float], ...]:
    """A surname with an office, a rank or 동무, apart or before 님; `held` are the surnames that stand before most of them."""
    honoured = Guarded(
        "님",
        rf"(?<![가-힣])(?!(?:{any_of(_HONOURED)})\s?님)(?:{held})\s?[가-힣]{{1,4}}(?=님{_AFTER})",
    )
    officer_of_any_kind = rf"(?!(?:{any_of(_NO_OFFICERS)})(?!장))[가-힣]{{1,4}}(?:장|원|관|사|위|좌|령|병)"
    ranked = Guarded(
        r"\s(?:[가-힣]{1,4}[장원관사위좌령병]|교도|간부|비서|기사)",
        rf"(?<![가-힣])(?:{held})\s(?:{officer_of_any_kind}|교도|간부|비서|기사){_AFTER}",
    )
    seldom = any_of((surnames & _ALSO_PREFIXES) | _SELDOM_SURNAMES)
    seldom_office = Guarded(any_of(OFFICES), rf"(?<![가-힣])(?:{seldom})\s부?(?:{any_of(OFFICES)}){_AFTER}")
    comrade = Guarded(r"\s(?:동무|동지|씨)", rf"(?<![가-힣{_NO_SURNAME}])(?![{_NO_SURNAME}])[가-힣]\s(?:동무|동지|씨){_AFTER}")
    ranks = any_of(surnames - frozenset(listed("그 저 내 제 두 세 네")))
    officer = Guarded(any_of(RANKS), rf"(?<![가-힣])(?:{ranks})\s(?:{any_of(RANKS)}){_AFTER}")
    return (officer, 0.5), (seldom_office, 0.4), (comrade, 0.45), (honoured, 0.5), (ranked, 0.45)
