"""Numbers of three digits and more that nobody explained yet: a part of the sweep.

A sum of money, a weight, a distance or a count names nobody and is left alone; so is a year, which has a detector of its own.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SCORE = 0.2
_COUNTED = (
    r"\s?(?:원|위안|원씩|달러|엔|밧|명|개|킬로|키로|그람|그램|미터|메터|리|도|년|살|일|시간|분|초|번째|퍼센트|프로|평|톤|배|가지|마리|장|포기|호실|만|천"
    r"|won|yuan|dollars?|euros?|baht|people|kilo|grams?|kg|km|met|mile|day|year|hour|minute|percent|women|men|prisoners|times"
    r"|元|块|人|斤|公斤|里|米|天|年|岁|个|次|万|千|%)"
)
_NUMBER = re.compile(
    rf"(?<![a-z\d])(?<!\d[.,])(?:[a-z]{{1,3}}-?\d{{3,}}|\d[\d-]{{2,}}\d|\d{{3,}})(?![\d.,]*\d)(?!{_COUNTED})"
)


class NumberSweep:
    name = NOUN_SWEEP

    def find(self, passage: Passage) -> Iterator[Finding]:
        for match in _NUMBER.finditer(passage.plain):
            yield Finding(*match.span(), EntityType.CODE, IdentifierClass.DIRECT, _SCORE)
