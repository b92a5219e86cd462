"""The sweep for English: a plain word that is written with a capital inside a sentence. A part of the sweep.

Grace, Hope and Old Ma are plain words; so are the nations, days and offices that English writes with a capital anyway, which
name nobody.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP, Passage
from oralhistory.anonymise.hangul import LATIN
from oralhistory.anonymise.matching import starts_sentence
from oralhistory.anonymise.wordlists import listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SCORE = 0.2
_WORD = re.compile(rf"(?<![{LATIN}\d'’-])[A-Z][a-z]+(?![{LATIN}\d-])")
_ALWAYS_BIG = frozenset(listed(
    "Korea Korean Koreans North South East West China Chinese Japan Japanese America American English Russian Russia Thai "
    "Laotian Lao Vietnamese Mongolian Burmese Christian Christians Christianity Buddhist Catholic Protestant Bible God Jesus "
    "Lord Christ Holy Spirit Party Workers State Security Sunday Monday Tuesday Wednesday Thursday Friday Saturday January "
    "February March April May June July August September October November December Christmas Easter Mr Mrs Ms Miss Dr "
    "Reverend Pastor Comrade Captain Officer Red Cross United Nations Internet Facebook River Asia Asian Europe European "
    "Western Great Dear Leader Hangul Mandarin No Yes Oh Well So And But The"
))


class EnglishSweep:
    name = NOUN_SWEEP

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for word in _WORD.finditer(text):
            if word.group() not in _ALWAYS_BIG and not starts_sentence(text, word.start()):
                yield Finding(*word.span(), EntityType.OTHER, IdentifierClass.QUASI, _SCORE)
