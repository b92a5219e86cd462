"""Takes of an archive that is locked."""

from collections.abc import Callable, Sequence
from pathlib import Path

from oralhistory.services.recording import at_the_door
from oralhistory.services.recording.at_the_door import Ending
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.vault import keyslots
from oralhistory.wiring.rooms import Rooms


def running_take(rooms: Rooms) -> Callable[[str], TakeInHand | None]:
    def behind(address: str) -> TakeInHand | None:
        take = rooms.recorders.reattach(address)
        return TakeInHand(take) if take else None

    return behind


def is_recording(rooms: Rooms) -> Callable[[Path], bool]:
    return lambda folder: at_the_door.is_recording(rooms.recorders, folder)


def stop_recording(rooms: Rooms) -> Callable[[Path], Sequence[Path]]:
    return lambda folder: at_the_door.stop_recording(rooms.recorders, folder)


def ending(rooms: Rooms) -> Callable[[Path, Sequence[Path]], Ending]:
    return lambda folder, takes: at_the_door.ending(rooms.recorders, folder / keyslots.FILE_NAME, takes)
