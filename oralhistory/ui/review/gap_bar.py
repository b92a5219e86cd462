"""What the machine heard and did not write, where it found no voice to hear, and what it never heard: each place a button that
plays it. Of what it never heard a draft can be asked for here.

Hidden while there is nothing to tell. What somebody has heard is ticked off; when all is, this is one line that can be opened.
Long silence is told in one figure too, because it is what these interviews are made of.
Where the window is low it is one line that opens, and can be scrolled: what it tells must not push the text and the signature out
of the window.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from oralhistory.domain.coverage import Coverage
from oralhistory.domain.spans import Span, joined, length
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.segment_view import SegmentView

_MOST = 6
"""Places offered at once; the others come after them."""
_ANY_HEIGHT = 16_777_215
"""Qt's own word for a widget that may be as high as it wants (QWIDGETSIZE_MAX)."""
_LEAST_LINES = 8
"""Of the text: where fewer would be left, all this is one line."""
_LEAST_HEIGHT = 12 * GRID
"""A sentence and one line of places."""


class Places(QWidget):
    """A sentence and the places it speaks of, six at a time."""

    wanted = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._spans: Sequence[Span] = ()
        self._heard: frozenset[Span] = frozenset()
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
        self._line = Flow(self._before, *self._buttons, self._after)
        layout.addLayout(self._line)
        self.setLayout(layout)

    def put_behind(self, wish: QWidget) -> None:
        """What else can be asked for of these places."""
        self._line.addWidget(wish)

    def tell(self, sentence: str, spans: Sequence[Span], heard: frozenset[Span]) -> None:
        """Offer these places, the first ones first and those that were `heard` ticked off; hidden when there are none."""
        if spans != self._spans:
            self._spans, self._first = spans, 0
        self._heard = heard
        self._told.setText(sentence)
        self._turn(0)
        self.setVisible(bool(spans))

    def _turn(self, by: int) -> None:
        self._first += by
        shown = self._spans[self._first : self._first + _MOST]
        for number, place in enumerate(self._buttons):
            place.setVisible(number < len(shown))
            if number < len(shown):
                span = "–".join(clock(ms) for ms in shown[number])
                place.setText(f"✓ {span}" if shown[number] in self._heard else span)
                place.setAccessibleName(tr("{time}, heard", time=span) if shown[number] in self._heard else span)
        after = len(self._spans) - self._first - len(shown)
        for turn, count, says in ((self._before, self._first, tr("{n} before these")), (self._after, after, tr("{n} more"))):
            turn.setVisible(count > 0)
            if count:
                turn.setText(says.format(n=count))


class _Told(QScrollArea):
    """As high as all that is told in its width, or less, and then it scrolls."""

    def __init__(self, told: QWidget) -> None:
        super().__init__()
        self._told = told
        self.setWidget(told)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def wanted_height(self, width: int) -> int:
        return max(self._told.heightForWidth(width), self._told.minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._told.sizeHint().width(), self.wanted_height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._told.minimumSizeHint().width(), min(self.sizeHint().height(), _LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class GapBar(QFrame):
    """`wanted` carries the time in ms of a place that is to be heard. Where `page` is low it is one line, which opens: the `text`
    keeps its room."""

    wanted = Signal(int)
    draft_wanted = Signal()

    def __init__(self, context: PageContext, says: Wording, text: SegmentView, page: QWidget) -> None:
        super().__init__()
        self._context, self._text = context, text
        page.installEventFilter(self)
        self._code = ""
        self._opened = self._low = False
        self._found = Coverage()
        self._stretches: list[Span] = []
        self._heard: frozenset[Span] = frozenset()
        """The places that somebody has heard."""
        self._unwritten, self._missing = Places("review_unwritten"), Places("review_gap")
        self._unheard = Places("review_unheard")
        self._draft = button("review_unwritten_draft", says, mark("Make a draft of it …"))
        self._draft.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self._draft.clicked.connect(self.draft_wanted)
        self._unwritten.put_behind(self._draft)
        self._quiet, self._unknown = label("soft"), label("soft")
        self._quiet.setObjectName("review_silence")
        self._unknown.setObjectName("review_speech_unknown")
        for places in (self._unwritten, self._missing, self._unheard):
            places.wanted.connect(self.wanted)
        told = QWidget()
        told.setLayout(column(self._unwritten, self._missing, self._unheard, self._quiet, self._unknown, margin=2 * GRID))
        self._told = _Told(told)
        self._line = button("review_gaps_open", Wording(), mark("Where nothing was written …"), role="link")
        self._line.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self._line.setCheckable(True)
        self._line.clicked.connect(self._turn)
        self._line.hide()
        self.setLayout(column(self._line, self._told, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whenever the page was laid out: a filter is asked behind its layout."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self._text.isVisible():
            least = _LEAST_LINES * self._text.editor.fontMetrics().lineSpacing()
            self.fit(self._text.height() + self.height(), least)
        return False

    def fit(self, room: int, text: int) -> None:
        """`room`: the height there is for this and the text together, of which the `text` is to have so much."""
        wanted, line = self._told.wanted_height(self.width()), self._line.sizeHint().height()
        self._low = room - wanted < text and wanted > 2 * line
        self._fold()

    def _fold(self) -> None:
        little = self._low or (bool(self._found.to_hear) and not self._left)
        self._line.setVisible(little)
        self._line.setMinimumHeight(self._line.sizeHint().height())  # or a low window cuts its letters
        self._line.setChecked(self._opened)
        self._told.setMaximumHeight(_LEAST_HEIGHT if little else _ANY_HEIGHT)
        self._told.setVisible(self._opened or not little)

    def _turn(self) -> None:
        self._opened = not self._opened
        self._fold()

    @property
    def _left(self) -> int:
        """How many places nobody has heard yet, or has written a word of."""
        written = (one for one in self._found.to_hear if one not in self._found.unwritten)
        return len(self._found.unwritten) + sum(one not in self._heard for one in written)

    def show_heard(self, stretches: Sequence[Span]) -> None:
        """What was ever heard of the interview, in ms."""
        self._stretches = joined(stretches)
        if self._look():
            self._say()

    def _look(self) -> bool:
        """Whether other places than before are heard."""
        before = self._heard
        self._heard = self._found.heard(self._stretches)
        return self._heard != before

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code, self._opened, self._found, self._stretches = code, False, Coverage(), []
            self.hide()
        desk = self._context.desk
        self._context.jobs.run(lambda: desk.transcribing.coverage(code), lambda found: self._show(code, found), owner=self)

    def _show(self, code: str, found: Coverage) -> None:
        if code != self._code:
            return
        self._found = found
        self._look()
        self._say()

    def _say(self) -> None:
        found, left = self._found, self._left
        count, unheard, bare = len(found.missing), len(found.unheard), length(found.unwritten)
        self._unwritten.tell(
            tr("{duration} of the sound has no text, and no draft was made of it. Hear it:", duration=clock(bare)),
            found.unwritten, self._heard,
        )  # fmt: skip
        self._missing.tell(
            ntr("At {n} place somebody speaks and there is no text. Hear it:",
                "At {n} places somebody speaks and there is no text. Hear them:", count), found.missing, self._heard,
        )  # fmt: skip
        self._unheard.tell(
            ntr("At {n} place the machine found no voice and wrote nothing. Hear whether somebody speaks:",
                "At {n} places the machine found no voice and wrote nothing. Hear whether somebody speaks:", unheard),
            found.unheard, self._heard,
        )  # fmt: skip
        quiet, unknown = length(found.silent), length(found.unknown)
        self._quiet.setText(
            tr("Nobody seems to speak in {duration} of the sound; nothing was written there.", duration=clock(quiet))
        )
        self._quiet.setVisible(quiet > 0)
        self._unknown.setText(
            tr("Whether the text is whole is not known for {duration} of the sound.", duration=clock(unknown))
        )
        self._unknown.setVisible(unknown > 0)
        if bare:
            self._line.setText(tr("{duration} of the sound has no text …", duration=clock(bare)))
        elif left:
            self._line.setText(ntr("Where text may be missing: {n} place …", "Where text may be missing: {n} places …", left))
        elif found.to_hear:
            self._line.setText(tr("Where text may be missing, all was heard …"))
        else:
            self._line.setText(tr("Where nothing was written …"))
        self._line.setAccessibleName(self._line.text())
        self._told.updateGeometry()
        self._fold()
        self.setVisible(bool(self._found.to_hear or quiet or unknown))
