"""Public keys as two people compare them over the telephone: eight groups of five digits.

40 digits are 132 bits of a SHA-256: finding another key with the same digits takes more than 2**128 tries. Whoever may
choose both keys needs 2**66, and could then show each person a key of their own: compare with the owner, in their voice.
"""

import hashlib

_GROUPS = 8
_DIGITS = 5


def fingerprint(kind: str, public_key: bytes) -> str:
    """``12345 67890 …`` of a raw public key; `kind` keeps keys for different uses apart."""
    digest = hashlib.sha256(f"oralhistory {kind}\n".encode() + public_key).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
    return " ".join(digits[start : start + _DIGITS] for start in range(0, len(digits), _DIGITS))
