"""Changing who may open an archive: another passphrase, one more person, one slot less.

It keeps nothing; a change is worked out first (`SlotsChange`), so that the database can be told what list to expect before
that list is written. It refuses to build on slots that somebody changed without the archive's secrets, to leave an archive
without a slot, and to change anything while a new archive key is unfinished. Callers hold the archive's lock.
"""

from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.ports import SlotKind
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.vault import keyslots, recovery, renewal, sealing, slots
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.keyslots import KeySlots
from oralhistory.vault.passphrase import Argon2Cost, keys_of
from oralhistory.vault.slots import Holder, Slot


@dataclass(frozen=True, slots=True)
class SlotsChange:
    """A list of slots that does not stand on the disk yet; `slot_id` is the slot it is about."""

    folder: Path
    slot_id: str
    changed: KeySlots

    @property
    def digest(self) -> str:
        """What `KeyRing.slots_digest` will be."""
        return self.changed.mac

    def write(self) -> None:
        """After a crash the old list or this one is there. StorageFailed."""
        keyslots.write(self.folder, self.changed)


def changed_passphrase(ring: KeyRing, slot_id: str, new: str, cost: Argon2Cost) -> SlotsChange:
    """Give a passphrase slot a new passphrase and a new key pair; id, owner and date stay.

    NotFound when there is no such passphrase slot. It does not help against a copy of the old file: that is what a new
    archive key is for.
    """
    stored = _authentic(ring)
    old = _find(stored, slot_id)
    if old.kind is not SlotKind.PASSPHRASE:
        raise NotFound(tr("There is no such passphrase."))
    fresh = _passphrase_slot(ring, stored, Holder(old.owner, old.id, old.created), new, cost)
    return _change(ring, stored, slot_id, tuple(fresh if slot.id == slot_id else slot for slot in stored.slots))


def added_passphrase(ring: KeyRing, passphrase: str, cost: Argon2Cost, owner: str) -> SlotsChange:
    """Let one more person in. Damaged when the slots were changed from outside."""
    stored = _authentic(ring)
    return _added(ring, stored, _passphrase_slot(ring, stored, holder(owner), passphrase, cost))


def added_recovery(ring: KeyRing, owner: str) -> tuple[SlotsChange, str]:
    """One more printed code, shown this once; older codes keep working until their slots are removed."""
    stored, secret = _authentic(ring), sealing.random_key()
    fresh = slots.recovery_slot(stored.archive_id, ring.root(), holder(owner), secret)
    return _added(ring, stored, fresh), recovery.encode(secret)


def added_organisation(ring: KeyRing, public_key: bytes, owner: str) -> SlotsChange:
    """Let the organisation's private key, which is kept elsewhere, open the archive. `public_key` is 32 raw bytes."""
    stored = _authentic(ring)
    try:
        fresh = slots.organisation_slot(stored.archive_id, ring.root(), holder(owner), public_key)
    except ValueError:
        raise MalformedInput(tr("This is not a public key."), safe=tr("Nothing was changed.")) from None
    return _added(ring, stored, fresh)


def removed(ring: KeyRing, slot_id: str) -> SlotsChange:
    """Take a slot away; NotAllowed for the last one, NotFound for none. A copy of the old file still opens."""
    stored = _authentic(ring)
    _find(stored, slot_id)
    kept = tuple(slot for slot in stored.slots if slot.id != slot_id)
    if not kept:
        raise NotAllowed(
            tr("This is the last way into the archive and cannot be removed."), (), todo=tr("Add another one first.")
        )
    return _change(ring, stored, slot_id, kept)


def holder(owner: str) -> Holder:
    """For whom a new slot is made. MalformedInput when the owner is no code."""
    if not keyslots.valid_owner(owner):
        raise MalformedInput(
            tr("The owner of a key is named by a short code of letters and digits."), safe=tr("Nothing was changed.")
        )
    return Holder(owner)


def _passphrase_slot(ring: KeyRing, stored: KeySlots, holder: Holder, passphrase: str, cost: Argon2Cost) -> Slot:
    """Salt and cost of a slot that costs about as much are shared: one derivation then tries them all, and unlocking takes
    as long for six people as for one. What a thief saves by it is trying one guess on six slots at once (2.6 bits).

    MalformedInput when somebody has the same passphrase: nobody could tell afterwards who came in.
    """
    salt, shared, key = None, cost, keys_of(passphrase)
    for slot in stored.slots:
        if slot.cost is None or slot.id == holder.slot_id:
            continue
        if slots.open_with_key(slot, stored.archive_id, key(slot.salt, slot.cost)) is not None:
            raise MalformedInput(
                tr("This passphrase cannot be used here."),
                safe=tr("Nothing was changed."),
                todo=tr("Choose another one: everybody needs a passphrase of their own."),
            )
        if cost.work_kib / 2 <= slot.cost.work_kib <= cost.work_kib * 2:
            salt, shared = slot.salt, slot.cost
    return slots.passphrase_slot(stored.archive_id, ring.root(), holder, passphrase, shared, salt)


def _authentic(ring: KeyRing) -> KeySlots:
    """The stored slots, only if an owner of the archive key wrote them: an edit must not bless a stranger."""
    stored = ring.authentic_slots()
    renewal.refuse_unfinished(stored)
    return stored


def _added(ring: KeyRing, stored: KeySlots, fresh: Slot) -> SlotsChange:
    if len(stored.slots) >= keyslots.MOST_SLOTS:
        raise NotAllowed(
            tr("An archive has at most {n} ways in.", n=keyslots.MOST_SLOTS),
            (),
            safe=tr("Nothing was changed."),
            todo=tr("Remove one that nobody needs."),
        )
    return _change(ring, stored, fresh.id, (*stored.slots, fresh))


def _change(ring: KeyRing, stored: KeySlots, slot_id: str, listed: tuple[Slot, ...]) -> SlotsChange:
    return SlotsChange(ring.folder, slot_id, stored.with_slots(listed, ring.root()))


def _find(stored: KeySlots, slot_id: str) -> Slot:
    found = stored.find(slot_id)
    if found is None:
        raise NotFound(tr("There is no such key slot."))
    return found
