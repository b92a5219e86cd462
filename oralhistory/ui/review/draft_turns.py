"""Whose draft is made next: those that wait, one after the other, as long as nothing but their own hinders them.

The line stands in the archive, so it is the same one after a restart. What could not be made is not begun by itself once more.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from oralhistory.errors import Damaged, NotAllowed
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.outset import Outset, outset

Told = Callable[[str, bool, bool], None]
"""Is told of an interview whether its draft waits, and whether it could."""


class DraftTurns(QObject):
    """`come` carries the code of the interview whose turn it is."""

    come = Signal(str)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._left_out: set[str] = set()
        self._asking = False

    def tell_of(self, code: str, told: Told) -> None:
        desk = self._context.desk
        self._context.jobs.run(lambda: outset(desk, code), lambda found: _tell(code, found, told), owner=self)

    def ask_for(self, code: str, told: Told) -> None:
        """Let the draft of this interview be made after those that wait already."""
        desk = self._context.desk
        self._left_out.discard(code)

        def work() -> Outset:
            desk.transcribing.waiting.ask(code)
            return outset(desk, code)

        self._context.jobs.run(work, lambda found: _tell(code, found, told), owner=self)

    def go_on(self) -> None:
        """No draft is being made: it is the next one's turn, if any waits."""
        if self._asking:  # an answer that came behind a draft which was short would begin it anew
            return
        self._asking = True
        waiting = self._context.desk.transcribing.waiting

        def next_one(ready: list[str]) -> None:
            self._asking = False
            code = next((one for one in ready if one not in self._left_out), "")
            if code:
                self.come.emit(code)

        def failed(error: Exception) -> None:
            self._asking = False
            self._context.jobs.tell(error)

        self._context.jobs.run(waiting.ready, next_one, failed, owner=self)

    def go_on_after(self, code: str, error: Exception) -> None:
        """What hinders one interview alone leaves the others their turn; without memory or room none is made."""
        self._left_out.add(code)
        if isinstance(error, (NotAllowed, Damaged)):
            self.go_on()


def _tell(code: str, found: Outset, told: Told) -> None:
    told(code, found.waiting, found.has_sound and not found.hindrances)
