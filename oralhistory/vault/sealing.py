"""The few primitives every key in this room goes through: bound fields, HKDF-SHA256, AES-256-GCM.

It keeps nothing. It refuses to open what was sealed for another place: whatever names that place goes into `bind`.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.utils import Buffer

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

_SEAL_VERSION = b"\x01"


def bind(label: str, *fields: bytes) -> bytes:
    """Label and fields, each behind its length: no two different lists give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in (label.encode("ascii"), *fields))


def random_key() -> bytes:
    """32 new bytes from the system's generator."""
    return os.urandom(KEY_BYTES)


def derive(key: Buffer, salt: bytes, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)


def seal(key: Buffer, plain: Buffer, bound: bytes) -> bytes:
    """Version 1 B | random nonce 12 B | AES-256-GCM ciphertext | tag 16 B, with `bound` authenticated."""
    nonce = os.urandom(NONCE_BYTES)
    return _SEAL_VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: Buffer, sealed: bytes, bound: bytes) -> bytes | None:
    """What `seal` was given, or None when key, place or a single bit differ; the caller knows what that means."""
    if len(sealed) < len(_SEAL_VERSION) + NONCE_BYTES + TAG_BYTES or not sealed.startswith(_SEAL_VERSION):
        return None
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, bound)
    except InvalidTag:
        return None
