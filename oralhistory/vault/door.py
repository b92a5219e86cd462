"""The key slots as the services know them (`domain.ports.Keys`): one way in for each question a person can ask."""

from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.ports import Slot
from oralhistory.vault import archive
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.vault.slots import SlotKind


class Door:
    """`cost` is what new passphrases are derived with; None measures this machine when one is first set."""

    def __init__(self, cost: Argon2Cost | None = None) -> None:
        self._given_cost = cost

    def create(self, folder: Path, passphrase: str, owner: str) -> tuple[KeyRing, str]:
        return archive.create_archive_keys(folder, passphrase, self._cost(), owner)

    def unlock(self, folder: Path, passphrase: str) -> KeyRing:
        return archive.open_with_passphrase(folder, passphrase)

    def recover(self, folder: Path, code: str, new_passphrase: str) -> KeyRing:
        """Open with the printed code. The only passphrase there is gets replaced; among several, one is added."""
        keyring = archive.open_with_recovery(folder, code)
        passphrases = [slot for slot in archive.list_slots(folder) if slot.kind is SlotKind.PASSPHRASE]
        if len(passphrases) == 1:
            archive.change_passphrase(folder, keyring, passphrases[0].id, new_passphrase, self._cost())
        else:
            archive.add_passphrase_slot(folder, keyring, new_passphrase, self._cost(), "recovered")
        return keyring

    def change_passphrase(self, folder: Path, old: str, new: str) -> KeyRing:
        """Give the slot that `old` opens the passphrase `new`; the ring stays open."""
        keyring = archive.open_with_passphrase(folder, old)
        archive.change_passphrase(folder, keyring, keyring.opened_by, new, self._cost())
        return keyring

    def slots(self, folder: Path) -> Sequence[Slot]:
        found = archive.list_slots(folder)
        return [Slot(one.id, one.kind.value, one.owner, one.created.isoformat()) for one in found]

    def _cost(self) -> Argon2Cost:
        return self._given_cost or Argon2Cost.calibrated()
