"""Keeping the archive whole, copying it, and destroying or removing in it."""

from oralhistory.services.archive.integrity import Integrity
from oralhistory.services.backup.backing_up import BackingUp
from oralhistory.services.desk import Desk
from oralhistory.services.recording.fixity import FixityService
from oralhistory.services.withdrawal.destroying import Destroying
from oralhistory.services.withdrawal.removing import Removing
from oralhistory.services.withdrawal.traces import Traces
from oralhistory.storage.medium_lock import hold as hold_medium
from oralhistory.storage.snapshot import opened as open_snapshot
from oralhistory.vault.medium import Medium
from oralhistory.wiring.rooms import Rooms


def integrity(desk: Desk, _: Rooms) -> Integrity:
    return Integrity(desk.archive)


def backing_up(desk: Desk, rooms: Rooms) -> BackingUp:
    return BackingUp(desk.archive, Medium(), open_snapshot, rooms.recorders, hold_medium)


def destroying(desk: Desk, _: Rooms) -> Destroying:
    return Destroying(desk.archive, Medium(), _traces(desk))


def removing(desk: Desk, _: Rooms) -> Removing:
    return Removing(desk.archive, Medium(), desk.recording, _traces(desk))


def _traces(desk: Desk) -> Traces:
    return Traces(desk.archive, Medium(), desk.recording, desk.backing_up)


def fixity(desk: Desk, _: Rooms) -> FixityService:
    return FixityService(desk.archive)
