"""The key slots as the services know them (`domain.ports.Keys`): one way in for each question a person can ask."""

from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.ports import Slot, UnlockedKeys
from oralhistory.vault import archive, slotlist
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.vault.slotlist import SlotsChange
from oralhistory.vault.slots import SlotKind


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

    def unlock_with_organisation_key(self, folder: Path, private_key: bytes) -> KeyRing:
        """Open with the organisation's private key, 32 raw bytes."""
        return archive.open_with_organisation_key(folder, private_key)

    def set_passphrase(self, keys: UnlockedKeys, new: str) -> SlotsChange:
        """Give the slot that opened `keys` another passphrase.

        Opened with the printed code, the only passphrase there is gets replaced; among several, one is added.
        """
        assert isinstance(keys, KeyRing)
        passphrases = [slot.id for slot in archive.list_slots(keys.folder) if slot.kind is SlotKind.PASSPHRASE]
        if keys.opened_by in passphrases or len(passphrases) == 1:
            slot = keys.opened_by if keys.opened_by in passphrases else passphrases[0]
            return slotlist.changed_passphrase(keys, slot, new, self._cost())
        return slotlist.added_passphrase(keys, new, self._cost(), "recovered")

    def slots(self, folder: Path) -> Sequence[Slot]:
        found = archive.list_slots(folder)
        return [Slot(one.id, one.kind.value, one.owner, one.created.isoformat()) for one in found]

    def _cost(self) -> Argon2Cost:
        return self._given_cost or Argon2Cost.calibrated()
