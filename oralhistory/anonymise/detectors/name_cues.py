"""What the words around a Korean name say: that one comes, that somebody is called so, that only people stand here.

Knows nothing of what a name looks like; every cue is a number that a detector adds to what the shape is worth.
"""

import re

from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.detectors.kin import KOREAN_CHILDREN, KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.detectors.spelled_names import OFFICES
from oralhistory.anonymise.hangul import is_syllable
from oralhistory.anonymise.particles import FAMILIAR, tail
from oralhistory.anonymise.suffixes import TITLES
from oralhistory.anonymise.wordlists import any_of

_FOR_A_NAME = "이름|성함|본명|성명|별명|존함|함자|필명|세례명|실명|가명|예명|애명|아명|호칭"
NAMED = Guarded(
    _FOR_A_NAME,
    rf"(?:{_FOR_A_NAME})(?:은|이|도|으로|으루|가|을)?\s*[,:]?\s*"
    r"(?:(?:뭐|머|그|저|어|음|아마|원래|진짜|그냥|다|저기|이제|인제)[\s,.…]+)*[\"'“‘]?$",
)
IS_CALLED = re.compile(
    r"[\"'”’]?(?:이라고|라고|이라구|라구|이라)만?\s?(?:다들\s?|늘\s?|우리가\s?|사람들이\s?)?(?:부르|불렀|불러|불리|불렸|지었|지어|짓|이름)"
)
_OPENING = frozenset("\"'“‘")
_SELF = frozenset(("저는", "나는", "난", "전", "제가", "내가"))
SELF_ENDS = re.compile(r"(?:입니다|이라고|라고|이에요|예요|이라 |라 |임다|이요|이메|이올시다|이고요|인데)")
RELATED = frozenset((*KOREAN_KIN, *KOREAN_ROLES))
"""Words that a name follows: 동생 지현이."""
_FROM_THERE = Guarded(
    r"[온던난된는신래갑인의데]\s",
    r"(?:(?:에서|[가-힣]{2}서)\s(?:같이\s|함께\s)?(?:온|왔던|넘어온|건너온|잡혀\s?온|붙잡혀\s?온|나온|나가던|살던|사는|일하던|만난|알게\s된)"
    r"|[가-힣]{2}(?:동|리|시|군|읍)\s(?:살던|사는)|(?:출신|또래|동갑)(?:인|의)?|(?:하나|둘|셋|한\s명)\s있었는데)\s+$",
)
"""Who came from where: 함흥서 온 은하가, 봉천동 사는 정화."""
_OWNS = re.compile(
    r"이?(?:네|의)?\s(?:나이|생일|시체|시신|무덤|소식|얼굴|목소리|편지|사진|본명|고향|집|엄마|어머니|아버지|아빠|할머니|형|누나|언니|오빠|동생|손|말|생각|걱정"
    r"|남편|신랑|각시|애기|새끼|걔|갸|(?:그|이|저)\s?(?:사람|애|아|년|놈|녀석|양반|분|친구)|데리|업고|업어|만나|만났|보고\s|없이)"
)
"""What somebody has, and what is done with people: 옥단이 나이가, 금철이 무덤에, 금철이 걔는, 금철이 데리고."""
_RELATIVE_IS = frozenset(
    relative + particle for relative in (*RELATED, *KOREAN_CHILDREN) for particle in ("이", "가", "은", "는", "도")
)
"""Before the name of a relative that is told like a thing: 며느리가 은녀인데."""
CALLED_PERSON = re.compile(
    r"[\"'”’]?(?:이라는|라는|이란|란|이라고|라고)(?:\s?(?:하는|부르는|불리는))?\s?(?:그\s)?"
    r"(?:가명|예명|필명|본명|애명|세례명|사람|여자|녀자|남자|여성|녀성|남성|분|애|아이|친구|언니|오빠|동생|형|누나|아주머니|아저씨|할머니|할아버지|브로커|보위원|안전원|보안원|"
    r"밀수군|밀수꾼|되거리|장사군|장사꾼|운전수|운전사|통역|기자|경찰|공안|가이드|안내자|도강꾼|화교|의원|간수|계호원|지도원|반장|소장|목사|선교사|처녀|총각|놈|년|별명|학생|선생|의사|군인|간부|여인|아지미|아매|아바이|동무|이름)"
)
_BEGINS_CALLED = frozenset("이라란\"'”’")
"""What `CALLED_PERSON`, `IS_CALLED` and `_CALLED` begin with."""
_CALLED = re.compile(r"[\"'”’]?(?:이라는|라는|이라고|라고|이란|란)(?:\s|$)")
_TITLED = re.compile(
    rf"\s?(?:{any_of(one for one in (*TITLES, *OFFICES) if len(one) > 1 or one == '씨')})"
    r"(?![가-힣]{2}[가-힣])"
)
_SHORT_TITLE = re.compile(rf"(?:{'|'.join(one for one in TITLES if len(one) == 1)})(?![가-힣]{{2}}[가-힣])")
_ADDRESS = re.compile(r"[아야](?=[\s,!?.~…\"'”]|$)")
_MAYBE = re.compile(r"이?(?:래나|라나|라던가|였던가|였나|던가|든가|랬나|랬던가)(?![가-힣]{2})")
"""How somebody wonders what a name was: 수진이래나 수정이래나."""
_NO_NAME_GOES_ON = re.compile(r"(?:을|를|에|에서|도|부터)(?![가-힣])")
"""What follows no name right behind 이름으로: 이름으로 호구를 샀다."""


def announces(text: str, start: int, end: int) -> float:
    """What the words around say: the more they announce a name, the more is added."""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    word = word_before(text, start)
    called = after[:1] in _BEGINS_CALLED
    cues = (
        (0.5, NAMED.stands_in(before) and not _NO_NAME_GOES_ON.match(after)),
        (0.45, word in _SELF and before[-1].isspace() and SELF_ENDS.match(after)),
        (0.5, called and CALLED_PERSON.match(after)),
        (0.45, called and IS_CALLED.match(after)),
        (0.25, called and _CALLED.match(after)),
        (0.4, _TITLED.match(after)),
        (0.2, _SHORT_TITLE.match(after)),
        (0.3, word in RELATED),
        (0.25, word and _FROM_THERE.stands_in(before)),
        (0.25, _OWNS.match(after)),
        (0.3, word in _RELATIVE_IS and (SELF_ENDS.match(after) or after[:1] in ("", ",", "."))),
        (0.25, _ADDRESS.match(after)),
        (0.3, _MAYBE.match(after)),
        (0.3, tail(text, end) in FAMILIAR),
    )
    return max((score for score, holds in cues if holds), default=0.0)


def word_before(text: str, start: int) -> str:
    """The syllables before the space that `start` stands behind, with a quotation mark or without; "" if none stand there."""
    end = start - 1 if text[start - 1 : start] in _OPENING else start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    begin = end
    while begin > 0 and is_syllable(text[begin - 1]):
        begin -= 1
    return text[begin:end] if text[end : end + 1].isspace() else ""
