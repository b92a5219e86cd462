"""What is told of a draft until its first passage is heard: on a slow or busy machine minutes, in which nothing else moves."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr

_EVERY_MS = 1_000


class FirstWait(QObject):
    """`told` carries the sentence, each second anew. `making` says which interview the only engine is at work on."""

    told = Signal(str)

    def __init__(self, making: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._making = making
        self._code, self._since = "", 0.0
        self._tick = QTimer(self, interval=_EVERY_MS)
        self._tick.timeout.connect(lambda: self.told.emit(self.words))

    @property
    def words(self) -> str:
        """Empty while nothing is waited for."""
        if not self._tick.isActive():
            return ""
        making, so_far = self._making(), clock(round(1000 * (time.monotonic() - self._since)))
        if making not in ("", self._code):
            return tr("The machine is at the draft of {code}; this one begins after it. Waited so far: {time}.",
                      code=making, time=so_far)  # fmt: skip
        return tr("The speech model is being loaded, then the first passage is heard. So far: {time}.", time=so_far)

    def begin(self, code: str) -> None:
        self._code, self._since = code, time.monotonic()
        self._tick.start()

    def end(self) -> None:
        """A passage was heard, or none will be."""
        self._tick.stop()
