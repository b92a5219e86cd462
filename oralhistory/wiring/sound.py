"""Microphones and the loudspeaker."""

from collections.abc import Callable, Sequence

from oralhistory.audio.playback import Player
from oralhistory.domain.ports import Device
from oralhistory.wiring.rooms import Rooms


def microphones(rooms: Rooms) -> Callable[[], Sequence[Device]]:
    return rooms.sound.microphones


def player(rooms: Rooms) -> Callable[[], Player]:
    return lambda: Player(rooms.system)
