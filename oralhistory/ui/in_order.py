"""Things to do one after another beside the window's thread: what was asked first is done first.

Keeps what could not be written because the disk refused, and tries it again every few seconds, before anything that was
asked later: whoever stopped typing to think has nothing that hangs on their next key. Where the program itself is at fault,
what was typed is tried once more; then whoever asked is told, so that nobody waits for it for ever.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer

from oralhistory.errors import OralHistoryError, ProgramFault, StorageFailed
from oralhistory.ui.jobs import Jobs

_AGAIN_MS = 2_000


@dataclass(frozen=True, slots=True)
class _Thing:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    stubborn: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    thing: _Thing
    result: Any
    error: OralHistoryError | None = None


class InOrder(QObject):
    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: deque[_Thing] = deque()
        self._outcomes: deque[_Outcome] = deque()
        """What is done and not told yet: `finish` tells it too where another thread did it."""
        self._turn = threading.Lock()
        self._busy = False
        self._told = False
        """Of what the disk refuses; it is not told at every try."""
        self._faulty: _Thing | None = None
        """What met a fault of the program the last time."""
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.go_on)

    @property
    def idle(self) -> bool:
        """Whether everything that was asked is done."""
        return not self._waiting and not self._busy

    @property
    def waiting(self) -> bool:
        """Whether something still waits: after `finish`, what the disk refused."""
        return bool(self._waiting)

    def add(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] = lambda _error: None,
        *,
        stubborn: bool = False,
    ) -> None:
        """Do `work` behind what is waiting; then `done` or `failed` here. The banner tells of failures.

        What is `stubborn` stays first in line while the disk refuses it, and has not failed before that ends. `failed` is told
        of a fault of the program, too: as a ProgramFault without words, for its own may be a person's.
        """
        self._told = False
        self._waiting.append(_Thing(work, done, failed, stubborn))
        self.go_on()

    def go_on(self) -> None:
        """Take up what waits: also what the disk refused before."""
        if self._waiting and not self._busy:
            self._busy = True
            self._jobs.run(self._first, self._answered, self._broken, owner=self)

    def finish(self) -> None:
        """Do everything that waits before this returns; what the disk refuses stays waiting. A fault of the program keeps
        nothing behind it from being done, and is raised then."""
        self._told = refused = False
        while (self._waiting or self._outcomes) and not refused:
            try:
                self._first()
            except BaseException:
                self._give_up()
                self.finish()
                raise
            refused = self._tell_all()
        if refused:
            self._again.start()

    def _first(self) -> None:
        with self._turn:
            if not self._waiting:
                return
            thing = self._waiting[0]
            keep = False
            try:
                self._outcomes.append(_Outcome(thing, thing.work()))
            except StorageFailed as error:
                keep = thing.stubborn
                self._outcomes.append(_Outcome(thing, None, error))
            except OralHistoryError as error:
                self._outcomes.append(_Outcome(thing, None, error))
            except BaseException:
                keep, self._faulty = thing.stubborn and thing is not self._faulty, thing
                raise
            finally:
                if not keep:
                    self._waiting.popleft()

    def _answered(self, _done: None) -> None:
        self._busy = False
        if self._tell_all():
            self._again.start()
        else:
            self.go_on()

    def _broken(self, _error: Exception) -> None:
        """A fault of the program, told by the job runner."""
        self._busy = False
        self._give_up()
        self.go_on()

    def _give_up(self) -> None:
        """Behind a fault of the program: what is not tried once more has failed."""
        thing = self._faulty
        if thing is not None and not any(one is thing for one in self._waiting):
            self._faulty = None
            thing.failed(ProgramFault())

    def _tell_all(self) -> bool:
        """Whether the last of it was refused by the disk, and is kept."""
        refused = False
        while self._outcomes:
            outcome = self._outcomes.popleft()
            refused = _kept(outcome)
            self._tell(outcome)
        return refused

    def _tell(self, outcome: _Outcome) -> None:
        kept = _kept(outcome)
        if outcome.error is not None and not (kept and self._told):
            self._jobs.tell(outcome.error)
        self._told = kept
        if outcome.error is None:
            outcome.thing.done(outcome.result)
        elif not kept:
            outcome.thing.failed(outcome.error)


def _kept(outcome: _Outcome) -> bool:
    return outcome.thing.stubborn and isinstance(outcome.error, StorageFailed)
