"""Making and opening the keys of an archive, and changing who may.

It keeps nothing itself; the slots stand in `keyslots.json`, the opened keys in a `KeyRing`. It refuses to build on
slots that somebody changed without the archive key, and to leave an archive without a slot. Callers hold the archive's
lock.
"""

from collections.abc import Callable
from dataclasses import replace
from os import urandom
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from oralhistory.errors import MalformedInput, NotAllowed, NotFound, StorageFailed, WrongPassphrase
from oralhistory.i18n import tr
from oralhistory.vault import durable, keyslots, recovery, sealing, slots
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.keyslots import KeySlots
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.vault.slots import Holder, Slot, SlotInfo, SlotKind


def create_archive_keys(folder: Path, passphrase: str, cost: Argon2Cost, owner: str) -> tuple[KeyRing, str]:
    """New keys in `folder` (made if missing): the open key ring, and the recovery code to print, shown this once.

    `owner` is the code of a member of staff and stands readable on the disk. StorageFailed when there is an archive
    already or the disk refuses; MalformedInput for an empty passphrase or an owner that is no code.
    """
    if (folder / keyslots.FILE_NAME).exists():
        raise StorageFailed(
            tr("There is already an archive in this folder."),
            safe=tr("It was not touched."),
            todo=tr("Open it, or choose another folder."),
        )
    archive_id, archive_key, secret = urandom(16).hex(), sealing.random_key(), sealing.random_key()
    first = slots.passphrase_slot(archive_id, archive_key, _holder(owner), passphrase, cost)
    paper = slots.recovery_slot(archive_id, archive_key, _holder(owner), secret)
    generation = 1
    wrapped = keyslots.wrap_database_key(archive_key, archive_id, generation, sealing.random_key())
    durable.make_folder(folder)
    keyslots.write(folder, KeySlots(archive_id, (first, paper), generation, wrapped).authenticated(archive_key))
    return KeyRing(folder, archive_id, archive_key, first.id), recovery.encode(secret)


def open_with_passphrase(folder: Path, passphrase: str) -> KeyRing:
    """Unlock, trying every passphrase slot (about a second each).

    WrongPassphrase when none opens, Damaged when the file is malformed or its slots were changed, NotFound when there
    is no archive, MalformedInput when a newer version made it or nothing was typed, StorageFailed when Argon2id does
    not get its memory.
    """
    return _opened(
        folder, SlotKind.PASSPHRASE, lambda slot, archive_id: slots.open_with_passphrase(slot, archive_id, passphrase)
    )


def open_with_recovery(folder: Path, code: str) -> KeyRing:
    """Unlock with the printed code. MalformedInput for a typing mistake; otherwise as `open_with_passphrase`."""
    secret = recovery.decode(code)
    return _opened(
        folder, SlotKind.RECOVERY, lambda slot, archive_id: slots.open_with_recovery(slot, archive_id, secret)
    )


def open_with_organisation_key(folder: Path, private_key: bytes) -> KeyRing:
    """Unlock with the organisation's X25519 private key (32 raw bytes). Errors as `open_with_passphrase`."""
    return _opened(
        folder,
        SlotKind.ORGANISATION,
        lambda slot, archive_id: slots.open_with_private_key(slot, archive_id, private_key),
    )


def list_slots(folder: Path) -> list[SlotInfo]:
    """The slots as the file names them, readable while locked and so not authenticated. Damaged, NotFound."""
    return [slot.info for slot in keyslots.read(folder).slots]


def change_passphrase(folder: Path, keyring: KeyRing, slot_id: str, new: str, cost: Argon2Cost) -> None:
    """Give a passphrase slot a new passphrase and a new key pair; id, owner and date stay.

    NotFound when there is no such passphrase slot. It does not help against a copy of the old file.
    """
    stored = _authentic(folder, keyring)
    old = _find(stored, slot_id)
    if old.kind is not SlotKind.PASSPHRASE:
        raise NotFound(tr("There is no such passphrase."))
    holder = Holder(old.owner, old.id, old.created)
    fresh = slots.passphrase_slot(stored.archive_id, keyring.archive_key(), holder, new, cost)
    changed = tuple(fresh if slot.id == slot_id else slot for slot in stored.slots)
    _write(folder, keyring, replace(stored, slots=changed))


def add_passphrase_slot(folder: Path, keyring: KeyRing, passphrase: str, cost: Argon2Cost, owner: str) -> SlotInfo:
    """Let one more person in. Damaged when the slots were changed from outside."""
    stored = _authentic(folder, keyring)
    fresh = slots.passphrase_slot(stored.archive_id, keyring.archive_key(), _holder(owner), passphrase, cost)
    return _add(folder, keyring, stored, fresh)


def add_recovery_slot(folder: Path, keyring: KeyRing, owner: str) -> tuple[SlotInfo, str]:
    """One more printed code, shown this once; older codes keep working until their slots are removed."""
    stored = _authentic(folder, keyring)
    secret = sealing.random_key()
    fresh = slots.recovery_slot(stored.archive_id, keyring.archive_key(), _holder(owner), secret)
    return _add(folder, keyring, stored, fresh), recovery.encode(secret)


def add_organisation_slot(folder: Path, keyring: KeyRing, public_key: X25519PublicKey, owner: str) -> SlotInfo:
    """Let the organisation's private key, which is kept elsewhere, open the archive."""
    stored = _authentic(folder, keyring)
    raw = public_key.public_bytes_raw()
    fresh = slots.organisation_slot(stored.archive_id, keyring.archive_key(), _holder(owner), raw)
    return _add(folder, keyring, stored, fresh)


def remove_slot(folder: Path, keyring: KeyRing, slot_id: str) -> None:
    """Take a slot away; NotAllowed for the last one, NotFound for none. A copy of the old file still opens."""
    stored = _authentic(folder, keyring)
    _find(stored, slot_id)
    kept = tuple(slot for slot in stored.slots if slot.id != slot_id)
    if not kept:
        raise NotAllowed(
            tr("This is the last way into the archive and cannot be removed."), (), todo=tr("Add another one first.")
        )
    _write(folder, keyring, replace(stored, slots=kept))


def _opened(folder: Path, kind: SlotKind, opens: Callable[[Slot, str], bytes | None]) -> KeyRing:
    stored = keyslots.read(folder)
    for slot in stored.slots:
        if slot.kind is not kind:
            continue
        archive_key = opens(slot, stored.archive_id)
        if archive_key is None:
            continue
        if not stored.verifies(archive_key):
            raise keyslots.damaged()
        keyslots.unwrap_database_key(archive_key, stored)
        return KeyRing(folder, stored.archive_id, archive_key, slot.id)
    raise WrongPassphrase(
        tr("Nothing in this archive opens with what was typed."), todo=tr("Check the keyboard language and try again.")
    )


def _authentic(folder: Path, keyring: KeyRing) -> KeySlots:
    """The stored slots, only if an owner of the archive key wrote them: an edit must not bless a stranger."""
    stored = keyslots.read(folder)
    if stored.archive_id != keyring.archive_id:
        raise ValueError("the key ring belongs to another archive")
    if not stored.verifies(keyring.archive_key()):
        raise keyslots.damaged()
    return stored


def _add(folder: Path, keyring: KeyRing, stored: KeySlots, fresh: Slot) -> SlotInfo:
    _write(folder, keyring, replace(stored, slots=(*stored.slots, fresh)))
    return fresh.info


def _write(folder: Path, keyring: KeyRing, changed: KeySlots) -> None:
    keyslots.write(folder, changed.authenticated(keyring.archive_key()))


def _find(stored: KeySlots, slot_id: str) -> Slot:
    for slot in stored.slots:
        if slot.id == slot_id:
            return slot
    raise NotFound(tr("There is no such key slot."))


def _holder(owner: str) -> Holder:
    if not keyslots.valid_owner(owner):
        raise MalformedInput(
            tr("The owner of a key is named by a short code of letters and digits."), safe=tr("Nothing was changed.")
        )
    return Holder(owner)
