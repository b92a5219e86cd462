"""The archive's address among other archives: made once, kept with its private keys in the database under the archive key.

The address goes to others as a file; its fingerprint is compared aloud once. What is signed and sealed with it (packages)
stays what it is when the archive key changes.
"""

from contextlib import suppress
from dataclasses import dataclass

from oralhistory.domain.ports import Keys, Records, UnlockedKeys
from oralhistory.errors import Damaged
from oralhistory.services.archive.opened import OpenArchive

_NOTE = "identity"
_PURPOSE = "identity"


@dataclass(frozen=True, slots=True)
class HandedAddress:
    """The file for others, and eight groups of five digits."""

    file: bytes
    fingerprint: str


class Addressing:
    def __init__(self, archive: OpenArchive, keys: Keys) -> None:
        self._archive = archive
        self._keys = keys

    def address(self) -> HandedAddress:
        """The same each time. Damaged when its keys do not verify."""
        return HandedAddress(*self._keys.address(self._archive.vault, self.own()))

    def own(self) -> bytes:
        """Its private keys, for `Packages`: made when they are first asked for. Damaged."""
        archive = self._archive
        with archive.store.transaction() as records:
            sealed = records.notes.get(_NOTE)
            if sealed is None:
                own = self._keys.new_identity(archive.vault)
                records.notes.set(_NOTE, archive.vault.seal_own(_PURPOSE, own).hex())
            else:
                own = archive.vault.unseal_own(_PURPOSE, bytes.fromhex(sealed))
        return own


def seal_anew(records: Records, keys: UnlockedKeys) -> None:
    """Seal the private keys of the address under the newest archive key; damaged ones stay as they are."""
    sealed = records.notes.get(_NOTE)
    if sealed is not None:
        with suppress(Damaged):
            own = keys.unseal_own(_PURPOSE, bytes.fromhex(sealed))
            records.notes.set(_NOTE, keys.seal_own(_PURPOSE, own).hex())
