"""What is searched for: every form in which a known string could stand in a file, and the rule that each form answers to."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from oralhistory.anonymise.leakcheck import numerals
from oralhistory.anonymise.leakcheck.everyday import EVERYDAY
from oralhistory.anonymise.leakcheck.folding import Letters, Span, folded, squeezed
from oralhistory.anonymise.leakcheck.romanised import is_hangul, skeleton, skeletons
from oralhistory.domain.leaks import KnownString

TEXT, SPELLING, NUMBER, ROMANISED, BYTES = "text", "spelling", "number", "romanised", "bytes"

NORTHERN = {"이": "리", "임": "림", "유": "류", "양": "량", "여": "려", "염": "렴", "노": "로", "나": "라"}
"""Surnames as the South says them and the North writes them."""

_AT = ("at", "골뱅이", "에트", "앳")
"""How the sign in a mail address is said."""

ENDINGS = frozenset("이나도고서지여노라로")
"""Surnames that also end words: what such a word end and the next word make together is no name (시간이 지나)."""

FREE = 7
"""Latin strings of so many letters are found inside longer words too; shorter ones only as words of their own."""

RUN_FREE = 8
RUN_SHORTEST = 6
"""Digits in a row: from eight on found inside longer runs, from six on as a whole run, fewer not at all."""

_PARTICLE = re.compile(
    r"(?:씨|님|네|군|양|이)?(?:이|가|은|는|을|를|과|와|아|야|의|에|에서|에게|에게서|께|께서|한테|한테서|더러|보고|도|만|까지|부터|"
    r"처럼|보다|하고|랑|이랑|나|이나|며|이며|고|이고|든|이든|여|이여|란|이란|라|이라|로|으로|로서|으로서|요|이요|메|이메|임다|"
    r"(?:이)?라[고는던서며].*|(?:이)?었.*|였.*|입니.*|이에요|예요|이[다지네야요]|인데?.*|이?니까?.*)?"
    r"(?:은|는|도|만|의)?"
)
"""What may follow a name of one syllable in its word."""

_SYLLABLE = re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True)
class Needle:
    """One known string with all its forms; `whole` is the form in which it was given."""

    known: KnownString

    @cached_property
    def whole(self) -> str:
        return squeezed(self.known.text)

    @cached_property
    def exact(self) -> tuple[tuple[str, str], ...]:
        """(form, rule), the given form first."""
        forms = {self.whole: TEXT}
        if is_hangul(self.whole) and len(self.whole) == 3 and self.whole[0] in NORTHERN:
            forms.setdefault(NORTHERN[self.whole[0]] + self.whole[1:], SPELLING)
        if is_hangul(self.whole) and len(self.whole) == 3:
            southern = {north: south for south, north in NORTHERN.items()}
            forms.setdefault(southern.get(self.whole[0], self.whole[0]) + self.whole[1:], SPELLING)
        for form in self._numbers():
            forms.setdefault(squeezed(form), NUMBER)
        if "@" in self.known.text:
            forms.update((squeezed(self.known.text.replace("@", f" {at} ")), SPELLING) for at in _AT)
        return tuple((form, rule) for form, rule in forms.items() if form)

    def _numbers(self) -> set[str]:
        text = folded(self.known.text)
        digits = numerals.written(text)
        forms = {digits, *numerals.said(digits)} - {text}
        if year := re.fullmatch(r"\D*([1-9]\d{3})\D*", digits):
            forms.add(year[1])
        return {one for one in forms if len(squeezed(one)) > 2}

    @cached_property
    def run(self) -> str:
        """Its digits when it is a long number; a leading zero falls away behind a country's code."""
        runs = (one.digits for one in numerals.digit_runs(folded(self.known.text).casefold()))
        longest = max(runs, key=len, default="")
        if len(longest) < RUN_SHORTEST:
            return ""
        return longest[1:] if longest[0] == "0" and len(longest) > RUN_FREE else longest

    @cached_property
    def skeletons(self) -> frozenset[str]:
        if is_hangul(self.whole):
            return frozenset(skeletons(self.whole))
        words = [word.casefold() for word in Letters.of(folded(self.known.text)).words]
        if not self.whole.isascii() or not self.whole.isalpha() or len(words) > 4:
            return frozenset()
        orders = {"".join(words), "".join([*words[1:], words[0]]), "".join([words[-1], *words[:-1]])}
        return frozenset(one for one in map(skeleton, orders) if len(one) >= FREE - 2)

    def stands(self, letters: Letters, span: Span, prose: bool) -> bool:
        """Whether the form at `span` is the name itself and not a piece of other words."""
        form = letters.text[span[0] : span[1]]
        if form.isascii():
            return _latin_stands(form, letters, span, prose)
        begins, ends = span[0] in letters.bounds, span[1] in letters.bounds
        if (form[0].isdigit() and not begins) or (form[-1].isdigit() and not ends):
            return False
        if len(form) == 1:
            return begins and _single_stands(letters, span)
        return begins or not letters.crosses_gap(span) or (len(form) > 2 and form[0] not in ENDINGS)

    @cached_property
    def encoded(self) -> frozenset[bytes]:
        """The string as bytes of all encodings; too short ones could be anything."""
        forms = (self.known.text, unicodedata.normalize("NFC", self.known.text), unicodedata.normalize("NFD", self.known.text))
        encodings = ("utf-16-le", "utf-16-be", "cp949", "utf-8")
        encoded = {form.encode(encoding, errors="ignore") for form in forms for encoding in encodings}
        return frozenset(data for data in encoded if len(data) >= 4)

    def in_bytes(self, data: bytes, *, read: bool, shortest: int) -> int:
        """How often it stands in `data` in any encoding; of data that was `read` as text, without what ASCII and UTF-8 show."""
        patterns = self.encoded
        if read:
            nul, plain = b"\0" in data, data.isascii()
            utf8 = {unicodedata.normalize(form, self.known.text).encode() for form in ("NFC", "NFD")}
            patterns = frozenset(
                one for one in patterns - utf8 if (nul if b"\0" in one else not plain and not one.isascii())
            )
        return sum(data.count(one) for one in patterns if len(one) >= shortest)


def _latin_stands(form: str, letters: Letters, span: Span, prose: bool) -> bool:
    """Numbers and short words stand for themselves only; ordinary words in running text must be written big."""
    if len(form) >= FREE and form.isalpha() and not letters.crosses_gap(span):
        return True
    if span[0] not in letters.bounds or not (span[1] in letters.bounds or _plural(letters, span[1])):
        return False
    return not (prose and form in EVERYDAY) or letters.begins_capital(span[0])


def _plural(letters: Letters, end: int) -> bool:
    return letters.text[end : end + 1] == "s" and end + 1 in letters.bounds


def _single_stands(letters: Letters, span: Span) -> bool:
    """A name of one syllable fills its word but for particles; one Chinese character fills it wholly."""
    rest = letters.text[span[1] : letters.word_end(span[0])]
    return not rest or (bool(_SYLLABLE.match(letters.text[span[0]])) and _PARTICLE.fullmatch(rest) is not None)


def needles(known: Sequence[KnownString]) -> tuple[Needle, ...]:
    """One for each known string that has a letter or digit at all."""
    return tuple(one for one in map(Needle, known) if one.whole)
