"""Who may open the archive: staff, key slots, the organisation's address."""

from oralhistory.services.archive.addressing import Addressing
from oralhistory.services.archive.admitting import Admitting
from oralhistory.services.archive.staffing import Staffing
from oralhistory.services.desk import Desk
from oralhistory.wiring.rooms import Rooms


def staffing(desk: Desk, _: Rooms) -> Staffing:
    return Staffing(desk.archive, desk.admitting.slots)


def admitting(desk: Desk, rooms: Rooms) -> Admitting:
    return Admitting(desk.archive, rooms.door)


def addressing(desk: Desk, rooms: Rooms) -> Addressing:
    return Addressing(desk.archive, rooms.door)
