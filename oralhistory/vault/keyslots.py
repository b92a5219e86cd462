"""The file `keyslots.json`: archive id, format version, key slots, the wrapped database key and anchor.

It keeps nothing readable but codes of owners, dates and costs. While a new archive key is being brought in, the list that
will stand there afterwards stands in it as well (`begun`). It refuses a file of another format, one whose checksum is wrong
(accident), and anything that does not have exactly the expected form (hostility); a change of any of it without the
archive's secrets is found by the HMAC over everything.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from oralhistory import durable
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.vault import sealing, slotform
from oralhistory.vault.root import Root
from oralhistory.vault.slots import Slot

FILE_NAME = "keyslots.json"
FORMAT = 2
MOST_SLOTS = 64

_MOST_BYTES = 1 << 20
_MOST_OWNER = 200
_HEX_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"revision", "slots", "database", "anchor", "mac"}


@dataclass(frozen=True, slots=True)
class KeySlots:
    """The whole file. `revision` counts lists, `generation` database keys; `mac` is 64 hex characters over everything else."""

    archive_id: str
    revision: int
    slots: tuple[Slot, ...]
    generation: int
    wrapped_database_key: bytes = field(repr=False)
    wrapped_anchor: bytes = field(repr=False)
    begun: "KeySlots | None" = None
    mac: str = ""

    @classmethod
    def first(cls, archive_id: str, root: Root, slots: tuple[Slot, ...]) -> "KeySlots":
        """The list of a new archive, with a new database key."""
        return cls(archive_id, 1, slots, 0, b"", b"")._keyed(root)

    def with_slots(self, slots: tuple[Slot, ...], root: Root) -> "KeySlots":
        """The next list, with other slots."""
        return replace(self, revision=self.revision + 1, slots=slots).authenticated(root)

    def renewing(self, slots: tuple[Slot, ...], root: Root, newer: Root) -> "KeySlots":
        """The next list, in which the one after it is begun: other `slots` under the archive key of `newer`."""
        final = replace(self, revision=self.revision + 2, slots=slots)._keyed(newer)
        return replace(self, revision=self.revision + 1, begun=final).authenticated(root)

    def _keyed(self, root: Root) -> "KeySlots":
        """With the next database key."""
        generation = self.generation + 1
        database = sealing.seal(
            root.archive_key, sealing.random_key(), _database_binding(self.archive_id, generation)
        )
        anchor = sealing.seal(root.archive_key, root.anchor, _anchor_binding(self.archive_id))
        return replace(
            self, generation=generation, wrapped_database_key=database, wrapped_anchor=anchor
        ).authenticated(root)

    def authenticated(self, root: Root) -> "KeySlots":
        """The same with the HMAC that belongs to its content."""
        return replace(self, mac=root.mac(self.archive_id, self._content()))

    def sealed_by(self, roots: Sequence[Root]) -> bool:
        """Whether somebody with one of these roots wrote exactly this."""
        return any(hmac.compare_digest(self.mac, root.mac(self.archive_id, self._content())) for root in roots)

    def verifies(self, roots: Sequence[Root]) -> bool:
        """The same, and what is begun in it was written by somebody with one of these roots too."""
        return self.sealed_by(roots) and (self.begun is None or self.begun.sealed_by(roots))

    def anchor(self, archive_key: bytes) -> bytes:
        """The 32 bytes under `archive_key`. Damaged when they do not verify."""
        return _unwrapped([archive_key], self.wrapped_anchor, _anchor_binding(self.archive_id))

    def database_key(self, roots: Sequence[Root]) -> bytes:
        """The 32 bytes the database opens with. Damaged when they do not verify."""
        bound = _database_binding(self.archive_id, self.generation)
        return _unwrapped([root.archive_key for root in roots], self.wrapped_database_key, bound)

    def find(self, slot_id: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def _content(self) -> bytes:
        listed = {"format": FORMAT, "archive": self.archive_id, **_to_json(self)}
        return _canonical({name: value for name, value in listed.items() if name != "mac"})


def encoded(keyslots: KeySlots) -> bytes:
    """The file's bytes. ValueError when they could not be read back."""
    document: dict[str, Any] = {"format": FORMAT, "archive": keyslots.archive_id, **_to_json(keyslots)}
    document["checksum"] = _checksum(document)
    _from_json(document)  # a file we could not read back must never take the old one's place
    return json.dumps(document, indent=1).encode("ascii")


def write(folder: Path, keyslots: KeySlots) -> None:
    """Store it durably: after a crash the old file or this one is there, whole. StorageFailed; ValueError (`encoded`)."""
    durable.replace(folder / FILE_NAME, encoded(keyslots))


def read(folder: Path) -> KeySlots:
    """What stands in the folder, its form checked and its slots not yet authenticated.

    NotFound when there is no archive, StorageFailed when the file cannot be read, MalformedInput when another version made
    it, Damaged for everything else.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            tr("There is no archive in this folder."), todo=tr("Check the folder, and that its disk is connected.")
        ) from None
    except OSError as fault:
        raise StorageFailed(
            tr("The file with the archive's key slots cannot be read."),
            safe=tr("Nothing was changed."),
            todo=tr("Check that the disk is connected and that you may read it."),
        ) from fault
    return decoded(raw)


def decoded(raw: bytes) -> KeySlots:
    """The list in a file's bytes. MalformedInput when another version made it, Damaged for everything else."""
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
    if type(version) is int and 0 < version < FORMAT:
        raise MalformedInput(
            tr("A trial version from before the first release made this archive."),
            safe=tr("Nothing was changed."),
            todo=tr("Open it with that version, take out what is needed, and make a new archive."),
        )
    try:
        return _from_json(document)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
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


def _counts(number: object) -> bool:
    return type(number) is int and 0 < number < 1 << 63


def _unwrapped(keys: Sequence[bytes], wrapped: bytes, bound: bytes) -> bytes:
    for key in keys:
        opened = sealing.unseal(key, wrapped, bound)
        if opened is not None and len(opened) == sealing.KEY_BYTES:
            return opened
    raise damaged()


def _database_binding(archive_id: str, generation: int) -> bytes:
    return sealing.bind("oralhistory database key", archive_id.encode(), generation.to_bytes(8, "big"))


def _anchor_binding(archive_id: str) -> bytes:
    return sealing.bind("oralhistory anchor", archive_id.encode())


def _canonical(document: object) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def _checksum(document: dict[str, Any]) -> str:
    covered = {name: value for name, value in document.items() if name != "checksum"}
    return hashlib.sha256(_canonical(covered)).hexdigest()


def _to_json(keyslots: KeySlots) -> dict[str, Any]:
    listed: dict[str, Any] = {
        "revision": keyslots.revision,
        "slots": [slotform.to_json(slot) for slot in keyslots.slots],
        "database": {"generation": keyslots.generation, "key": keyslots.wrapped_database_key.hex()},
        "anchor": keyslots.wrapped_anchor.hex(),
        "mac": keyslots.mac,
    }
    return listed if keyslots.begun is None else {**listed, "begun": _to_json(keyslots.begun)}


def _from_json(document: dict[str, Any]) -> KeySlots:
    if document["format"] != FORMAT or document["checksum"] != _checksum(document):
        raise ValueError("format or checksum")
    archive_id = slotform.checked(document["archive"], valid_id)
    listed = {name: value for name, value in document.items() if name not in ("format", "archive", "checksum")}
    begun = None
    if "begun" in listed:
        begun = _list_from_json(archive_id, listed.pop("begun"), None)
    return _list_from_json(archive_id, listed, begun)


def _list_from_json(archive_id: str, listed: dict[str, Any], begun: KeySlots | None) -> KeySlots:
    slotform.exactly(listed, _FIELDS)
    slotform.exactly(listed["database"], {"generation", "key"})
    return KeySlots(
        archive_id=archive_id,
        revision=slotform.checked(listed["revision"], _counts),
        slots=slotform.slots_from_json(listed["slots"], valid_id, valid_owner, MOST_SLOTS),
        generation=slotform.checked(listed["database"]["generation"], _counts),
        wrapped_database_key=bytes.fromhex(listed["database"]["key"]),
        wrapped_anchor=bytes.fromhex(listed["anchor"]),
        begun=begun,
        mac=slotform.checked(listed["mac"], lambda text: _DIGEST.fullmatch(text) is not None),
    )
