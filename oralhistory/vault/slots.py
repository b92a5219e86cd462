"""One key slot: a way to the archive key that belongs to one person, a sheet of paper or the organisation.

A slot is an X25519 key pair. The archive key is sealed to its public key (HPKE), so it can be renewed without anyone's
passphrase; the private key and the archive's anchor are sealed under the passphrase or the recovery code. Of the
organisation's slot the private key is kept elsewhere, and it holds no anchor. It refuses a slot that was moved to another
archive or given another kind, salt or cost: all of that is bound.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import urandom
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from oralhistory.domain.ports import SlotKind
from oralhistory.vault import sealing
from oralhistory.vault.passphrase import SALT_BYTES, Argon2Cost, derive_key
from oralhistory.vault.root import Root


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What may be shown of a slot. `owner` is a code of the organisation: it stands readable on the disk.

    `mark` is the start of a hash over everything in the slot but the archive key, which changes without it.
    """

    id: str
    kind: SlotKind
    owner: str
    created: datetime
    cost: Argon2Cost | None
    mark: str


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
        return SlotInfo(self.id, self.kind, self.owner, self.created, self.cost, self._mark())

    def _mark(self) -> str:
        fields = (self.owner.encode(), self.created.isoformat().encode(), self.public_key, self.sealed_private)
        return hashlib.sha256(_binding("mark", "", self) + sealing.bind("fields", *fields)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a slot is made: `slot_id` and `created` stay when its passphrase changes."""

    owner: str
    slot_id: str = field(default_factory=lambda: uuid4().hex)
    created: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a passphrase, a code or the organisation's key gives of a slot; `anchor` is None in the organisation's."""

    private_key: bytes = field(repr=False)
    anchor: bytes | None = field(repr=False)


def passphrase_slot(
    archive_id: str, root: Root, holder: Holder, passphrase: str, cost: Argon2Cost, salt: bytes | None = None
) -> Slot:
    """A slot that opens with `passphrase`. A `salt` (16 bytes) shared with a slot of the same cost is derived once."""
    salt = salt or urandom(SALT_BYTES)
    return _closed_slot(
        archive_id, root, _bare_slot(holder, SlotKind.PASSPHRASE, cost, salt), derive_key(passphrase, salt, cost)
    )


def recovery_slot(archive_id: str, root: Root, holder: Holder, secret: bytes) -> Slot:
    """A slot that opens with the 32 bytes of a recovery code."""
    salt = urandom(SALT_BYTES)
    return _closed_slot(
        archive_id, root, _bare_slot(holder, SlotKind.RECOVERY, None, salt), _recovery_key(secret, salt)
    )


def organisation_slot(archive_id: str, root: Root, holder: Holder, public_key: bytes) -> Slot:
    """A slot that opens with the private key belonging to `public_key` (32 raw bytes), which is not kept here.

    ValueError for a public key to which nothing can be sealed.
    """
    slot = replace(_bare_slot(holder, SlotKind.ORGANISATION, None, b""), public_key=public_key)
    return sealed_to(slot, archive_id, root)


def sealed_to(slot: Slot, archive_id: str, root: Root) -> Slot:
    """The same slot with the archive key of `root` in it: needs nobody's passphrase."""
    public = X25519PublicKey.from_public_bytes(slot.public_key)
    sealed = _suite().encrypt(root.archive_key, public, _binding("archive key", archive_id, slot))
    return replace(slot, sealed_archive_key=sealed)


def open_with_key(slot: Slot, archive_id: str, key: bytes) -> Opened | None:
    """A closed slot with the key of its passphrase; None when it is another's or the slot was tampered with."""
    content = sealing.unseal(key, slot.sealed_private, _binding("private key", archive_id, slot))
    if content is None or len(content) != 2 * sealing.KEY_BYTES:
        return None
    return Opened(content[: sealing.KEY_BYTES], content[sealing.KEY_BYTES :])


def open_with_recovery(slot: Slot, archive_id: str, secret: bytes) -> Opened | None:
    """As `open_with_key`, with the secret of a printed code."""
    return open_with_key(slot, archive_id, _recovery_key(secret, slot.salt))


def archive_key_of(slot: Slot, archive_id: str, private_key: bytes) -> bytes | None:
    """The archive key, or None when the private key (32 raw bytes) is another one or the slot was tampered with."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        opened = _suite().decrypt(slot.sealed_archive_key, private, _binding("archive key", archive_id, slot))
    except (InvalidTag, ValueError):  # ValueError: not 32 bytes, or a public key of low order
        return None
    return opened if len(opened) == sealing.KEY_BYTES else None


def _closed_slot(archive_id: str, root: Root, bare: Slot, key: bytes) -> Slot:
    private = X25519PrivateKey.generate()
    slot = replace(bare, public_key=private.public_key().public_bytes_raw())
    content = private.private_bytes_raw() + root.anchor
    sealed = sealing.seal(key, content, _binding("private key", archive_id, slot))
    return sealed_to(replace(slot, sealed_private=sealed), archive_id, root)


def _bare_slot(holder: Holder, kind: SlotKind, cost: Argon2Cost | None, salt: bytes) -> Slot:
    return Slot(holder.slot_id, kind, holder.owner, holder.created, cost, salt, b"", b"", b"")


def _binding(what: str, archive_id: str, slot: Slot) -> bytes:
    cost = slot.cost
    parameters = b"" if cost is None else f"{cost.memory_kib},{cost.iterations},{cost.lanes}".encode()
    fields = (archive_id.encode(), slot.id.encode(), slot.kind.encode(), parameters, slot.salt)
    return sealing.bind(f"oralhistory slot {what}", *fields)


def _recovery_key(secret: bytes, salt: bytes) -> bytes:
    return sealing.derive(secret, salt, sealing.bind("oralhistory recovery"))


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
