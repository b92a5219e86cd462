"""What the machine heard and did not write: where somebody speaks without text, each place a button that plays it.

Hidden while there is nothing to tell. Long silence is told in one figure, because it is what these interviews are made of.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from oralhistory.domain.coverage import Coverage
from oralhistory.domain.timecode import clock
from oralhistory.i18n import ntr, tr
from oralhistory.ui.look.pieces import column, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import PageContext

_MOST = 6
"""Places offered at once."""


class GapBar(QFrame):
    """`wanted` carries the time in ms of a place that is to be heard."""

    wanted = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self._coverage = Coverage()
        self._told = label()
        self._told.setObjectName("review_gaps")
        self._places = [QPushButton() for _ in range(_MOST)]
        for number, place in enumerate(self._places):
            place.setObjectName(f"review_gap_{number}")
            place.clicked.connect(lambda _=False, at=number: self.wanted.emit(self._coverage.missing[at][0]))
        self._quiet = label("soft")
        self._quiet.setObjectName("review_silence")
        places = row(*self._places)
        places.addStretch(1)
        self.setLayout(column(self._told, places, self._quiet, margin=2 * GRID))
        self.hide()

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.hide()
        desk = self._context.desk
        self._context.jobs.run(lambda: desk.transcribing.coverage(code), lambda found: self._show(code, found), owner=self)

    def _show(self, code: str, found: Coverage) -> None:
        if code != self._code:
            return
        self._coverage = found
        count = len(found.missing)
        self._told.setText(
            ntr("At {n} place somebody speaks and the draft has no text. Hear it:",
                "At {n} places somebody speaks and the draft has no text. Hear them:", count)
        )  # fmt: skip
        for number, place in enumerate(self._places):
            place.setVisible(number < count)
            if number < count:
                place.setText("–".join(clock(ms) for ms in found.missing[number]))
        quiet = sum(end - start for start, end in found.silent)
        self._quiet.setText(
            tr("Nobody seems to speak in {duration} of the sound; nothing was written there.", duration=clock(quiet))
        )
        self._quiet.setVisible(quiet > 0)
        self.setVisible(bool(found.missing or quiet))
