"""When a window has come to be seen: what stood in its place before may go then."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

_SETTLED_MS = 300
"""Systems let a window come up slowly; what lies behind it would shine through."""


class FirstSeen(QObject):
    """Calls `seen` once, shortly after `window`, which was shown already, has been painted on the screen."""

    def __init__(self, window: QWidget, seen: Callable[[], None]) -> None:
        super().__init__(window)
        self._seen = seen
        handle = window.windowHandle()
        if handle.isExposed():
            self._settle()
        else:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose and isinstance(watched, QWindow) and watched.isExposed():
            watched.removeEventFilter(self)
            self._settle()
        return False

    def _settle(self) -> None:
        QTimer.singleShot(_SETTLED_MS, self, self._seen)
