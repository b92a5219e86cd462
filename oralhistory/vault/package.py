"""A signed package: a stream of bytes from one archive to another one, of any length.

```
magic "\\x93OHPKG\\r\\n" | version 1 | length of the head u32 | head: JSON in ASCII
   {kind, package, sender: {archive, slot, signing, receiving}, receiver: {the same}}     ids and public keys in hexadecimal
content key sealed to the receiver: HPKE (X25519 / HKDF-SHA256 / AES-256-GCM), 80 B; its info binds all of the head
signature of the sender over everything so far: Ed25519, 64 B
chunks: length u32 | AES-256-GCM of at most 1 MiB     nonce = number of the chunk, 11 B | 1 for the last one, else 0
signature of the sender over the SHA-256 of everything so far: 64 B
```

Integers are big-endian. Chunks are sealed under HKDF-SHA256(content key, salt = SHA-256 of everything before them), in the
STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015; the one `age` uses): left out, doubled, moved or cut off,
they do not open. The first signature says who sent it before a byte of it is given out; the second lets the sender be held
to all of it. It refuses a package of another kind, for another archive, from another sender than the one expected.
"""

import hashlib
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from oralhistory.errors import Damaged, MalformedInput, NotAllowed
from oralhistory.i18n import tr
from oralhistory.vault import sealing
from oralhistory.vault.identity import Address, Identity

MAGIC = b"\x93OHPKG\r\n"
VERSION = 1
CHUNK_BYTES = 1 << 20

_MOST_HEAD = 4096
_SEALED_KEY_BYTES = 80
_SIGNATURE_BYTES = 64
_LENGTH = struct.Struct(">I")
_START = struct.Struct(">8sBI")


@dataclass(frozen=True, slots=True)
class Head:
    """What a package says of itself: its kind, its id (32 hexadecimal characters), from whom and for whom."""

    kind: str
    package_id: str
    sender: Address
    receiver: Address

    def to_bytes(self) -> bytes:
        sides = {"sender": self.sender, "receiver": self.receiver}
        named = {
            side: {
                "archive": address.archive_id,
                "slot": address.slot_id,
                "signing": address.signing_key.hex(),
                "receiving": address.receiving_key.hex(),
            }
            for side, address in sides.items()
        }
        document = {"kind": self.kind, "package": self.package_id, **named}
        return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> "Head":
        """MalformedInput when it is not exactly what `to_bytes` writes."""
        try:
            document: Any = json.loads(content)
            sides = [
                Address(one["archive"], one["slot"], bytes.fromhex(one["signing"]), bytes.fromhex(one["receiving"]))
                for one in (document["sender"], document["receiver"])
            ]
            head = cls(document["kind"], document["package"], *sides)
            if head.to_bytes() != content:
                raise ValueError("another form")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise _no_package() from None
        return head


def seal(source: BinaryIO, target: BinaryIO, sender: Identity, receiver: Address, kind: str) -> Head:
    """Seal everything `source` (buffered) gives for `receiver`; memory for two chunks. OSError when the disk refuses.

    `kind` names what is inside and what the receiver must expect ("interview 1"). ValueError when the receiver's key is
    none that anything can be sealed to.
    """
    head = Head(kind, os.urandom(16).hex(), sender.address, receiver)
    encoded, content_key = head.to_bytes(), sealing.random_key()
    public = X25519PublicKey.from_public_bytes(receiver.receiving_key)
    before = _START.pack(MAGIC, VERSION, len(encoded)) + encoded
    before += _suite().encrypt(content_key, public, _binding(head))
    before += sender.sign(_first(before))
    digest = hashlib.sha256(before)
    target.write(before)
    chunks = _Chunks(content_key, digest.digest())
    waiting = source.read(CHUNK_BYTES)
    last = False
    while not last:
        following = source.read(CHUNK_BYTES)
        last = not following
        sealed = chunks.seal(waiting, last=last)
        framed = _LENGTH.pack(len(sealed)) + sealed
        digest.update(framed)
        target.write(framed)
        waiting = following
    target.write(sender.sign(_second(digest.digest())))
    return head


def read_head(source: BinaryIO) -> Head:
    """From whom and for whom a package is, unverified; `source` stands behind the head afterwards. MalformedInput."""
    return _read_head(source)[0]


def open_package(source: BinaryIO, receiver: Identity, sender: Address, kind: str) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; take it for whole only when the iterator has ended.

    `sender` is the address whose fingerprint was compared. Before the first chunk: MalformedInput (no package, another
    kind, for another archive, of a newer version), NotAllowed (from somebody else), Damaged. Later: Damaged.
    """
    head, before = _read_head(source)
    if head.receiver != receiver.address:
        raise MalformedInput(
            tr("This package is for another archive."), safe=tr("Nothing was taken over."), todo=tr("Ask who it is for.")
        )
    if head.kind != kind:
        raise MalformedInput(tr("This package holds something else than expected."), safe=tr("Nothing was taken over."))
    if head.sender != sender:
        raise NotAllowed(
            tr("This package does not come from the archive whose fingerprint was compared."),
            (),
            safe=tr("Nothing was taken over."),
            todo=tr("Ask the sender; compare fingerprints again if they made a new archive."),
        )
    before += _exactly(source, _SEALED_KEY_BYTES)
    signature = _exactly(source, _SIGNATURE_BYTES)
    if not sender.verifies(signature, _first(before)):
        raise _damaged()
    try:
        private = X25519PrivateKey.from_private_bytes(receiver.receiving)
        content_key = _suite().decrypt(before[-_SEALED_KEY_BYTES:], private, _binding(head))
    except (InvalidTag, ValueError):
        raise _damaged() from None
    return _opened(source, content_key, before + signature, sender)


def _opened(source: BinaryIO, content_key: bytes, before: bytes, sender: Address) -> Iterator[bytes]:
    digest = hashlib.sha256(before)
    chunks = _Chunks(content_key, digest.digest())
    while not chunks.ended:
        length = _exactly(source, _LENGTH.size)
        digest.update(length)
        if not sealing.TAG_BYTES <= _LENGTH.unpack(length)[0] <= CHUNK_BYTES + sealing.TAG_BYTES:
            raise _damaged()
        sealed = _exactly(source, _LENGTH.unpack(length)[0])
        digest.update(sealed)
        yield chunks.open(sealed)
    if not sender.verifies(_exactly(source, _SIGNATURE_BYTES), _second(digest.digest())) or source.read(1):
        raise _damaged()


class _Chunks:
    """Seals or opens chunks in their order; `ended` behind the last one."""

    def __init__(self, content_key: bytes, head_digest: bytes) -> None:
        self._cipher = AESGCM(sealing.derive(content_key, head_digest, sealing.bind("oralhistory package chunks")))
        self._number = 0
        self.ended = False

    def seal(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._next(last=last), plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Only the last chunk may be shorter than the others, and a nonce tells which one that is."""
        for last in (False, True):
            try:
                plain = self._cipher.decrypt(self._nonce(last=last), sealed, None)
            except InvalidTag:
                continue
            if not last and len(plain) != CHUNK_BYTES:
                break
            self._next(last=last)
            return plain
        raise _damaged()

    def _next(self, *, last: bool) -> bytes:
        nonce = self._nonce(last=last)
        self._number += 1
        self.ended = last
        return nonce

    def _nonce(self, *, last: bool) -> bytes:
        return self._number.to_bytes(sealing.NONCE_BYTES - 1, "big") + bytes([last])


def _read_head(source: BinaryIO) -> tuple[Head, bytes]:
    start = source.read(_START.size)
    if len(start) != _START.size or not start.startswith(MAGIC):
        raise _no_package()
    _, version, length = _START.unpack(start)
    if version != VERSION:
        raise MalformedInput(
            tr("A newer version of the program made this package."), todo=tr("Open it with the newer version.")
        )
    if length > _MOST_HEAD:
        raise _no_package()
    encoded = _exactly(source, length)
    return Head.from_bytes(encoded), start + encoded


def _exactly(source: BinaryIO, count: int) -> bytes:
    content = source.read(count)
    if len(content) != count:
        raise _damaged()
    return content


def _binding(head: Head) -> bytes:
    fields = (head.sender.archive_id, head.receiver.slot_id, head.kind)
    return sealing.bind("oralhistory package key", *(one.encode() for one in fields), head.to_bytes())


def _first(before: bytes) -> bytes:
    return sealing.bind("oralhistory package sender", before)


def _second(digest: bytes) -> bytes:
    return sealing.bind("oralhistory package whole", digest)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _no_package() -> MalformedInput:
    return MalformedInput(tr("This file is not a package from an archive."), safe=tr("Nothing was taken over."))


def _damaged() -> Damaged:
    return Damaged(
        tr("The package is damaged, cut off or was changed on its way."),
        safe=tr("Nothing of it was taken over."),
        todo=tr("Ask the sender for it again."),
    )
