"""Making the keys of an archive, and opening them with whatever a slot opens with.

It keeps nothing itself; the slots stand in `keyslots.json`, the opened keys in a `KeyRing`. It refuses slots that somebody
changed without the archive's secrets.
"""

from collections.abc import Callable
from os import urandom
from pathlib import Path

from oralhistory.domain.ports import SlotKind
from oralhistory.durable import make_folder
from oralhistory.errors import StorageFailed, WrongPassphrase
from oralhistory.i18n import tr
from oralhistory.vault import keyslots, recovery, sealing, slots
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.keyslots import KeySlots
from oralhistory.vault.passphrase import Argon2Cost, keys_of
from oralhistory.vault.root import Root
from oralhistory.vault.slotlist import holder
from oralhistory.vault.slots import Opened, Slot, SlotInfo


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
    archive_id, root, secret = urandom(16).hex(), Root.fresh(), sealing.random_key()
    first = slots.passphrase_slot(archive_id, root, holder(owner), passphrase, cost)
    paper = slots.recovery_slot(archive_id, root, holder(owner), secret)
    make_folder(folder)
    keyslots.write(folder, KeySlots.first(archive_id, root, (first, paper)))
    return KeyRing(folder, archive_id, [root], first.id), recovery.encode(secret)


def open_with_passphrase(folder: Path, passphrase: str) -> KeyRing:
    """Unlock, trying every passphrase slot (about a second for each salt and cost there is).

    The list is not yet known to be whole: `KeyRing.slot_list` says so, and nothing is sealed before. WrongPassphrase when
    no slot opens, Damaged when the file is malformed or the archive key in it is a stranger's, NotFound when there is no
    archive, MalformedInput when a newer version made it or nothing was typed, StorageFailed when Argon2id does not get its
    memory.
    """
    key = keys_of(passphrase)
    return _opened(
        folder,
        SlotKind.PASSPHRASE,
        lambda slot, archive_id: slots.open_with_key(slot, archive_id, key(slot.salt, slot.cost)) if slot.cost else None,
    )


def open_with_recovery(folder: Path, code: str) -> KeyRing:
    """Unlock with the printed code. MalformedInput for a typing mistake; otherwise as `open_with_passphrase`."""
    secret = recovery.decode(code)
    return _opened(
        folder, SlotKind.RECOVERY, lambda slot, archive_id: slots.open_with_recovery(slot, archive_id, secret)
    )


def open_with_organisation_key(folder: Path, private_key: bytes) -> KeyRing:
    """Unlock with the organisation's X25519 private key (32 raw bytes). Errors as `open_with_passphrase`."""
    return _opened(folder, SlotKind.ORGANISATION, lambda *_: Opened(private_key, None))


def list_slots(folder: Path) -> list[SlotInfo]:
    """The slots as the file names them, readable while locked and so not authenticated. Errors of `keyslots.read`."""
    return [slot.info for slot in keyslots.read(folder).slots]


def _opened(folder: Path, kind: SlotKind, opens: Callable[[Slot, str], Opened | None]) -> KeyRing:
    stored = keyslots.read(folder)
    for slot in stored.slots:
        opened = opens(slot, stored.archive_id) if slot.kind is kind else None
        if opened is None:
            continue
        root = _root(stored, slot, opened)
        if root is None and opened.anchor is None:
            continue  # another organisation's key
        if root is None:
            raise keyslots.damaged()
        ring = KeyRing(folder, stored.archive_id, _with_begun(stored, slot, opened, root), slot.id)
        ring.database_keys()
        return ring
    raise WrongPassphrase(
        tr("Nothing in this archive opens with what was typed."), todo=tr("Check the keyboard language and try again.")
    )


def _with_begun(stored: KeySlots, slot: Slot, opened: Opened, root: Root) -> list[Root]:
    """The newer root first, but never one that a stranger wrote into the list."""
    begun = stored.begun.find(slot.id) if stored.begun else None
    if stored.begun is None or begun is None or not stored.sealed_by([root]):
        return [root]
    newer = _root(stored.begun, begun, opened)
    return [root] if newer is None else [newer, root]


def _root(stored: KeySlots, slot: Slot, opened: Opened) -> Root | None:
    """None when the private key is not the slot's. Damaged when the anchor is not the one the slot knows."""
    archive_key = slots.archive_key_of(slot, stored.archive_id, opened.private_key)
    if archive_key is None:
        return None
    anchor = stored.anchor(archive_key)
    if opened.anchor not in (None, anchor):
        raise keyslots.damaged()
    return Root(archive_key, anchor)
