"""One key slot: a way to the archive key that belongs to one person, a sheet of paper or the organisation.

A slot is an X25519 key pair. The archive key is sealed to its public key (HPKE), so it can be renewed without anyone's
passphrase; the private key is sealed under the passphrase or the recovery code, or is kept elsewhere (organisation).
It refuses a slot that was moved to another archive or given another kind, salt or cost: all of that is bound.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from os import urandom
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from oralhistory.vault import sealing
from oralhistory.vault.passphrase import SALT_BYTES, Argon2Cost, derive_key


class SlotKind(StrEnum):
    """What opens a slot: something remembered, something printed, or a key kept by the organisation elsewhere."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What may be shown of a slot. `owner` is a code of the organisation: it stands readable on the disk."""

    id: str
    kind: SlotKind
    owner: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot as it is stored; everything secret in it is sealed. `cost` is None unless the kind is passphrase."""

    id: str
    kind: SlotKind
    owner: str
    created: datetime
    cost: Argon2Cost | None
    salt: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sealed_private: bytes = field(repr=False)
    sealed_archive_key: bytes = field(repr=False)

    @property
    def info(self) -> SlotInfo:
        return SlotInfo(self.id, self.kind, self.owner, self.created)


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a slot is made: `slot_id` and `created` stay when its passphrase changes."""

    owner: str
    slot_id: str = field(default_factory=lambda: uuid4().hex)
    created: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


def passphrase_slot(archive_id: str, archive_key: bytes, holder: Holder, passphrase: str, cost: Argon2Cost) -> Slot:
    """A slot that opens with `passphrase`."""
    return _closed_slot(
        archive_id, archive_key, holder, SlotKind.PASSPHRASE, cost, lambda salt: derive_key(passphrase, salt, cost)
    )


def recovery_slot(archive_id: str, archive_key: bytes, holder: Holder, secret: bytes) -> Slot:
    """A slot that opens with the 32 bytes of a recovery code."""
    return _closed_slot(
        archive_id, archive_key, holder, SlotKind.RECOVERY, None, lambda salt: _recovery_key(secret, salt)
    )


def organisation_slot(archive_id: str, archive_key: bytes, holder: Holder, public_key: bytes) -> Slot:
    """A slot that opens with the private key belonging to `public_key` (32 raw bytes), which is not kept here."""
    slot = _bare_slot(holder, SlotKind.ORGANISATION, None, b"", public_key)
    return replace(slot, sealed_archive_key=_seal_to(slot, archive_id, archive_key))


def open_with_passphrase(slot: Slot, archive_id: str, passphrase: str) -> bytes | None:
    """The archive key, or None when the passphrase is another one or the slot was tampered with."""
    if slot.cost is None:
        return None
    return _open_closed(slot, archive_id, derive_key(passphrase, slot.salt, slot.cost))


def open_with_recovery(slot: Slot, archive_id: str, secret: bytes) -> bytes | None:
    """The archive key, or None when the code is another one or the slot was tampered with."""
    return _open_closed(slot, archive_id, _recovery_key(secret, slot.salt))


def open_with_private_key(slot: Slot, archive_id: str, private_key: bytes) -> bytes | None:
    """The archive key, or None when the private key (32 raw bytes) is another one or the slot was tampered with."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        archive_key = _suite().decrypt(slot.sealed_archive_key, private, _binding("archive key", archive_id, slot))
    except (InvalidTag, ValueError):  # ValueError: not 32 bytes, or a public key of low order
        return None
    return archive_key if len(archive_key) == sealing.KEY_BYTES else None


def _closed_slot(
    archive_id: str,
    archive_key: bytes,
    holder: Holder,
    kind: SlotKind,
    cost: Argon2Cost | None,
    key_for_salt: Callable[[bytes], bytes],
) -> Slot:
    private = X25519PrivateKey.generate()
    slot = _bare_slot(holder, kind, cost, urandom(SALT_BYTES), private.public_key().public_bytes_raw())
    bound = _binding("private key", archive_id, slot)
    return replace(
        slot,
        sealed_private=sealing.seal(key_for_salt(slot.salt), private.private_bytes_raw(), bound),
        sealed_archive_key=_seal_to(slot, archive_id, archive_key),
    )


def _bare_slot(holder: Holder, kind: SlotKind, cost: Argon2Cost | None, salt: bytes, public_key: bytes) -> Slot:
    return Slot(holder.slot_id, kind, holder.owner, holder.created, cost, salt, public_key, b"", b"")


def _open_closed(slot: Slot, archive_id: str, key: bytes) -> bytes | None:
    private = sealing.unseal(key, slot.sealed_private, _binding("private key", archive_id, slot))
    return None if private is None else open_with_private_key(slot, archive_id, private)


def _seal_to(slot: Slot, archive_id: str, archive_key: bytes) -> bytes:
    public = X25519PublicKey.from_public_bytes(slot.public_key)
    return _suite().encrypt(archive_key, public, _binding("archive key", archive_id, slot))


def _binding(what: str, archive_id: str, slot: Slot) -> bytes:
    cost = slot.cost
    parameters = b"" if cost is None else f"{cost.memory_kib},{cost.iterations},{cost.lanes}".encode()
    fields = (archive_id.encode(), slot.id.encode(), slot.kind.encode(), parameters, slot.salt)
    return sealing.bind(f"oralhistory slot {what}", *fields)


def _recovery_key(secret: bytes, salt: bytes) -> bytes:
    return sealing.derive(secret, salt, sealing.bind("oralhistory recovery"))


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
