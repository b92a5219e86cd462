"""Ages: 스물세 살, 23세, aged twenty-three, 二十三岁."""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Finding
from oralhistory.anonymise.hangul import folded
from oralhistory.domain.redaction import EntityType, IdentifierClass

_NATIVE_TENS = r"(?:열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)"
_NATIVE_ONES = r"(?:하나|둘|셋|넷|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_NATIVE = rf"(?:{_NATIVE_TENS}\s?{_NATIVE_ONES}?|{_NATIVE_ONES})"
_SINO = r"(?:[이삼사오육칠팔구]?십\s?[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
_ENGLISH = (
    r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine)"
)
_PATTERNS: tuple[tuple[float, str], ...] = (
    (0.9, r"(?<!\d)\d{1,3}\s?(?:살|세(?![가-힣]{3})|歲|岁)"),
    (0.9, rf"(?<![가-힣]){_NATIVE}\s?살"),
    (0.85, rf"(?<![가-힣]){_SINO}\s?세(?=에|가|때|였|이|의|[\s.,]|$)"),
    (0.6, rf"(?<![가-힣]){_NATIVE_TENS}\s?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?=에|이었|였|이 되|이 되던)"),
    (0.85, rf"(?<![a-z\d]){_ENGLISH}[\s-]years?[\s-]olds?(?![a-z])"),
    (0.8, rf"(?<=\baged\s){_ENGLISH}(?![a-z\d])"),
    (0.8, rf"(?<=\bage\sof\s){_ENGLISH}(?![a-z\d])"),
    (0.6, rf"(?<=\bwhen\si\swas\s){_ENGLISH}(?![a-z\d])"),
    (0.85, r"[一二三四五六七八九十]{1,3}\s?[岁歲]"),
)


class Ages:
    name = "ages"

    def __init__(self) -> None:
        self._patterns = [(score, re.compile(pattern)) for score, pattern in _PATTERNS]

    def find(self, text: str) -> Iterator[Finding]:
        plain = folded(text)
        for score, pattern in self._patterns:
            for match in pattern.finditer(plain):
                yield Finding(match.start(), match.end(), EntityType.AGE, IdentifierClass.QUASI, score)
