"""Numbers and addresses that lead straight to a person: phones, identity numbers, passports, accounts, e-mail.

Digits may be spoken: 공일공 일이삼사, one three five, 幺三五. A short number is not proposed; dates and ages have detectors of
their own.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Finding
from oralhistory.anonymise.hangul import folded
from oralhistory.domain.redaction import EntityType, IdentifierClass

_ENGLISH_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_PATTERNS: tuple[tuple[float, str], ...] = (
    (0.98, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (0.9, r"(?:https?://|www\.)[^\s,]+"),
    (0.97, r"(?<!\d)\d{6}\s?-\s?[0-9]\d{6}(?!\d)"),
    (0.95, r"(?<!\d)\d{17}[\dx](?![\da-z])"),
    (0.95, r"(?:\+\s?\d{1,3}[\s.-]?)(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)"),
    (0.95, r"(?<!\d)0\d{1,2}[\s.)-]{0,2}\d{3,4}[\s.-]{0,2}\d{4}(?!\d)"),
    (0.9, r"(?<!\d)1[3-9]\d[\s.-]?\d{4}[\s.-]?\d{4}(?!\d)"),
    (0.85, r"(?<![a-z0-9])[a-z]{1,2}\d{7,8}(?!\d)|(?<![a-z0-9])[a-z]\d{3}[a-z]\d{4}(?!\d)"),
    (0.85, r"(?<![\d-])\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,6})?(?![\d-])"),
    (0.7, r"(?<![\d.,])\d{8,}(?!\d)"),
    (0.8, r"(?<!\d)\d{1,2}(?:[\s,.-]{1,2}\d{1,2}){6,}(?!\d)"),
    (0.85, r"(?:[공영일이삼사오육륙칠팔구]\s?-?\s?){6,}[공영일이삼사오육륙칠팔구](?=[^년월]|$)"),
    (0.85, r"[零〇一二三四五六七八九幺两](?:\s?[零〇一二三四五六七八九幺两]){6,}"),
    (0.85, rf"(?<![a-z]){_ENGLISH_DIGIT}(?:[\s,-]+{_ENGLISH_DIGIT}){{5,}}(?![a-z])"),
)


class Codes:
    name = "codes"

    def __init__(self) -> None:
        self._patterns = [(score, re.compile(pattern)) for score, pattern in _PATTERNS]

    def find(self, text: str) -> Iterator[Finding]:
        plain = folded(text)
        for score, pattern in self._patterns:
            for match in pattern.finditer(plain):
                said = match.group().rstrip(" .,-")
                end = match.start() + len(said)
                yield Finding(match.start(), end, EntityType.CODE, IdentifierClass.DIRECT, score)
