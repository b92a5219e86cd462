"""The door of an archive. Its slots are looked at before anybody unlocks it: the database's library comes in with a key."""

import secrets
from pathlib import Path

from oralhistory import places
from oralhistory.domain.ports import Store
from oralhistory.services.archive.archives import Archives
from oralhistory.storage.archive_lock import ArchiveLocks
from oralhistory.wiring.rooms import Rooms


def archives(rooms: Rooms) -> Archives:
    locks = ArchiveLocks(rooms.kind, rooms.clock)
    return Archives(rooms.door, _open_store, locks, places.refuse_network_share, rooms.clock, secrets.token_bytes)


def _open_store(database: Path, key: bytes) -> Store:
    from oralhistory.storage.store import open_store

    return open_store(database, key)
