"""Known places and facilities, in Hangul, Chinese characters and Latin letters.

Knows only what the shipped lists name. A Hangul form counts where it begins a word, or inside one if it is long; a form that
is a plain word too needs a case or a kind of place after it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.kin import KOREAN_KIN
from oralhistory.anonymise.hangul import LATIN, folded, is_han, is_hangul, is_latin
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.suffixes import FACILITY_KINDS, PLACE_KINDS
from oralhistory.anonymise.wordlists import Place, any_of
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_LOCAL = ("에", "에서", "으로", "로", "까지", "부터", "에서부터", "으로부터", "로부터")
_FACILITY = re.compile(
    rf"\s?(?:시|군|도)?\s?(?:제?\d+호\s?)?(?:{any_of(FACILITY_KINDS)})"
)
_KIND_APART = re.compile(r"\s(?:쪽|근처|국경|지방|출신|사람|시내|부근)")
_LISTED_BEFORE, _LISTED_BEHIND = re.compile(r"\s?[,·]\s?$"), re.compile(r"^\s?[,·]\s?")
_TOWN = re.compile(r"\s[가-힣]{2,3}(?:진|향|툰|촌|현)(?=[^가-힣]|에|으로|쪽|$)")
_LATIN_WORD = re.compile(rf"[{LATIN}]+(?:['’ʼ‘`-][{LATIN}]+)*|\d+")
_MARKS_INSIDE = re.compile(r"['’ʼ‘`-]")
_KIN = re.compile(any_of(KOREAN_KIN))
_MOST_WORDS = 4
_LONG_ENOUGH_INSIDE = 3
_LONG_ENOUGH_SMALL = 5
"""Letters a Latin form needs to be recognised without a capital."""


class Gazetteer:
    name = "gazetteer"

    def __init__(self, places: Mapping[str, Place]) -> None:
        places = {form: place for form, place in places.items() if not place.on_the_way}  # the sweep shows those
        self._latin = {_key(form): place for form, place in places.items() if is_latin(form[0])}
        self._others = {form: place for form, place in places.items() if not is_latin(form[0])}
        self._lengths: dict[str, tuple[int, ...]] = {}
        """Of the forms that begin with these two letters, longest first: none has fewer."""
        for form in sorted(self._others, key=len, reverse=True):
            lengths = self._lengths.get(form[:2], ())
            self._lengths[form[:2]] = lengths if len(form) in lengths else (*lengths, len(form))
        self._in_order = sorted(self._latin)

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        yield from self._in_syllables(text)
        yield from self._in_letters(text)

    def _in_syllables(self, text: str) -> Iterator[Finding]:
        for start in range(len(text) - 1):
            for length in self._lengths.get(text[start : start + 2], ()):
                place = self._others.get(text[start : start + length])
                if place is None or start + length > len(text) or _is_kin(text, start, length):
                    continue
                finding = _judged(text, start, start + length, place)
                if finding is None and place.also_word and self._beside_another(text, start, start + length):
                    finding = Finding(start, start + length, place.type, place.identifier, 0.6)
                if finding is not None:
                    yield finding
                    break

    def _beside_another(self, text: str, start: int, end: int) -> bool:
        """Whether a plain place stands beside it in a list, or its town right behind: 백산, 통화, 매하구; 집안 청석진."""
        if (start and is_hangul(text[start - 1])) or text[end : end + 1] not in (",", " ", "·"):
            return False
        before, following = _LISTED_BEFORE.sub("", text[:start]), _LISTED_BEHIND.sub("", text[end:])
        listed_before = before != text[:start] and any(self._is_plainly_a_place(before[-n:]) for n in (2, 3, 4))
        listed_behind = following != text[end:] and any(self._is_plainly_a_place(following[:n]) for n in (2, 3, 4))
        return listed_before or listed_behind or bool(_TOWN.match(text, end))

    def _is_plainly_a_place(self, said: str) -> bool:
        place = self._others.get(said)
        return place is not None and not place.also_word and place.identifier is not IdentifierClass.CONTEXT

    def _in_letters(self, text: str) -> Iterator[Finding]:
        words = list(_LATIN_WORD.finditer(text))
        for i, first in enumerate(words):
            if not is_latin(first.group()[0]) or not self._begins_a_place(_key(first.group())):
                continue
            for count in range(min(_MOST_WORDS, len(words) - i), 0, -1):
                last = words[i + count - 1]
                form = text[first.start() : last.end()]
                place = self._latin.get(_key(form))
                if place is not None and (form[0].isupper() or len(form) >= _LONG_ENOUGH_SMALL):
                    score = 0.9 if form[0].isupper() else 0.6
                    yield Finding(first.start(), last.end(), place.type, place.identifier, score)
                    break

    def _begins_a_place(self, key: str) -> bool:
        at = bisect_left(self._in_order, key)
        return at < len(self._in_order) and self._in_order[at].startswith(key)


def _is_kin(text: str, start: int, length: int) -> bool:
    """Whether a word for a relative begins like the place: 아바 in 아바이."""
    kin = _KIN.match(text, start)
    return kin is not None and kin.end() > start + length


def _key(form: str) -> str:
    return " ".join(_MARKS_INSIDE.sub("", folded(form)).split())


def _judged(text: str, start: int, end: int, place: Place) -> Finding | None:
    if is_han(text[start]):
        return Finding(start, end, place.type, place.identifier, 0.9)
    begins = start == 0 or not is_hangul(text[start - 1])
    if not begins and (end - start < _LONG_ENOUGH_INSIDE or place.identifier is IdentifierClass.CONTEXT):
        return None
    free = stands_free(text, end)
    if not free and end - start < _LONG_ENOUGH_INSIDE:
        return None
    if place.also_word and not (
        tail(text, end) in _LOCAL
        or text.startswith(PLACE_KINDS, end)
        or _KIND_APART.match(text, end)
        or _FACILITY.match(text, end)
    ):
        return None
    facility = _FACILITY.match(text, end)
    if facility is not None and place.type is EntityType.PLACE and place.identifier is not IdentifierClass.CONTEXT:
        return Finding(start, facility.end(), EntityType.FACILITY, IdentifierClass.QUASI, 0.93)
    score = 0.6 if place.also_word else 0.9 if begins and free else 0.5
    return Finding(start, end, place.type, place.identifier, score)
