"""Whether the database can be believed since it was unlocked: every page of it read and checked once, beside the work.

A damaged page of the search index makes no error, it makes fewer hits. Until the check is done what a search finds is marked
as not yet checked.
"""

import threading
from enum import StrEnum

from oralhistory.errors import Damaged
from oralhistory.services.archive.opened import Changed, OpenArchive


class Trust(StrEnum):
    NOT_YET = "not_yet"
    CHECKING = "checking"
    SOUND = "sound"
    DAMAGED = "damaged"


class Integrity:
    """State of one open archive; `check` belongs on a thread beside the window's."""

    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive
        self._one_at_a_time = threading.Lock()
        self._state = Trust.NOT_YET
        self._damage: Damaged | None = None

    @property
    def state(self) -> Trust:
        return self._state

    @property
    def checked(self) -> bool:
        """Whether every page was found as it was written."""
        return self._state is Trust.SOUND

    @property
    def damage(self) -> Damaged | None:
        """What was found, in sentences; None as long as nothing was."""
        return self._damage

    def check(self) -> None:
        """Read the whole database (about 2 s a GB) and its custody log. Damaged; whatever ends it early leaves it not checked."""
        with self._one_at_a_time:
            self._go(Trust.CHECKING)
            try:
                self._archive.store.verify()
            except Damaged as damage:
                self._damage = damage
                self._go(Trust.DAMAGED)
                raise
            except BaseException:
                self._go(Trust.NOT_YET)
                raise
            self._damage = None
            self._go(Trust.SOUND)

    def _go(self, state: Trust) -> None:
        self._state = state
        self._archive.announce(Changed.INTEGRITY)
