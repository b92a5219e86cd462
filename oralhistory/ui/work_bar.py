"""One piece of long work: what is being done, how far it is, how long it will take, and a button that stops it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.progress import Progress
from oralhistory.ui.jobs import Job, Jobs
from oralhistory.ui.look.pieces import button, column, label, row
from oralhistory.ui.look.wording import Wording

_STEPS = 1000
_TELL_EVERY_S = 0.1
_GUESS_AFTER_S = 3.0
"""Before, a rate says nothing."""


class WorkBar(QFrame):
    """Hidden while nothing is done; `changed` when work begins or ends. `name` begins the names of its widgets."""

    changed = Signal()

    def __init__(self, name: str, says: Wording, *, can_stop: bool = True) -> None:
        super().__init__()
        self.job: Job | None = None
        self._words = label(wrap=False)
        self._left = label("soft", wrap=False)
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}_progress")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        says(self._bar.setAccessibleName, mark("How far it is"))
        self._stop = button(f"{name}_stop", says, mark("Stop it"))
        self._stop.clicked.connect(self._ask_to_stop)
        if not can_stop:
            self._stop.hide()
        told = row(self._words, self._left)
        told.addStretch(1)
        line = row(self._bar, self._stop)
        line.setStretch(0, 1)
        self.setLayout(column(told, line))
        self._begun_at = 0.0
        self._working = False
        self.hide()

    @property
    def working(self) -> bool:
        return self._working

    def begin(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))  # where the page says it elsewhere
        self._left.clear()
        self._bar.setValue(0)
        self._stop.setEnabled(True)
        self._begun_at = time.monotonic()
        self._working = True
        self.show()
        self.changed.emit()

    def progress(self, jobs: Jobs) -> Progress:
        """To be told (done, whole) from the thread that works."""
        told_at = 0.0

        def tell(done: int, whole: int) -> None:
            nonlocal told_at
            now = time.monotonic()
            if now - told_at >= _TELL_EVERY_S:
                told_at = now
                jobs.post(self, lambda: self._show(done, whole))

        return tell

    def end(self) -> None:
        self.job = None
        self._working = False
        self.hide()
        self.changed.emit()

    def _show(self, done: int, whole: int) -> None:
        if not self._working or whole <= 0:
            return
        self._bar.setValue(min(done * _STEPS // whole, _STEPS))
        passed = time.monotonic() - self._begun_at
        if passed >= _GUESS_AFTER_S and done:
            self._left.setText(time_left(passed * (whole - done) / done))

    def _ask_to_stop(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self._stop.setEnabled(False)
            self._left.setText(tr("Stopping …"))


def time_left(seconds: float) -> str:
    """How long it will take, as roughly as it is known."""
    minutes = round(seconds / 60)
    if not minutes:
        return tr("less than a minute left")
    return ntr("about {n} minute left", "about {n} minutes left", minutes)
