"""What an unlocked archive needs, loaded before it is asked for: in a window there is time while the passphrase is typed."""

import importlib
from collections.abc import Callable

from oralhistory.wiring import behind
from oralhistory.wiring.rooms import Rooms

_ROOMS = ("oralhistory.storage.store", *(f"oralhistory.wiring.{file}" for file in sorted(set(behind.MADE_IN.values()))))


def make_ready(_: Rooms) -> Callable[[Callable[[], bool]], None]:
    def load(cancelled: Callable[[], bool]) -> None:
        for room in _ROOMS:
            if not cancelled():
                importlib.import_module(room)

    return load
