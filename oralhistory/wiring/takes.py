"""Takes of an archive that is locked."""

from oralhistory.services.recording.at_the_door import AtTheDoor
from oralhistory.vault import keyslots
from oralhistory.wiring.rooms import Rooms


def at_the_door(rooms: Rooms) -> AtTheDoor:
    return AtTheDoor(rooms.recorders, keyslots.FILE_NAME)
