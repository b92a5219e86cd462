"""Syllables taken apart into their sounds, to tell how far two spellings are from each other."""

from oralhistory.anonymise.hangul import is_syllable

_FIRST = 0xAC00
_MEDIALS, _FINALS = 21, 28


def parts(syllable: str) -> tuple[int, int, int]:
    """The numbers of initial, medial and final sound of a Hangul syllable; no final is 0."""
    code = ord(syllable) - _FIRST
    return code // (_MEDIALS * _FINALS), code // _FINALS % _MEDIALS, code % _FINALS


def sounds_apart(one: str, other: str) -> int:
    """In how many sounds two words of as many syllables differ; another length or script is a distance of 99."""
    if len(one) != len(other) or not all(map(is_syllable, one + other)):
        return 99
    return sum(a != b for x, y in zip(one, other, strict=True) for a, b in zip(parts(x), parts(y), strict=True))
