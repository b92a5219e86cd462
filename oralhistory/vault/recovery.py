"""The printed recovery code: 256 random bits a person can type back from paper.

32 bytes and 3 bytes of checksum are exactly 56 characters of Crockford's base32 (https://www.crockford.com/base32.html),
printed in groups of four. It forgives case, O for 0, I and L for 1, hyphens, spaces and full-width forms; it refuses a
code with a typing mistake (one in 2**24 goes unnoticed here, and then opens nothing).
"""

import hashlib
import hmac
import unicodedata

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.vault.sealing import KEY_BYTES

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORGIVEN = str.maketrans("OIL", "011")
_CHECK_BYTES = 3
_CHARACTERS = (KEY_BYTES + _CHECK_BYTES) * 8 // 5
_GROUP = 4


def encode(secret: bytes) -> str:
    """The code for 32 secret bytes: 14 groups of four characters joined by hyphens."""
    number = int.from_bytes(secret + _check(secret), "big")
    characters = "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_CHARACTERS - 1), -1, -5))
    return "-".join(characters[start : start + _GROUP] for start in range(0, _CHARACTERS, _GROUP))


def decode(code: str) -> bytes:
    """The 32 secret bytes of a typed code. MalformedInput when a character is wrong, missing or too many."""
    typed = [c for c in unicodedata.normalize("NFKC", code).upper() if not _separates(c)]
    characters = "".join(typed).translate(_FORGIVEN)
    if len(characters) != _CHARACTERS:
        found = len(characters)
        raise MalformedInput(
            tr("The recovery code has {found} characters instead of {wanted}.", found=found, wanted=_CHARACTERS)
        )
    number = 0
    for character in characters:
        value = _ALPHABET.find(character)
        if value < 0:
            raise _mistyped()
        number = number << 5 | value
    raw = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    secret, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if not hmac.compare_digest(check, _check(secret)):
        raise _mistyped()
    return secret


def _separates(character: str) -> bool:
    return unicodedata.category(character) in ("Pd", "Zs", "Zl", "Zp", "Cc", "Cf") or character in "\N{MINUS SIGN}_."


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"oralhistory recovery code" + secret).digest()[:_CHECK_BYTES]


def _mistyped() -> MalformedInput:
    return MalformedInput(
        tr("The recovery code has a typing mistake."), todo=tr("Compare it with the paper, group by group.")
    )
