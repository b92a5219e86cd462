"""A draft rests while a take is being recorded: the machine belongs to the recorder then, and its only engine to the take's own
draft, which must not wait for hours behind another one.

Asked between two windows; what is finished by then is kept, so nothing is heard twice.
"""

import threading
from collections.abc import Callable

from oralhistory.errors import Cancelled
from oralhistory.i18n import tr
from oralhistory.services.progress import Asked

Held = Callable[[bool], None]
"""Told True when a draft begins to rest, and False when it goes on."""
_LOOK_EVERY_S = 0.5


def untold(_held: bool) -> None:
    """Tells nobody."""


class GivingWay:
    def __init__(self, recording_now: Asked) -> None:
        """`recording_now`: whether any recorder has its hand on a take of this archive."""
        self.due = recording_now

    def rest(self, cancelled: Asked, held: Held = untold) -> None:
        """Return when no take is being recorded. Cancelled as soon as `cancelled` says so."""
        if not self.due():
            return
        held(True)
        moment = threading.Event()
        while self.due():
            if cancelled():
                raise Cancelled(tr("It was stopped."), safe=tr("What was finished is kept."))
            moment.wait(_LOOK_EVERY_S)
        held(False)
