"""The organisation's key pair, kept away from the archives: whoever holds its private key opens every archive that has a
slot for it, without anybody's passphrase.

The public key is a PEM file. The private key is sealed under a passphrase (JSON, Argon2id and AES-256-GCM), or, for an
organisation that keeps it in a safe of its own, a plain PEM file (PKCS #8) that other programs read too. It refuses files
that are neither, and costs that would hang the machine.
"""

import json
from os import urandom
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from oralhistory.domain.ports import OrganisationKey
from oralhistory.errors import MalformedInput, WrongPassphrase
from oralhistory.i18n import tr
from oralhistory.vault import sealing
from oralhistory.vault.fingerprint import fingerprint
from oralhistory.vault.passphrase import SALT_BYTES, Argon2Cost, derive_key

KIND = "organisation key"
_FORMAT = "oralhistory organisation key 1"
_MOST_BYTES = 16 * 1024


def make(passphrase: str | None, cost: Argon2Cost) -> OrganisationKey:
    """A new pair; with a `passphrase` the private key is sealed under it, with None it is a plain PEM file."""
    private = X25519PrivateKey.generate()
    public = private.public_key()
    return OrganisationKey(
        _plain(private) if passphrase is None else _sealed(private, passphrase, cost),
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        fingerprint(KIND, public.public_bytes_raw()),
    )


def read_public(content: bytes) -> bytes:
    """The 32 raw bytes of a public key file. MalformedInput when it is none."""
    try:
        key = load_pem_public_key(content[:_MOST_BYTES])
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, X25519PublicKey):
        raise MalformedInput(
            tr("This file is not the public key of an organisation."),
            safe=tr("Nothing was changed."),
            todo=tr("Use the public file that was made together with the private key."),
        )
    return key.public_bytes_raw()


def is_sealed(content: bytes) -> bool:
    """Whether a private key file needs a passphrase."""
    return not content.lstrip().startswith(b"-----BEGIN")


def read_private(content: bytes, passphrase: str) -> bytes:
    """The 32 raw bytes of a private key file; the passphrase of a plain one is not looked at.

    MalformedInput when the file is no such key, WrongPassphrase.
    """
    if len(content) > _MOST_BYTES:
        raise _no_private_key()
    return _unsealed(content, passphrase) if is_sealed(content) else _read_plain(content)


def _plain(private: X25519PrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read_plain(content: bytes) -> bytes:
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # TypeError: it is sealed in another program's way
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise _no_private_key()
    return key.private_bytes_raw()


def _sealed(private: X25519PrivateKey, passphrase: str, cost: Argon2Cost) -> bytes:
    salt, public = urandom(SALT_BYTES), private.public_key().public_bytes_raw()
    sealed = sealing.seal(derive_key(passphrase, salt, cost), private.private_bytes_raw(), _binding(public, salt, cost))
    document = {
        "format": _FORMAT,
        "cost": [cost.memory_kib, cost.iterations, cost.lanes],
        "salt": salt.hex(),
        "public": public.hex(),
        "private": sealed.hex(),
    }
    return json.dumps(document, indent=1).encode("ascii") + b"\n"


def _unsealed(content: bytes, passphrase: str) -> bytes:
    try:
        document: Any = json.loads(content)
        cost = Argon2Cost(*document["cost"])
        salt, public, sealed = (bytes.fromhex(document[name]) for name in ("salt", "public", "private"))
        if document["format"] != _FORMAT or len(salt) != SALT_BYTES:
            raise ValueError("another format")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _no_private_key() from None
    opened = sealing.unseal(derive_key(passphrase, salt, cost), sealed, _binding(public, salt, cost))
    if opened is None or len(opened) != sealing.KEY_BYTES:
        raise WrongPassphrase(
            tr("The organisation's key does not open with this passphrase."),
            todo=tr("Check the keyboard language and try again."),
        )
    return opened


def _binding(public: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    parameters = f"{cost.memory_kib},{cost.iterations},{cost.lanes}".encode()
    return sealing.bind("oralhistory organisation private key", public, salt, parameters)


def _no_private_key() -> MalformedInput:
    return MalformedInput(
        tr("This file is not the private key of an organisation."), safe=tr("Nothing was changed.")
    )
