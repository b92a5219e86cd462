"""The file `keyslots.json`: archive id, format version, key slots, the wrapped database key.

It keeps nothing readable but codes of owners, dates and costs. It refuses a file of a newer format, one whose checksum
is wrong (accident), and anything that does not have exactly the expected form (hostility); a change of the slots
without the archive key is found by the HMAC over them.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from cryptography.utils import Buffer

from oralhistory.errors import Damaged, MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.vault import durable, sealing
from oralhistory.vault.passphrase import SALT_BYTES, Argon2Cost
from oralhistory.vault.slots import Slot, SlotKind

FILE_NAME = "keyslots.json"
FORMAT = 1

_MOST_BYTES = 1 << 20
_MOST_SLOTS = 64
_MOST_OWNER = 200
_HEX_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class KeySlots:
    """The whole file. `generation` counts database keys; `mac` is 64 hex characters over archive, format and slots."""

    archive_id: str
    slots: tuple[Slot, ...]
    generation: int
    wrapped_database_key: bytes = field(repr=False)
    mac: str = ""

    def authenticated(self, archive_key: Buffer) -> "KeySlots":
        """The same with the HMAC that belongs to its slots."""
        return replace(self, mac=self._mac(archive_key))

    def verifies(self, archive_key: Buffer) -> bool:
        """Whether the slots are those somebody with the archive key last wrote."""
        return hmac.compare_digest(self.mac, self._mac(archive_key))

    def _mac(self, archive_key: Buffer) -> str:
        key = sealing.derive(archive_key, b"", sealing.bind("oralhistory slots", self.archive_id.encode()))
        listed = {"format": FORMAT, "archive": self.archive_id, "slots": [_slot_to_json(slot) for slot in self.slots]}
        return hmac.digest(key, _canonical(listed), "sha256").hex()


def wrap_database_key(archive_key: Buffer, archive_id: str, generation: int, database_key: bytes) -> bytes:
    """The database key as the file keeps it."""
    return sealing.seal(archive_key, database_key, _database_binding(archive_id, generation))


def unwrap_database_key(archive_key: Buffer, keyslots: KeySlots) -> bytes:
    """The 32 bytes the database opens with. Damaged when they do not verify."""
    bound = _database_binding(keyslots.archive_id, keyslots.generation)
    key = sealing.unseal(archive_key, keyslots.wrapped_database_key, bound)
    if key is None or len(key) != sealing.KEY_BYTES:
        raise damaged()
    return key


def write(folder: Path, keyslots: KeySlots) -> None:
    """Store it durably: after a crash the old file or this one is there, whole. StorageFailed.

    ValueError when it could not be read back (over 64 slots): the old file stays.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "archive": keyslots.archive_id,
        "slots": [_slot_to_json(slot) for slot in keyslots.slots],
        "database": {"generation": keyslots.generation, "key": keyslots.wrapped_database_key.hex()},
        "mac": keyslots.mac,
    }
    document["checksum"] = _checksum(document)
    _from_json(document)  # a file we could not read back must never take the old one's place
    durable.replace(folder / FILE_NAME, json.dumps(document, indent=1).encode("ascii"))


def read(folder: Path) -> KeySlots:
    """What stands in the folder, its form checked and its slots not yet authenticated.

    NotFound when there is no archive, MalformedInput when a newer version made it, Damaged for everything else.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(tr("There is no archive in this folder.")) from None
    except OSError as fault:
        raise damaged() from fault
    try:
        document: Any = json.loads(raw) if len(raw) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        raise damaged() from None
    version = document.get("format") if isinstance(document, dict) else None
    if type(version) is int and version > FORMAT:
        raise MalformedInput(
            tr("A newer version of the program made this archive."),
            safe=tr("Nothing was changed."),
            todo=tr("Open it with the newer version."),
        )
    try:
        return _from_json(document)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise damaged() from None


def damaged() -> Damaged:
    """The key slots are not what the program wrote."""
    return Damaged(
        tr("The file with the archive's key slots is damaged or was changed from outside."),
        safe=tr("Recordings and database are untouched."),
        todo=tr("Put back keyslots.json from a backup."),
    )


def valid_id(text: str) -> bool:
    """Whether `text` is 32 lowercase hexadecimal characters, and so safe as a file name."""
    return _HEX_ID.fullmatch(text) is not None


def valid_owner(text: str) -> bool:
    """Whether `text` may stand as the owner of a slot."""
    return 0 < len(text) <= _MOST_OWNER and text.isprintable()


def _database_binding(archive_id: str, generation: int) -> bytes:
    return sealing.bind("oralhistory database key", archive_id.encode(), generation.to_bytes(8, "big"))


def _canonical(document: object) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def _checksum(document: dict[str, Any]) -> str:
    covered = {name: value for name, value in document.items() if name != "checksum"}
    return hashlib.sha256(_canonical(covered)).hexdigest()


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    cost = slot.cost
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "owner": slot.owner,
        "created": slot.created.isoformat(),
        "cost": None if cost is None else [cost.memory_kib, cost.iterations, cost.lanes],
        "salt": slot.salt.hex(),
        "public": slot.public_key.hex(),
        "private": slot.sealed_private.hex(),
        "archive_key": slot.sealed_archive_key.hex(),
    }


def _from_json(document: dict[str, Any]) -> KeySlots:
    _exactly(document, {"format", "archive", "slots", "database", "mac", "checksum"})
    _exactly(document["database"], {"generation", "key"})
    if document["format"] != FORMAT or document["checksum"] != _checksum(document):
        raise ValueError("format or checksum")
    generation = _checked(document["database"]["generation"], lambda n: type(n) is int and 0 < n < 1 << 63)
    listed = _checked(document["slots"], lambda entries: type(entries) is list and 0 < len(entries) <= _MOST_SLOTS)
    slots = tuple(_slot_from_json(entry) for entry in listed)
    if len({slot.id for slot in slots}) != len(slots):
        raise ValueError("two slots of one id")
    return KeySlots(
        archive_id=_checked(document["archive"], valid_id),
        slots=slots,
        generation=generation,
        wrapped_database_key=bytes.fromhex(document["database"]["key"]),
        mac=_checked(document["mac"], lambda text: _DIGEST.fullmatch(text) is not None),
    )


def _slot_from_json(entry: dict[str, Any]) -> Slot:
    _exactly(entry, {"id", "kind", "owner", "created", "cost", "salt", "public", "private", "archive_key"})
    kind = SlotKind(entry["kind"])
    cost = None if entry["cost"] is None else Argon2Cost(*entry["cost"])
    closed = kind is not SlotKind.ORGANISATION
    if (cost is not None) != (kind is SlotKind.PASSPHRASE):
        raise ValueError("cost")
    return Slot(
        id=_checked(entry["id"], valid_id),
        kind=kind,
        owner=_checked(entry["owner"], valid_owner),
        created=_checked(datetime.fromisoformat(entry["created"]), lambda moment: moment.tzinfo is not None),
        cost=cost,
        salt=_checked(bytes.fromhex(entry["salt"]), lambda salt: len(salt) == (SALT_BYTES if closed else 0)),
        public_key=_checked(bytes.fromhex(entry["public"]), lambda key: len(key) == sealing.KEY_BYTES),
        sealed_private=_checked(bytes.fromhex(entry["private"]), lambda sealed: bool(sealed) == closed),
        sealed_archive_key=bytes.fromhex(entry["archive_key"]),
    )


def _exactly(entry: dict[str, Any], names: set[str]) -> None:
    if set(entry) != names:
        raise ValueError("unexpected or missing fields")


def _checked(value: _Value, holds: Callable[[_Value], bool]) -> _Value:
    if not holds(value):
        raise ValueError("a value out of its bounds")
    return value
