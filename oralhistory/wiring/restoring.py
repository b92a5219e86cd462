"""Bringing an archive back from a backup, for which nothing need be unlocked."""

from oralhistory import places
from oralhistory.services.backup.restoring import Restoring
from oralhistory.storage.medium_lock import hold as hold_medium
from oralhistory.storage.snapshot import opened as open_snapshot
from oralhistory.vault.medium import Medium
from oralhistory.wiring.rooms import Rooms


def restoring(rooms: Rooms) -> Restoring:
    return Restoring(rooms.door, Medium(), open_snapshot, hold_medium, places.refuse_network_share)
