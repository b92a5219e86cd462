"""The key slots as the services know them (`domain.ports.Keys`): one way in for each question a person can ask."""

from collections.abc import Iterable, Sequence
from os import urandom
from pathlib import Path

from oralhistory.domain.ports import OrganisationKey, Slot, UnlockedKeys
from oralhistory.vault import archive, identity, keyslots, organisation, slotlist
from oralhistory.vault.identity import Identity
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.vault.slotlist import SlotsChange
from oralhistory.vault.slots import SlotInfo


class Door:
    """`cost` is what new passphrases are derived with; None measures this machine when one is first set."""

    def __init__(self, cost: Argon2Cost | None = None) -> None:
        self._given_cost = cost

    def create(self, folder: Path, passphrase: str, owner: str) -> tuple[KeyRing, str]:
        return archive.create_archive_keys(folder, passphrase, self._cost(), owner)

    def unlock(self, folder: Path, passphrase: str) -> KeyRing:
        return archive.open_with_passphrase(folder, passphrase)

    def unlock_with_code(self, folder: Path, code: str) -> KeyRing:
        """Open with the printed code."""
        return archive.open_with_recovery(folder, code)

    def unlock_with_organisation_key(self, folder: Path, private: bytes, passphrase: str) -> KeyRing:
        """Open with the organisation's private key file; `passphrase` is the file's own, if it has one."""
        return archive.open_with_organisation_key(folder, organisation.read_private(private, passphrase))

    def slots(self, folder: Path) -> Sequence[Slot]:
        """As the file names them: not authenticated."""
        return _told(archive.list_slots(folder))

    def slots_in(self, content: bytes) -> Sequence[Slot]:
        """The slots of a list that `UnlockedKeys.slot_list` gave."""
        return _told(slot.info for slot in keyslots.decoded(content).slots)

    def change_passphrase(self, keys: UnlockedKeys, slot_id: str, new: str) -> SlotsChange:
        return slotlist.changed_passphrase(_ring(keys), slot_id, new, self._cost())

    def add_passphrase(self, keys: UnlockedKeys, passphrase: str, owner: str) -> SlotsChange:
        return slotlist.added_passphrase(_ring(keys), passphrase, self._cost(), owner)

    def add_recovery(self, keys: UnlockedKeys, owner: str) -> tuple[SlotsChange, str]:
        return slotlist.added_recovery(_ring(keys), owner)

    def add_organisation(self, keys: UnlockedKeys, public: bytes, owner: str) -> SlotsChange:
        """`public` is the public key file."""
        return slotlist.added_organisation(_ring(keys), organisation.read_public(public), owner)

    def remove_slot(self, keys: UnlockedKeys, slot_id: str) -> SlotsChange:
        return slotlist.removed(_ring(keys), slot_id)

    def organisation_key_is_sealed(self, private: bytes) -> bool:
        return organisation.is_sealed(private)

    def make_organisation_key(self, passphrase: str | None) -> OrganisationKey:
        return organisation.make(passphrase, self._cost())

    def new_identity(self, keys: UnlockedKeys) -> bytes:
        """New keys that the archive signs and receives with, to be sealed with `UnlockedKeys.seal_own`."""
        return identity.to_sealable(Identity.fresh(keys.archive_id, urandom(16).hex()))

    def address(self, keys: UnlockedKeys, own: bytes) -> tuple[bytes, str]:
        """The address file to be handed to others, and its fingerprint; `own` is what `new_identity` gave."""
        known = identity.from_sealable(keys.archive_id, own)
        return identity.to_file(known), known.address.fingerprint

    def _cost(self) -> Argon2Cost:
        if self._given_cost is None:
            self._given_cost = Argon2Cost.calibrated()
        return self._given_cost


def _ring(keys: UnlockedKeys) -> KeyRing:
    assert isinstance(keys, KeyRing)
    return keys


def _told(found: Iterable[SlotInfo]) -> list[Slot]:
    return [
        Slot(
            one.id,
            one.kind,
            one.owner,
            one.created.isoformat(),
            None if one.cost is None else (one.cost.memory_kib, one.cost.iterations, one.cost.lanes),
            one.mark,
        )
        for one in found
    ]
