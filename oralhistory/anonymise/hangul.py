"""Letters: which script a character belongs to, its plain form for comparing, and the sound a text ends in.

The sound decides Korean particles. It is read as a Korean reads it aloud: closing brackets are silent, digits and Latin
letters have their Korean names. A text that nobody can read aloud ends in no sound at all, like one that ends in a vowel.
"""

import re
import unicodedata
from enum import Enum
from functools import cache

_FIRST_SYLLABLE = 0xAC00
_FINALS = 28
_FINAL_RIEUL = 8

_DIGITS_IN_RIEUL = "178"  # 일 칠 팔
_DIGITS_IN_OTHERS = "036"  # 영 (and 십 백 천 만), 삼, 육
_LETTERS_IN_RIEUL = "LR"  # 엘 알
_LETTERS_IN_OTHERS = "MN"  # 엠 엔


class Final(Enum):
    """What the last syllable closes with."""

    VOWEL = "vowel"
    RIEUL = "ㄹ"
    CONSONANT = "consonant"


def final(text: str) -> Final:
    """The sound that `text` ends in, read aloud."""
    for character in reversed(text):
        if is_syllable(character):
            return final_of(character)
        plain = folded(character).upper()
        if "0" <= plain <= "9" or "A" <= plain <= "Z":
            return _of_name(plain)
        if not _is_silent(character):
            return Final.VOWEL
    return Final.VOWEL


def final_of(syllable: str) -> Final:
    """What that Korean syllable closes with."""
    jamo = (ord(syllable) - _FIRST_SYLLABLE) % _FINALS
    if jamo == 0:
        return Final.VOWEL
    return Final.RIEUL if jamo == _FINAL_RIEUL else Final.CONSONANT


def _of_name(plain: str) -> Final:
    if plain in _DIGITS_IN_RIEUL or plain in _LETTERS_IN_RIEUL:
        return Final.RIEUL
    return Final.CONSONANT if plain in _DIGITS_IN_OTHERS or plain in _LETTERS_IN_OTHERS else Final.VOWEL


def _is_silent(character: str) -> bool:
    return character.isspace() or character in "\"'*_" or unicodedata.category(character) in ("Pe", "Pf")


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
"""Latin letters with and without marks, for a class in a regular expression."""


def is_hangul(character: str) -> bool:
    """A syllable or a lone jamo."""
    return "가" <= character <= "힣" or "\u1100" <= character <= "\u11ff" or "\u3130" <= character <= "\u318f"


_NO_HANGUL = re.compile("[^가-힣\u1100-\u11ff\u3130-\u318f]")


HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, rare ones too, for a class in a regular expression."""


def is_han(character: str) -> bool:
    """Whether it is one of `HAN`; compared, not matched, because every letter of an interview is asked about."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
    )


def is_latin(character: str) -> bool:
    return character.isalpha() and (character.isascii() or "a" <= folded(character) <= "z")


def folded(text: str) -> str:
    """Small letters without marks, character for character: the result is as long as `text`."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    if is_syllable(character):
        return character
    small = unicodedata.normalize("NFKD", character)[:1].lower()
    return small if len(small) == 1 else character


def word_end(text: str, start: int) -> int:
    """Where the run of Hangul that `start` stands in (or before) ends."""
    stop = _NO_HANGUL.search(text, start)
    return stop.start() if stop is not None else len(text)
