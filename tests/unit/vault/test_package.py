"""Signed packages: who sent it, who may open it, and everything that can be done to it on its way."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import pytest

from oralhistory.errors import Damaged, MalformedInput, NotAllowed
from oralhistory.vault import identity, package
from oralhistory.vault.identity import Address, Identity
from oralhistory.vault.package import CHUNK_BYTES

KIND = "interview 1"
SEOUL = Identity.fresh("a" * 32, "1" * 32)
BUSAN = Identity.fresh("b" * 32, "2" * 32)
STRANGER = Identity.fresh("c" * 32, "3" * 32)


def sealed(content: bytes, sender: Identity = SEOUL, receiver: Address = BUSAN.address, kind: str = KIND) -> bytes:
    target = io.BytesIO()
    package.seal(io.BytesIO(content), target, sender, receiver, kind)
    return target.getvalue()


def opened(raw: bytes, receiver: Identity = BUSAN, sender: Address = SEOUL.address, kind: str = KIND) -> bytes:
    return b"".join(package.open_package(io.BytesIO(raw), receiver, sender, kind))


@pytest.mark.parametrize("length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_goes_in_comes_out(length: int) -> None:
    content = random.Random(length).randbytes(length)
    raw = sealed(content)
    assert opened(raw) == content
    assert content[:64] not in raw or length < 16


def test_the_head_says_from_whom_and_for_whom() -> None:
    head = package.read_head(io.BytesIO(sealed(b"words")))
    assert (head.kind, head.sender, head.receiver) == (KIND, SEOUL.address, BUSAN.address)
    assert sealed(b"words") != sealed(b"words")


def test_another_receiver_sender_or_kind_is_refused_before_a_byte() -> None:
    raw = sealed(b"words")
    other_slot = Identity.of("b" * 32, "9" * 32, BUSAN.signing, BUSAN.receiving)
    for refusal, receiver, sender, kind in (
        (MalformedInput, STRANGER, SEOUL.address, KIND),
        (MalformedInput, other_slot, SEOUL.address, KIND),
        (MalformedInput, BUSAN, SEOUL.address, "key list 1"),
        (NotAllowed, BUSAN, STRANGER.address, KIND),
        (NotAllowed, BUSAN, replace(SEOUL.address, signing_key=STRANGER.address.signing_key), KIND),
    ):
        with pytest.raises(refusal):
            package.open_package(io.BytesIO(raw), receiver, sender, kind)


def test_a_stranger_cannot_pass_for_the_sender() -> None:
    """With the sender's address in the head and the stranger's own signature."""
    posing = replace(STRANGER, address=SEOUL.address)
    with pytest.raises(Damaged):
        package.open_package(io.BytesIO(sealed(b"words", sender=posing)), BUSAN, SEOUL.address, KIND)


def test_the_content_of_one_package_cannot_be_put_behind_the_head_of_another() -> None:
    one, other = sealed(b"one"), sealed(b"two")
    behind = len(one) - len(b"one") - 16 - 4 - 64
    with pytest.raises(Damaged):
        opened(one[:behind] + other[behind:])


def test_every_flipped_bit_and_every_cut_is_found() -> None:
    raw = sealed(b"what she said")
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        with pytest.raises((Damaged, MalformedInput, NotAllowed)):
            opened(bytes(changed))
        with pytest.raises((Damaged, MalformedInput)):
            opened(raw[:place])
    with pytest.raises(Damaged):
        opened(raw + b"\0")


def chunks(raw: bytes) -> tuple[bytes, list[bytes], bytes]:
    """What stands before the chunks of a package of three, the chunks with their lengths, the last signature."""
    framed = 4 + CHUNK_BYTES + 16
    start = len(raw) - 64 - 3 * framed
    return raw[:start], [raw[start + n * framed : start + (n + 1) * framed] for n in range(3)], raw[-64:]


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (0, 1), (0, 1, 1, 2), ()])
def test_chunks_stay_in_their_places(order: tuple[int, ...]) -> None:
    before, listed, signature = chunks(sealed(bytes(3 * CHUNK_BYTES)))
    assert opened(before + b"".join(listed) + signature) == bytes(3 * CHUNK_BYTES)
    with pytest.raises(Damaged):
        opened(before + b"".join(listed[place] for place in order) + signature)


def test_a_chunk_is_given_out_only_when_the_sender_is_known_and_memory_stays_small() -> None:
    class Endless(io.RawIOBase):
        """Eight chunks that were never in memory together."""

        def __init__(self) -> None:
            self.left, self.most = 8 * CHUNK_BYTES, 0

        def read(self, count: int = -1) -> bytes:
            given = min(count, self.left)
            self.left -= given
            self.most = max(self.most, given)
            return bytes(given)

    source: BinaryIO = Endless()  # type: ignore[assignment]
    target = io.BytesIO()
    package.seal(source, target, SEOUL, BUSAN.address, KIND)
    assert source.most == CHUNK_BYTES
    target.seek(0)
    stream: Iterator[bytes] = package.open_package(target, BUSAN, SEOUL.address, KIND)
    assert [len(one) for one in stream] == [CHUNK_BYTES] * 8


def test_junk_is_no_package() -> None:
    good = sealed(b"")
    for raw in (b"", b"PK\x03\x04", good[:8], good[:9] + b"\xff" * 4, good[:8] + b"\2" + good[9:], good[:13] + b"[" * 600):
        with pytest.raises((MalformedInput, Damaged)):
            package.read_head(io.BytesIO(raw))


def test_an_address_is_compared_by_its_fingerprint() -> None:
    handed = identity.to_file(SEOUL)
    assert identity.from_file(handed) == SEOUL.address
    groups = SEOUL.address.fingerprint.split()
    assert [len(group) for group in groups] == [5] * 8
    others = (
        BUSAN.address,
        replace(SEOUL.address, slot_id="2" * 32),
        replace(SEOUL.address, archive_id="2" * 32),
        replace(SEOUL.address, receiving_key=BUSAN.address.receiving_key),
        replace(SEOUL.address, signing_key=BUSAN.address.signing_key),
    )
    assert SEOUL.address.fingerprint not in {one.fingerprint for one in others}


def test_an_altered_address_is_refused() -> None:
    handed = identity.to_file(SEOUL)
    for changed in (
        handed.replace(SEOUL.address.receiving_key.hex().encode(), STRANGER.address.receiving_key.hex().encode()),
        handed.replace(b"a" * 32, b"d" * 32),
        handed[:-10],
        b"null",
        b"[]",
        b"{}",
        b"[" * 4000,
        b" " * 5000,
    ):
        with pytest.raises(MalformedInput):
            identity.from_file(changed)


def test_nothing_secret_shows() -> None:
    assert SEOUL.signing.hex() not in repr(SEOUL)
    assert SEOUL.receiving.hex() not in repr(SEOUL)
    assert repr(SEOUL.signing)[2:-1] not in repr(SEOUL)
