"""While names and places are looked for: that they are, how far it is, and a button that stops it. Nothing for the first second.

What was found by then is kept, so that stopping costs nothing but the rest; a search that was stopped begins again when somebody
wants it to, and not by itself.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.i18n import mark
from oralhistory.services.progress import Progress
from oralhistory.ui.jobs import Job
from oralhistory.ui.look.pieces import button, column, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.work_bar import WorkBar

_AFTER_MS = 1_000


class Searching(QFrame):
    """`again_wanted`: a search that was stopped is to go on."""

    again_wanted = Signal()

    def __init__(self, context: PageContext, says: Wording) -> None:
        super().__init__()
        self.setObjectName("release_searching")
        self._jobs = context.jobs
        self._search = Job()
        self._work = WorkBar("release_search", says)
        self._stopped = label()
        says(self._stopped.setText, mark("The search for names and places was stopped. Without it nothing leaves."))
        self._again = button("release_search_again", says, mark("Search on"))
        self._again.clicked.connect(self.again_wanted)
        again = row(self._again)
        again.addStretch(1)
        self._explained = label()
        says(self._explained.setText, mark("Names and places are being looked for: the text is opened here for the first time."))
        self.setLayout(column(self._explained, self._work, self._stopped, again, margin=2 * GRID))
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._show_work)
        self.hide()

    def begin(self) -> None:
        """A search begins. It is told of when it takes longer than a moment."""
        self._search = self._work.job = Job()
        self.hide()
        self._work.begin("")
        self._soon.start()

    @property
    def search(self) -> Job:
        """The search that was begun last, and whether somebody stopped it."""
        return self._search

    def progress(self) -> Progress:
        """To be told how far it is, from the thread that looks."""
        return self._work.progress(self._jobs)

    def end(self) -> None:
        """Everything is found."""
        self._soon.stop()
        self._work.end()
        self.hide()

    def stop(self) -> None:
        """It was stopped: say so, and offer to go on."""
        focused: QWidget | None = self.focusWidget()
        keyboard = focused is not None and self._work.isAncestorOf(focused)
        self._soon.stop()
        self._work.end()
        self._show(True)
        if keyboard:
            self._again.setFocus()

    def _show_work(self) -> None:
        self._show(False)

    def _show(self, stopped: bool) -> None:
        self._explained.setVisible(not stopped)
        self._work.setVisible(not stopped)
        self._stopped.setVisible(stopped)
        self._again.setVisible(stopped)
        self.show()
