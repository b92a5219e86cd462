"""How a test lets the window live: in an event loop, as `QTest.qWait` keeps the program's other threads from their work."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QTimer

LOOK_EVERY_MS = 5


def live(milliseconds: int) -> None:
    """Let events and threads do what they have to for so long; what is about to be deleted is."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def until(condition: Callable[[], object], patience_ms: int) -> bool:
    """Let the window live until `condition` holds; whether it came to hold in so many milliseconds."""
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        if clock.elapsed() >= patience_ms:
            return False
        live(LOOK_EVERY_MS)
    return True
