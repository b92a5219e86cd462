"""When nobody has touched the window for a while, or the machine slept: `due`.

Touching is a key, the mouse, or text from an input method, in any of the program's windows. Listening to a recording is
activity too, but not for ever: a passage that is played over and over plays to an empty room as well. Time counts while the
machine sleeps; a jump between the clock that sleeps and the one that does not is a sleep. While an archive is being opened
nothing lies open yet, and whoever asked for it may watch for long: the time begins when it stands open.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_EVERY_MS = 2_000
_SLEPT_S = 5.0
"""Clocks that drift apart by more than this between two looks: the machine slept, or its clock was set."""
LONGEST_LISTENING_S = 30 * 60
"""So long somebody who listens and touches nothing is taken to be there."""
_TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress,
}  # fmt: skip

Clock = Callable[[], float]


def _never() -> bool:
    return False


def counting_sleep() -> float:
    """Seconds of a clock that goes on while the machine sleeps; where the system has none, the time of day."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.time()


class IdleWatch(QObject):
    """`minutes` says how long nobody may be there, `listening` whether a recording is being heard right now, `opening` whether
    an archive is being opened or made."""

    due = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        listening: Callable[[], bool],
        parent: QObject,
        *,
        opening: Callable[[], bool] = _never,
        clock: Clock = counting_sleep,
        awake: Clock = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._listening, self._opening = minutes, listening, opening
        self._clock, self._awake = clock, awake
        self._touched_at = self._there_at = self._looked_at = clock()
        self._awake_at = awake()
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.setTimerType(Qt.TimerType.CoarseTimer)
        self._look.timeout.connect(self.look)
        self._look.start()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # Each window is watched, not each widget: an event of every widget would pass through Python otherwise.
        application.focusWindowChanged.connect(self._watch)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touched)

    def touched(self) -> None:
        self._touched_at = self._there_at = self._clock()

    def look(self) -> None:
        """Ask the clocks now."""
        now, awake = self._clock(), self._awake()
        slept = abs((now - self._looked_at) - (awake - self._awake_at)) > _SLEPT_S
        self._looked_at, self._awake_at = now, awake
        listens = self._listening() and now - self._touched_at < LONGEST_LISTENING_S
        if not slept and (listens or self._opening()):
            self._there_at = now
        if slept or now - self._there_at >= self._minutes() * 60:
            self._there_at = now
            self.due.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touched()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
