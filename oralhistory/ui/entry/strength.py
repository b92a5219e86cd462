"""How strong a passphrase is, in words. A rough, honest estimate: length and variety, not a dictionary."""

import unicodedata

from oralhistory.i18n import mark
from oralhistory.services.archive.passphrases import SHORTEST_PASSPHRASE

TOO_SHORT = mark("Too short: use at least {n} characters.")
WEAK = mark("Weak: somebody who takes the computer could guess it. Add words.")
FAIR = mark("Fair: one more word makes it strong.")
STRONG = mark("The passphrase is strong.")

_FAIR_VARIETY = 40
_STRONG_VARIETY = 60
_BITS = {"digit": 3.3, "letter": 4.0, "syllable": 6.0, "other": 4.5}


def strength(passphrase: str) -> str:
    """One of the sentences above; `TOO_SHORT` has a place for {n}, which is `SHORTEST_PASSPHRASE`."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return TOO_SHORT
    variety = _variety(passphrase)
    if variety < _FAIR_VARIETY:
        return WEAK
    return FAIR if variety < _STRONG_VARIETY else STRONG


def _variety(passphrase: str) -> float:
    """Bits if each character were chosen by chance; a character that repeats or follows its neighbour counts little."""
    bits, seen = 0.0, set[str]()
    for before, now in zip("\0" + passphrase, passphrase, strict=False):
        worth = _BITS[_kind(now)]
        near = abs(ord(now) - ord(before)) <= 1
        bits += worth * (0.2 if near else 0.6 if now in seen else 1.0)
        seen.add(now)
    return bits


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if "HANGUL SYLLABLE" in unicodedata.name(character, "") or "CJK" in unicodedata.name(character, ""):
        return "syllable"
    return "letter" if character.isalpha() else "other"
