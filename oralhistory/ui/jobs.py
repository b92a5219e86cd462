"""Work that takes longer than a blink, done beside the window's thread and answered on it.

Keeps the window from freezing; refuses to call back into a widget that is gone. A fault of the world goes to whoever asked,
or to the banner; a fault of the program is told by its type only, because its text may hold a person's words.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from oralhistory.errors import OralHistoryError
from oralhistory.services.progress import Asked

T = TypeVar("T")
_MOST_AT_ONCE = 8  # a take's heartbeats and a draft being made each hold a thread for hours

logger = logging.getLogger(__name__)


class Job:
    """One piece of work under way. `cancel` asks; what `Jobs.run_stoppable` does can listen."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._ended = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def ended(self) -> bool:
        """Whether the work has returned (its answer may still be on its way to the window's thread)."""
        return self._ended.is_set()


class Jobs(QObject):
    """`trouble` carries faults of the world that nobody else handles, `fault` the type name of a fault of the program."""

    trouble = Signal(object)
    fault = Signal(str)
    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_MOST_AT_ONCE)
        self._running: set[Job] = set()
        self._giving_way: set[Job] = set()
        self._stirred_at = time.monotonic()
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject,
        gives_way: bool = False,
    ) -> Job:
        """As `run_stoppable`, work that goes on to its end once it was begun."""
        return self.run_stoppable(lambda _: work(), done, failed, owner=owner, gives_way=gives_way)

    def run_stoppable(
        self,
        work: Callable[[Asked], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject,
        gives_way: bool = False,
    ) -> Job:
        """Do `work` on another thread, then call `done` with its answer, or `failed`, here, if `owner` still lives.

        The work is given what tells whether somebody asked to stop. Without `failed` the banner tells. A fault of the program
        is always told as such; `failed` is called besides, so that the page can put itself right. What `gives_way` is cancelled
        as soon as anything else is begun, and does not count as being busy. After `close` nothing is begun any more.
        """
        job = Job()
        if self._closed:  # what is begun now would outlive the pool, which waits for it where nothing else can go on
            job.cancel()
            job._ended.set()
            return job
        (self._giving_way if gives_way else self._running).add(job)
        if not gives_way:
            self._make_way()

        def answer(result: T) -> None:
            self._over(job)
            if not self._closed and isValid(owner):
                done(result)

        def failure(error: Exception) -> None:
            self._over(job)
            if not self._closed and isValid(owner):
                self._report(error, failed)

        self._pool.start(_Errand(self, job, lambda: work(job.cancelled), answer, failure))
        return job

    def tell(self, error: Exception) -> None:
        """For whoever was called back with a failure: the banner tells a fault of the world. A fault of the program was told when
        it came, by its type alone."""
        if isinstance(error, OralHistoryError):
            self.trouble.emit(error)

    def post(self, owner: QObject, call: Callable[[], None]) -> None:
        """From any thread: have `call` made on the window's thread if `owner` still lives (progress, notices)."""
        self._posted.emit(lambda _: call() if isValid(owner) else None, None)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    @property
    def quiet_s(self) -> float:
        """Seconds in which nothing was begun or ended; 0 while something runs. What gives way does not count."""
        return 0.0 if self._running else time.monotonic() - self._stirred_at

    def close(self, patience_ms: int = -1) -> bool:
        """Cancel what can be cancelled and wait for all (-1: as long as it takes); nothing is called back afterwards.

        False when something still works after `patience_ms`.
        """
        self._closed = True
        for job in (*self._running, *self._giving_way):
            job.cancel()
        return self._pool.waitForDone(patience_ms)

    def _make_way(self) -> None:
        self._stirred_at = time.monotonic()
        for job in self._giving_way:
            job.cancel()

    def _over(self, job: Job) -> None:
        if job in self._running:
            self._stirred_at = time.monotonic()
        self._running.discard(job)
        self._giving_way.discard(job)

    def _report(self, error: Exception, failed: Callable[[Exception], None] | None) -> None:
        if not isinstance(error, OralHistoryError):
            logger.error("work failed: %s", type(error).__name__)
            self.fault.emit(type(error).__name__)
        elif failed is None:
            self.tell(error)
        if failed is not None:
            failed(error)

    def _deliver(self, call: Callable[[Any], None], value: Any) -> None:
        if not self._closed:
            call(value)

    def send(self, call: Callable[[Any], None], value: Any) -> None:
        self._posted.emit(call, value)


class _Errand(QRunnable):
    """Runs on a thread of the pool: the edge where every exception becomes a message."""

    def __init__(
        self,
        jobs: Jobs,
        job: Job,
        work: Callable[[], Any],
        answer: Callable[[Any], None],
        failure: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self._jobs, self._job, self._work, self._answer, self._failure = jobs, job, work, answer, failure

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  the edge: reported on the window's thread
            self._jobs.send(self._failure, error)
        else:
            self._jobs.send(self._answer, result)
        finally:
            self._job._ended.set()
