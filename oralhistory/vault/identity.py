"""Who an archive is to other archives: a key it signs with, a key others seal to, and the address that names both.

The private keys are sealed under the archive key and never leave the archive; the address is public, signed by itself, and
compared aloud once, by its fingerprint, before anything is sent to it or taken from it. It refuses an address that was
altered; that it is whose it says, only the comparison tells.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.vault import sealing
from oralhistory.vault.fingerprint import fingerprint

_FORMAT = "oralhistory address 1"
_MOST_BYTES = 4096
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Address:
    """Archive id, the id of its receiving slot (32 hexadecimal characters each), and two raw public keys of 32 bytes."""

    archive_id: str
    slot_id: str
    signing_key: bytes
    receiving_key: bytes

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over everything in it."""
        return fingerprint("address", self.content())

    def content(self) -> bytes:
        """What is signed."""
        ids = (self.archive_id.encode(), self.slot_id.encode())
        return sealing.bind(_FORMAT, *ids, self.signing_key, self.receiving_key)

    def verifies(self, signature: bytes, signed: bytes) -> bool:
        """Whether the archive of this address signed it."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing_key).verify(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Identity:
    """The private side of an address; 32 raw bytes each."""

    address: Address
    signing: bytes = field(repr=False)
    receiving: bytes = field(repr=False)

    @classmethod
    def fresh(cls, archive_id: str, slot_id: str) -> "Identity":
        return cls.of(archive_id, slot_id, sealing.random_key(), sealing.random_key())

    @classmethod
    def of(cls, archive_id: str, slot_id: str, signing: bytes, receiving: bytes) -> "Identity":
        address = Address(
            archive_id,
            slot_id,
            Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw(),
            X25519PrivateKey.from_private_bytes(receiving).public_key().public_bytes_raw(),
        )
        return cls(address, signing, receiving)

    def sign(self, content: bytes) -> bytes:
        """64 bytes of Ed25519 (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(content)


def to_sealable(identity: Identity) -> bytes:
    """What is sealed under the archive key."""
    return identity.address.slot_id.encode("ascii") + identity.signing + identity.receiving


def from_sealable(archive_id: str, content: bytes) -> Identity:
    """What `to_sealable` gave, of this archive. ValueError for anything else."""
    slot_id, signing, receiving = content[:32].decode("ascii"), content[32:64], content[64:]
    return Identity.of(archive_id, slot_id, signing, receiving)


def to_file(identity: Identity) -> bytes:
    """The address to be handed to others, as JSON."""
    address = identity.address
    document = {
        "format": _FORMAT,
        "archive": address.archive_id,
        "slot": address.slot_id,
        "signing": address.signing_key.hex(),
        "receiving": address.receiving_key.hex(),
        "signature": identity.sign(address.content()).hex(),
    }
    return json.dumps(document, indent=1).encode("ascii") + b"\n"


def from_file(content: bytes) -> Address:
    """An address that somebody handed over. MalformedInput when it is none or was altered."""
    try:
        document: Any = json.loads(content) if len(content) <= _MOST_BYTES else None
        ids = (document["archive"], document["slot"])
        keys = (bytes.fromhex(document["signing"]), bytes.fromhex(document["receiving"]))
        signature = bytes.fromhex(document["signature"])
        well_formed = document["format"] == _FORMAT and all(_ID.fullmatch(one) for one in ids)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _no_address() from None
    address = Address(*ids, *keys)
    if not well_formed or any(len(key) != sealing.KEY_BYTES for key in keys) or not address.verifies(
        signature, address.content()
    ):
        raise _no_address()
    return address


def _no_address() -> MalformedInput:
    return MalformedInput(
        tr("This file is not the address of an archive, or it was altered."),
        safe=tr("Nothing was changed."),
        todo=tr("Ask the other organisation for its address again."),
    )
