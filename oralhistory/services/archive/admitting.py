"""Who may open the archive: everybody's own passphrase, printed codes, the organisation's key.

Each belongs to a member of staff. It refuses a way in for somebody who is not there, and to take the last one away.
"""

from collections.abc import Sequence

from oralhistory.domain.ports import Keys, Slot, SlotKind, SlotsChange
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive import keylist
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.archive.passphrases import check_passphrase
from oralhistory.services.archive.staffing import active_member


class Admitting:
    def __init__(self, archive: OpenArchive, keys: Keys) -> None:
        self._archive = archive
        self._keys = keys

    def slots(self) -> Sequence[Slot]:
        """Every way in, oldest first."""
        return self._keys.slots(self._archive.folder)

    def readers(self) -> frozenset[str]:
        """Who has a passphrase of their own; a printed code or the organisation's key is nobody who reads."""
        return frozenset(slot.owner for slot in self.slots() if slot.kind is SlotKind.PASSPHRASE)

    def add_passphrase(self, staff: str, passphrase: str) -> Slot:
        """A passphrase of their own for a member of staff. MalformedInput when it is too short or somebody has it."""
        check_passphrase(passphrase)
        owner = self._owner(staff)
        with self._archive.changing_keys:
            return self._carried_out(self._keys.add_passphrase(self._archive.vault, passphrase, owner), "added")

    def add_recovery(self, staff: str) -> tuple[Slot, str]:
        """One more printed code, in the keeping of a member of staff; it is shown this once."""
        owner = self._owner(staff)
        with self._archive.changing_keys:
            change, code = self._keys.add_recovery(self._archive.vault, owner)
            return self._carried_out(change, "added"), code

    def add_organisation(self, staff: str, public: bytes) -> Slot:
        """Let the organisation's key open the archive; `public` is its public file."""
        owner = self._owner(staff)
        with self._archive.changing_keys:
            return self._carried_out(self._keys.add_organisation(self._archive.vault, public, owner), "added")

    def remove(self, slot_id: str) -> Slot:
        """Take a way in away; `slot_id` may be cut short where it is still one slot's. NotFound, NotAllowed (the last one).

        A copy of the key list from before still opens with it: against that helps a new archive key.
        """
        with self._archive.changing_keys:
            slot = self._find(slot_id)
            self._carry_out(self._keys.remove_slot(self._archive.vault, slot.id), slot, "removed")
        return slot

    def second_person(self, passphrase: str) -> str:
        """The staff code of whoever's passphrase this is, if that is somebody else than the one who opened the archive.

        WrongPassphrase when it is nobody's, NotAllowed when it is the same person's or of somebody who left.
        """
        archive = self._archive
        keys = self._keys.unlock(archive.folder, passphrase)
        try:
            keylist.compare(archive.store, keys, self.slots(), self._keys.slots_in)
            owner = next(slot.owner for slot in self.slots() if slot.id == keys.opened_by)
        finally:
            keys.close()
        if owner == archive.actor:
            raise NotAllowed(
                tr("This is the passphrase of the same person; a second one must look at it."),
                (),
                safe=tr("Nothing was changed."),
                todo=tr("Let somebody else type theirs."),
            )
        with archive.store.transaction() as records:
            return active_member(records, owner).code

    def _owner(self, staff: str) -> str:
        with self._archive.store.transaction() as records:
            return active_member(records, staff).code

    def _find(self, slot_id: str) -> Slot:
        wanted = slot_id.strip().lower()
        found = [slot for slot in self.slots() if wanted and slot.id.startswith(wanted)]
        if not found:
            raise NotFound(tr("There is no such key slot."), todo=tr("Look at the list of slots for its id."))
        if len(found) > 1:
            raise MalformedInput(tr("More than one key slot begins like that."), todo=tr("Give more of its id."))
        return found[0]

    def _carried_out(self, change: SlotsChange, what: str) -> Slot:
        return self._carry_out(change, None, what)

    def _carry_out(self, change: SlotsChange, gone: Slot | None, what: str) -> Slot:
        archive = self._archive
        keylist.change(archive.store, archive.vault, change)
        slot = gone or next(one for one in self.slots() if one.id == change.slot_id)
        with archive.store.transaction() as records:
            archive.record_custody_of_archive(records, f"key slot {slot.kind} of {slot.owner} {what}")
        archive.announce(Changed.SLOTS, slot.owner)
        return slot
