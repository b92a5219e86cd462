"""How far a draft is, in words. Until its first passage is heard that is what is waited for, and how long already: on a slow or
busy machine that takes minutes, in which nothing else moves."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr
from oralhistory.ui.work_bar import time_left

_EVERY_MS = 1_000


class HowFar(QObject):
    """`told` carries the words whenever they change. `making` says which interview the only engine is at work on."""

    told = Signal(str)

    def __init__(self, making: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._making = making
        self.words = ""
        """As they were told last."""
        self.percent = 0
        """How much of the draft is made."""
        self._code = ""
        self._since, self._since_ms = 0.0, -1
        """When what is measured began, and how much of the sound was heard then; -1 until something was."""
        self._tick = QTimer(self, interval=_EVERY_MS)
        self._tick.timeout.connect(lambda: self._tell(self._waiting()))

    def begin(self, code: str) -> None:
        self._code, self.percent = code, 0
        self._wait()

    def rest(self, resting: bool) -> None:
        """A take is being recorded, here or by a recorder that outlived its window; or it is no longer."""
        if resting:
            self._tick.stop()
            self._tell(tr("The draft waits until the recording is over."))
        else:  # the memory went back: the model is opened anew, and what passed tells nothing of the time that is left
            self._wait()

    def at(self, done_ms: int, whole_ms: int) -> None:
        """So much of the sound was heard."""
        self._tick.stop()
        if self._since_ms < 0:
            self._since, self._since_ms = time.monotonic(), done_ms
        self.percent = round(100 * done_ms / max(whole_ms, 1))
        advanced, words = done_ms - self._since_ms, tr("{percent}%", percent=self.percent)
        if advanced > 0:
            left = time_left((time.monotonic() - self._since) * (whole_ms - done_ms) / advanced)
            words = f"{words}  ·  {left}"
        self._tell(words)

    def end(self) -> None:
        self._tick.stop()

    def _wait(self) -> None:
        self._since, self._since_ms = time.monotonic(), -1
        self._tick.start()
        self._tell(self._waiting())

    def _waiting(self) -> str:
        making, so_far = self._making(), clock(round(1000 * (time.monotonic() - self._since)))
        if making not in ("", self._code):
            return tr("The machine is at the draft of {code}; this one begins after it. Waited so far: {time}.",
                      code=making, time=so_far)  # fmt: skip
        return tr("The speech model is being loaded, then the first passage is heard. So far: {time}.", time=so_far)

    def _tell(self, words: str) -> None:
        self.words = words
        self.told.emit(words)
