"""What the machine heard and did not write, and where it found no voice to hear: each place a button that plays it.

Hidden while there is nothing to tell. Long silence is told in one figure too, because it is what these interviews are made of.
Where the window is low it can be scrolled: what it tells must not push the text and the signature out of the window.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QWidget

from oralhistory.domain.coverage import Coverage
from oralhistory.domain.spans import Span
from oralhistory.domain.timecode import clock
from oralhistory.i18n import ntr, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import PageContext

_MOST = 6
"""Places offered at once; the others come after them."""
_LEAST_HEIGHT = 11 * GRID
"""A sentence and one line of places."""


class Places(QWidget):
    """A sentence and the places it speaks of, six at a time."""

    wanted = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._spans: Sequence[Span] = ()
        self._first = 0
        self._told = label()
        self._told.setObjectName(f"{name}s")
        self._buttons = [QPushButton("–") for _ in range(_MOST)]
        for number, place in enumerate(self._buttons):
            place.setObjectName(f"{name}_{number}")
            place.clicked.connect(lambda _=False, at=number: self.wanted.emit(self._spans[self._first + at][0]))
        self._before, self._after = QPushButton("–"), QPushButton("–")
        for turn, which, step in ((self._before, "before", -_MOST), (self._after, "after", _MOST)):
            turn.setObjectName(f"{name}_{which}")
            turn.clicked.connect(lambda _=False, by=step: self._turn(by))
        layout = column(self._told)
        layout.addLayout(Flow(self._before, *self._buttons, self._after))
        self.setLayout(layout)

    def tell(self, sentence: str, spans: Sequence[Span]) -> None:
        """Offer these places, the first ones first; hidden when there are none."""
        if spans != self._spans:
            self._spans, self._first = spans, 0
        self._told.setText(sentence)
        self._turn(0)
        self.setVisible(bool(spans))

    def _turn(self, by: int) -> None:
        self._first += by
        shown = self._spans[self._first : self._first + _MOST]
        for number, place in enumerate(self._buttons):
            place.setVisible(number < len(shown))
            if number < len(shown):
                place.setText("–".join(clock(ms) for ms in shown[number]))
        after = len(self._spans) - self._first - len(shown)
        for turn, count, says in ((self._before, self._first, tr("{n} before these")), (self._after, after, tr("{n} more"))):
            turn.setVisible(count > 0)
            if count:
                turn.setText(says.format(n=count))


class GapBar(QScrollArea):
    """`wanted` carries the time in ms of a place that is to be heard."""

    wanted = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self._missing, self._unheard = Places("review_gap"), Places("review_unheard")
        self._quiet, self._unknown = label("soft"), label("soft")
        self._quiet.setObjectName("review_silence")
        self._unknown.setObjectName("review_speech_unknown")
        for places in (self._missing, self._unheard):
            places.wanted.connect(self.wanted)
        self._told = QWidget()
        self._told.setLayout(column(self._missing, self._unheard, self._quiet, self._unknown, margin=2 * GRID))
        self.setWidget(self._told)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as all that is told, in this width."""
        told = self._told
        return QSize(told.sizeHint().width(), max(told.heightForWidth(self.width()), told.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._told.minimumSizeHint().width(), min(self.sizeHint().height(), _LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.hide()
        desk = self._context.desk
        self._context.jobs.run(lambda: desk.transcribing.coverage(code), lambda found: self._show(code, found), owner=self)

    def _show(self, code: str, found: Coverage) -> None:
        if code != self._code:
            return
        count, unheard = len(found.missing), len(found.unheard)
        self._missing.tell(
            ntr("At {n} place somebody speaks and the draft has no text. Hear it:",
                "At {n} places somebody speaks and the draft has no text. Hear them:", count), found.missing,
        )  # fmt: skip
        self._unheard.tell(
            ntr("At {n} place the machine found no voice and wrote nothing. Hear whether somebody speaks:",
                "At {n} places the machine found no voice and wrote nothing. Hear whether somebody speaks:", unheard),
            found.unheard,
        )  # fmt: skip
        quiet, unknown = _length(found.silent), _length(found.unknown)
        self._quiet.setText(
            tr("Nobody seems to speak in {duration} of the sound; nothing was written there.", duration=clock(quiet))
        )
        self._quiet.setVisible(quiet > 0)
        self._unknown.setText(
            tr("Whether the text is whole is not known for {duration} of the sound.", duration=clock(unknown))
        )
        self._unknown.setVisible(unknown > 0)
        self.updateGeometry()
        self.setVisible(bool(count or unheard or quiet or unknown))


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)
