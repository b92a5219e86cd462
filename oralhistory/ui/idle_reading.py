"""Sound that is due is read again by itself while nobody wants anything else of the window.

It begins when no work was asked for a while, nothing is heard and nothing recorded; any other work cancels it at once, and it
rests three times as long as it reads. A thread of idle priority would not do: it could hold Python's lock while the machine
gives it no turn, and the window would stand still. Nothing is told of sound that is whole.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from oralhistory.i18n import listed, tr
from oralhistory.services.progress import Asked
from oralhistory.services.recording.fixity import FixityService
from oralhistory.ui.banner import Banner
from oralhistory.ui.jobs import Jobs

QUIET_S = 30.0
_LOOK_EVERY_MS = 10_000
_NOTHING_DUE_S = 3_600.0
_PORTION_BYTES = 64 << 20
_READS_S, _RESTS_S = 0.05, 0.15
_SLICE_S = 0.01

Codes = list[str]
"""Of interviews in which something was found that was not known before; None where nothing was due."""


class Unhurried:
    """Asked over and over by work that goes on for long: makes it rest, and says whether it is cancelled."""

    def __init__(self, cancelled: Asked, rest: Callable[[float], None] = time.sleep) -> None:
        self._cancelled, self._rest = cancelled, rest
        self._since = time.monotonic()

    def __call__(self) -> bool:
        if time.monotonic() - self._since >= _READS_S:
            for _ in range(round(_RESTS_S / _SLICE_S)):
                if self._cancelled():
                    break
                self._rest(_SLICE_S)
            self._since = time.monotonic()
        return self._cancelled()


class IdleReading(QObject):
    def __init__(
        self, fixity: FixityService, jobs: Jobs, banner: Banner, occupied: Callable[[], bool], parent: QObject
    ) -> None:
        """`occupied`: whether something is being heard or recorded."""
        super().__init__(parent)
        self._fixity, self._jobs, self._banner, self._occupied = fixity, jobs, banner, occupied
        self._reading = False
        self._not_before = 0.0
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    def look(self) -> None:
        """Begin a portion if this is the time for it."""
        quiet = not self._jobs.busy and self._jobs.quiet_s >= QUIET_S
        if self._reading or not quiet or self._occupied() or time.monotonic() < self._not_before:
            return
        self._reading = True
        self._jobs.run_stoppable(self._read, self._ended, self._failed, owner=self, gives_way=True)

    def _read(self, cancelled: Asked) -> Codes | None:
        known = {one.recording_id for one in self._fixity.schedule().damaged}
        done = self._fixity.check_due(_PORTION_BYTES, Unhurried(cancelled))
        news = (interview.code for interview, one in done if not one.unchanged and one.recording.id not in known)
        return list(dict.fromkeys(news)) if done or cancelled() else None

    def _ended(self, damaged: Codes | None) -> None:
        self._reading = False
        if damaged is None:
            self._not_before = time.monotonic() + _NOTHING_DUE_S
        elif damaged:
            self._banner.tell(
                tr("Sound is not as it was written: {codes}.", codes=listed(damaged)),
                [
                    tr("What can still be read of it is untouched, and so is every other recording."),
                    tr("The interview’s History says which part. Bring it back from a backup."),
                ],
                role="note_caution",
            )

    def _failed(self, error: Exception) -> None:
        """A disk that is gone is told by whatever a person asks of it next; this is tried again later."""
        self._reading = False
        self._not_before = time.monotonic() + _NOTHING_DUE_S
