"""The last net: exceptions nobody caught, in any thread, become a calm message that names the type and nothing else."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from oralhistory.errors import OralHistoryError

logger = logging.getLogger(__name__)


class CrashHook(QObject):
    """While installed, hears of every uncaught exception; `tell` is called on the window's thread."""

    _happened = Signal(object)

    def __init__(self, trouble: Callable[[OralHistoryError], None], fault: Callable[[str], None]) -> None:
        super().__init__()
        self._trouble = trouble
        self._fault = fault
        self._before = (sys.excepthook, threading.excepthook)
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _hear(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if not isinstance(error, OralHistoryError):
            logger.error("uncaught: %s", kind.__name__)
        self._happened.emit(error if isinstance(error, OralHistoryError) else kind.__name__)

    def _hear_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hear(args.exc_type, args.exc_value, None)

    def _tell(self, what: object) -> None:
        if isinstance(what, OralHistoryError):
            self._trouble(what)
        else:
            self._fault(str(what))
