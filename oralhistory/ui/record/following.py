"""A running take in the window's hand: its heartbeats arrive on the window's thread, orders go out one after another.

Letting go of it stops nothing. The same for the record page and for the window that is locked.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from oralhistory.domain.ports import Heartbeat
from oralhistory.errors import OutOfReach
from oralhistory.services.progress import Asked
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.jobs import Job, Jobs


class Following(QObject):
    """`ended`: the take is over and on the disk. `broken`: its recorder is gone, with the error that tells it. `away`: it is
    not, but does not answer; that is told again and again until it does (`beat`), or is gone."""

    beat = Signal(object)
    ended = Signal()
    broken = Signal(object)
    away = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._orders = InOrder(jobs, self)
        self._take: TakeInHand | None = None
        self._job: Job | None = None

    def follow(self, take: TakeInHand) -> None:
        self._take = take
        self._job = self._jobs.run_stoppable(self._listen(take), self._over, self.broken.emit, owner=self)

    def order(self, what: str) -> None:
        """pause, resume, off_record, stop, seal_from or seal_until."""
        if (take := self._take) is not None:
            orders = {
                "pause": take.pause, "resume": take.resume, "off_record": take.off_record, "stop": take.stop,
                "seal_from": take.seal_from_here, "seal_until": take.seal_until_here,
            }  # fmt: skip
            self._orders.add(orders[what], lambda _done: None)

    def mark(self, at_ms: int, word: str) -> None:
        if (take := self._take) is not None:
            self._orders.add(lambda: take.mark(word, at_ms), lambda _done: None)

    def seal_last(self, minutes: int) -> None:
        if (take := self._take) is not None:
            self._orders.add(lambda: take.seal_last(minutes), lambda _done: None)

    def let_go(self) -> None:
        """Send what was ordered, and hear no more."""
        self._orders.finish()
        if self._job is not None:
            self._job.cancel()
        self._take = self._job = None

    def _listen(self, take: TakeInHand) -> Callable[[Asked], bool]:
        """Work that hands heartbeats on until the take has ended (True) or the window lets go of it (False)."""

        def listen(cancelled: Asked) -> bool:
            while not cancelled():
                try:
                    for beat in take.events():
                        if cancelled():
                            return False
                        self._jobs.post(self, lambda now=beat: self._show(take, now))  # type: ignore[misc]
                except OutOfReach as told:
                    self._jobs.post(self, lambda why=told: self._show_away(take, why))  # type: ignore[misc]
                else:
                    return True
            return False

        return listen

    def _show(self, take: TakeInHand, beat: Heartbeat) -> None:
        if take is self._take:
            self.beat.emit(beat)

    def _show_away(self, take: TakeInHand, told: OutOfReach) -> None:
        if take is self._take:
            self.away.emit(told)

    def _over(self, over: bool) -> None:
        if over:
            self.ended.emit()
