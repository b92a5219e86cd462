"""Beside the text: the passages to check, one key away from each other, and what people noted about the one in hand."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import mark, ntr, tr
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.pictures import Pictures
from oralhistory.ui.look.pieces import Choice, column, label
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.check_queue import KIND_WORDS, WAITING, CheckQueue
from oralhistory.ui.review.comment_list import CommentList

_WIDTH = 36 * GRID
_FOR_LETTERS = 22 * GRID
"""Of it, what grows with the size of the text: a line holds a few words less then, and the text keeps most of the room."""
_MOST_PICTURES = 60
_SIDE, _EDGE, _BETWEEN = GRID, GRID - 3, 2
"""Pixels left free at either side of a line, above and below the two lines of a passage, and between them."""
_ROOM = 34 * GRID
"""The height of the panel from which on it says how many passages there are, in pixels for letters of the usual size."""
_RESTS_AFTER_MS = 100
_CORNER = 3
"""Within the round corners of the frame, in pixels."""


def width(theme: Theme) -> int:
    """Of the panel, in pixels, with letters of the size in use."""
    return _WIDTH + round(_FOR_LETTERS * max(theme.scale - 1, 0))


class _Height(QStyledItemDelegate):
    """Of a passage: Qt asks for nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.pixels = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(1, self.pixels)


class _Passages(QListView):
    """Two lines for each passage, cut off at the right; no passage is seen by half. Painted by itself: Qt asks a delegate of
    Python and the style sheet seven times for each row and lays it out anew, whenever the window is resized."""

    def __init__(self, theme: Theme, queue: CheckQueue) -> None:
        super().__init__()
        self._theme, self._queue = theme, queue
        self._pictures = Pictures(_MOST_PICTURES)
        self._height = _Height()
        self._rests = QTimer(self, singleShot=True, interval=_RESTS_AFTER_MS)
        self._rests.timeout.connect(self._share_height)
        self._least = 0
        """The height of a passage's two lines and the room around them, in pixels."""
        self._dress()
        theme.changed.connect(self._dress)
        self.setItemDelegate(self._height)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setViewportMargins(_CORNER, _CORNER, _CORNER, _CORNER)
        self.setModel(queue)
        queue.modelReset.connect(self._share_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rests.start()  # Qt lays out all that wait: too slow for each step of a window that is pulled

    def _share_height(self) -> None:
        """Where more passages wait than are seen, those that are seen share all the room: an empty strip would end the list."""
        room = self.viewport().height()
        fit = max(room // self._least, 1)
        pixels = max(room // fit, self._least) if self._queue.rowCount() > fit else self._least
        if pixels != self._height.pixels:
            self._height.pixels = pixels
            self.scheduleDelayedItemsLayout()

    def _dress(self) -> None:
        self._pictures.forget()
        self._font = self._theme.font()
        self._metrics = QFontMetrics(self._font)
        self._least = 2 * (self._metrics.height() + _EDGE) + _BETWEEN
        self.setMinimumHeight(self._least + 2 * _CORNER)
        self._share_height()
        names = ("surface", "text", "hover", "accent_soft", "on_accent_soft")
        self._colors = {name: self._theme.color(name) for name in names}

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paints what changed. A `QListView` lays out all of its rows again, at each correction; here they are equally high."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, seen = QPainter(self.viewport()), event.rect()
        painter.fillRect(seen, self._colors["surface"])
        place = self.visualRect(self._queue.index(0))  # all are as high
        if place.height() > 0:
            chosen = {one.row() for one in self.selectedIndexes()}
            over = self._row_under_the_mouse()
            first = max((seen.top() - place.top()) // place.height(), 0)
            whole = min(seen.bottom(), self.viewport().height() - place.height()) - place.top()
            last = min(whole // place.height(), self._queue.rowCount() - 1)
            place.translate(0, first * place.height())
            for row in range(first, last + 1):
                self._paint_row(painter, QRect(place), row, chosen=row in chosen, over=row == over)
                place.translate(0, place.height())
        painter.end()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The passage that is seen there: where one has no room, nothing is painted and nothing is chosen."""
        index = super().indexAt(point)
        return index if self.visualRect(index).bottom() < self.viewport().height() else QModelIndex()

    def _row_under_the_mouse(self) -> int:
        view = self.viewport()
        return self.indexAt(view.mapFromGlobal(QCursor.pos())).row() if view.underMouse() else -1

    def _paint_row(self, painter: QPainter, place: QRect, row: int, *, chosen: bool, over: bool) -> None:
        ground, ink = ("accent_soft", "on_accent_soft") if chosen else ("hover" if over else "surface", "text")
        words = self._queue.words(row)
        painter.fillRect(place, self._colors[ground])
        inner = QRect(place.left(), place.top() + (place.height() - self._least) // 2, place.width(), self._least)
        self._pictures.paint(
            painter, inner, self._colors[ground], (words, ink), lambda one: self._write(one, inner, words, self._colors[ink])
        )

    def _write(self, painter: QPainter, place: QRect, words: str, ink: QColor) -> None:
        painter.setFont(self._font)
        painter.setPen(ink)
        base = place.top() + _EDGE + self._metrics.ascent()
        for line in words.split("\n", 1):
            fitting = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width() - 2 * _SIDE)
            painter.drawText(place.left() + _SIDE, base, fitting)
            base += self._metrics.height() + _BETWEEN


class CheckPanel(QFrame):
    """`wanted` carries a row that was chosen from the list."""

    wanted = Signal(int)

    def __init__(self, says: Wording, theme: Theme, queue: CheckQueue) -> None:
        super().__init__()
        self.setObjectName("review_panel")
        self.setProperty("role", "side")
        self._theme = theme
        self._fit()
        theme.changed.connect(self._fit)
        self.queue = queue
        self._kind = Choice("review_queue_kind", says, mark("What the list shows"), list(KIND_WORDS.items()))
        self._kind.picked.connect(lambda: queue.show_kind(self._kind.value))
        self._count = label("small")
        self._count.setObjectName("review_queue_count")
        self._count.hide()
        self._list = _Passages(theme, queue)
        self._list.setObjectName("review_queue")
        says(self._list.setAccessibleName, mark("Passages to check"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.activated.connect(self._go)
        self._list.clicked.connect(self._go)
        queue.modelReset.connect(self._tell)
        self.comments = CommentList(says)
        layout = column(self._kind, self._count, self._list, self.comments, margin=GRID, spacing=GRID // 2)
        layout.setStretch(2, 2)
        layout.setStretch(3, 1)
        layout.addStretch(0)  # where no passage waits
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Window, self._kind, self._count, self.comments)
        self._tell()

    def _fit(self) -> None:
        self.setFixedWidth(width(self._theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the passages need the room more than their number."""
        self._count.setVisible(not self.queue.rows or self.height() >= _ROOM * self._theme.scale)

    def begin(self) -> None:
        """Another interview is in hand: everything that waits."""
        self._kind.pick(WAITING)
        self.queue.show_kind(WAITING)

    def show_row(self, row: int, segment: Segment | None) -> None:
        """The row in hand: chosen in the list if it stands there, its comments below."""
        place = self.queue.place(row)
        if place >= 0:
            self._list.setCurrentIndex(self.queue.index(place))
        else:
            self._list.clearSelection()
        title = tr("Comment on {time}", time=clock(segment.start_ms)) if segment is not None else ""
        self.comments.show_comments(segment, title)

    def again(self) -> None:
        """Say everything again in the language now in use."""
        self._tell()
        self.queue.say_again()
        self._list.viewport().update()
        self.comments.again()

    def _tell(self) -> None:
        count = len(self.queue.rows)
        self._list.setVisible(bool(count) or self._list.hasFocus())
        self._count.setText(ntr("{n} passage", "{n} passages", count) if count else tr("Nothing waits here."))
        self._make_room()

    def _go(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.queue.rows):
            self.wanted.emit(self.queue.rows[index.row()])
