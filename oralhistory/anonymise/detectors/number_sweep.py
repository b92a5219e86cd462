"""Numbers of three digits and more that nobody explained yet: a part of the sweep.

A sum of money, a weight, a distance or a count names nobody and is left alone; so is a year, which has a detector of its own.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.anonymise.particles import ends_here
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SCORE = 0.2
_KOREAN_COUNTED = re.compile(
    r"\s?(?:원씩|원|위안|달러|엔화|밧|명|개|킬로|키로|그람|그램|미터|메터|리|년|살|시간|분|초|번째|퍼센트|프로|평|톤|배|가지(?![고구])|마리|장|포기|호실"
    r"|만\s?(?:원|위안|엔화|달러|명|톤|km)|천)"
)
"""Neither 도 nor 일, 엔 and 만 alone: they are particles as well, and what was written on a cap is no measure."""
_ELSEWHERE_COUNTED = re.compile(
    r"\s?(?:(?:won|yuan|dollars?|euros?|baht|people|kilos?|kilogram(?:me)?s?|kilomet(?:er|re)s?|grams?|kg|km|met(?:er|re)s?|miles?"
    r"|days?|years?|hours?|minutes?|percent|women|men|prisoners|times)(?![a-z'’])"
    r"|元|块|人|斤|公斤|里|米|天|年|岁|个|次|万|千|%)"
)
_NUMBER = re.compile(r"(?<![a-z\d])(?<!\d[.,])(?:[a-z]{1,3}-?\d{3,}|\d[\d-]{2,}\d|\d{3,})(?![\d.,]*\d)")


class NumberSweep:
    name = NOUN_SWEEP

    def find(self, passage: Passage) -> Iterator[Finding]:
        for match in _NUMBER.finditer(passage.plain):
            if not _is_counted(passage.plain, match.end()):
                yield Finding(*match.span(), EntityType.CODE, IdentifierClass.DIRECT, _SCORE)


def _is_counted(text: str, end: int) -> bool:
    """Whether a measure follows: 300명이, 300 명이, but neither 58213 명찰에 nor 58213가지고."""
    if _ELSEWHERE_COUNTED.match(text, end):
        return True
    measure = _KOREAN_COUNTED.match(text, end)
    if measure is None:
        return False
    return ends_here(text, measure.end()) if text[end].isspace() else True
