"""Places that no list names, by their shape: 덕성리에서, 3반 22호 교화소, 남문 시장.

Proposes villages and wards that end in a kind of place and stand in a case of place, and facilities known by a number.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Finding
from oralhistory.anonymise.suffixes import FACILITY_KINDS
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.redaction import EntityType, IdentifierClass

_KINDS = "|".join(sorted(FACILITY_KINDS, key=len, reverse=True))
_NUMBER = r"(?:\d+|[일이삼사오육칠팔구십백]+)"
_VILLAGE = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}(?:리|동|읍|군|시|구역|로동자구|노동자구|촌|진))"
    r"(?=(?:에서|에|으로|로|까지|부터)(?:[^가-힣]|는|도|만|서|부터|$)|\s사람|사람)"
)
_ENDS_LIKE_A_WORD = re.compile(
    r"(?:소리|자리|머리|다리|거리|마리|우리|꼬리|고리|무리|도리|나리|보리|오리|부리|수리|처리|관리|정리|논리|심리|원리|권리"
    r"|승리|진리|항아리|도시|감시|표시|무시|지시|당시|동시|임시|역시|일시|혹시|전시|몇시|한시|두시|세시|네시|열시|다섯시|여섯시|일곱시|여덟시|아홉시"
    r"|운동|행동|활동|노동|로동|공동|이동|감동|자동|출동|부동|변동|충동|소동|합동|진동|반동|민군|북한군|국군|미군|공군|해군|육군|적군|장군|방군"
    r"|사진|전진|행진|퇴진|촉진|돌진|선진|추진)$"
)
_NUMBERED = re.compile(
    rf"(?<![가-힣\d])(?:제\s?)?{_NUMBER}\s?호\s?(?:{_KINDS}|농장|초소)|(?<![가-힣\d])(?:제\s?)?{_NUMBER}\s?(?:교화소|관리소)"
)


class PlaceShapes:
    name = "place_shapes"

    def __init__(self, words: Words) -> None:
        self._words = words.korean

    def find(self, text: str) -> Iterator[Finding]:
        for match in _VILLAGE.finditer(text):
            said = match.group(1)
            if said not in self._words and not _ENDS_LIKE_A_WORD.search(said):
                yield Finding(*match.span(1), EntityType.PLACE, IdentifierClass.QUASI, 0.5)
        for match in _NUMBERED.finditer(text):
            yield Finding(*match.span(), EntityType.FACILITY, IdentifierClass.QUASI, 0.85)
