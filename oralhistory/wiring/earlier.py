"""The database as older versions of the program left it."""

from oralhistory.services.archive.earlier import EarlierVersions
from oralhistory.storage import before
from oralhistory.storage.archive_lock import ArchiveLocks
from oralhistory.wiring.rooms import Rooms


def earlier(rooms: Rooms) -> EarlierVersions:
    return EarlierVersions(rooms.door, ArchiveLocks(rooms.kind, rooms.clock), before, rooms.clock)
