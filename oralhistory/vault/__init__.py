"""The vault: keys, key slots and the sealed sound container. The only room that knows a cipher."""

from oralhistory.domain.ports import SlotKind
from oralhistory.vault.archive import (
    create_archive_keys,
    list_slots,
    open_with_organisation_key,
    open_with_passphrase,
    open_with_recovery,
)
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.partkeys import PartKeys
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.vault.reader import PartReader
from oralhistory.vault.slots import SlotInfo
from oralhistory.vault.writer import PartWriter

__all__ = [
    "Argon2Cost",
    "KeyRing",
    "PartKeys",
    "PartReader",
    "PartWriter",
    "SlotInfo",
    "SlotKind",
    "create_archive_keys",
    "list_slots",
    "open_with_organisation_key",
    "open_with_passphrase",
    "open_with_recovery",
]
