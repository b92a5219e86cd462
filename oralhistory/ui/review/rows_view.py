"""A long list of segments of which only the visible rows are measured and painted. Knows nothing of editing or sound."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from oralhistory.ui.look.theme import Theme
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.row_heights import RowHeights
from oralhistory.ui.review.row_painter import RowLook, RowPainter, breadth

_LINE_STEP = 40
_ROOM = 80
"""Pixels left above or below a row that is brought into view."""


class RowsView(QAbstractScrollArea):
    def __init__(self, text: ReviewText, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_LINE_STEP)
        self.text = text
        self._theme = theme
        self._painter = RowPainter(theme)
        self._heights = RowHeights()
        self._breadths: list[int] = []

    def look_of(self, row: int) -> RowLook:
        """What is special about a row."""
        return RowLook()

    def exact_height(self, row: int) -> int:
        return self._painter.height(self.text.segments[row])

    def arranged(self) -> None:
        """Rows have moved: put what stands on them in its place."""

    def row_rect(self, row: int) -> QRect:
        """Where a row stands in the viewport."""
        top = self._heights.top(row) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    def row_under(self, where: QPoint) -> tuple[int, int]:
        """The row at a place of the viewport, and the code point of its text."""
        y = where.y() + self.verticalScrollBar().value()
        row = self._heights.row_at(y)
        return row, self._painter.hit(self.text.segments[row], where.x(), y - self._heights.top(row))

    def repaint_row(self, row: int) -> None:
        if 0 <= row < len(self._heights):
            self.viewport().update(self.row_rect(row))

    def reset_rows(self) -> None:
        """All rows may have changed."""
        self._breadths = [breadth(one.text) for one in self.text.segments]
        self.fit_rows()

    def fit_rows(self) -> None:
        """Rows have another width or other letters."""
        self._painter.resize(self.viewport().width())
        self._heights.reset(self._painter.estimates(self._breadths))
        self.arrange()
        self.viewport().update()

    def splice_rows(self, row: int, removed: int, inserted: int) -> None:
        fresh = [breadth(one.text) for one in self.text.segments[row : row + inserted]]
        self._breadths[row : row + removed] = fresh
        self._heights.splice(row, removed, self._painter.estimates(fresh))
        self.arrange()
        self.viewport().update()

    def fit_row(self, row: int) -> None:
        """A row's text was typed in: it may have become higher."""
        if 0 <= row < len(self._heights) and self._measure(row):
            self.arrange()
            self.viewport().update()

    def arrange(self) -> None:
        """Measure the rows that are seen and fit the scroll bar."""
        bar = self.verticalScrollBar()
        for _ in range(3):  # measuring may bring other rows into view
            at_end = bar.value() == bar.maximum() > 0
            grown = sum(self._measure(row) for row in self._visible())
            bar.setRange(0, max(self._heights.total - self.viewport().height(), 0))
            if not grown:
                break
            if at_end:  # the rows above were higher than estimated: the end stays in view
                bar.setValue(bar.maximum())
        bar.setPageStep(self.viewport().height())
        self.arranged()

    def bring_into_view(self, row: int) -> None:
        bar, view = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # rows on the way were only estimated
            top, height, before = self._heights.top(row), self._heights.height(row), bar.value()
            if top < before:
                bar.setValue(top - min(view // 4, _ROOM))
            elif top + height > before + view:
                bar.setValue(top + height - view + min(view // 4, _ROOM))
            self.arrange()
            if bar.value() == before:
                break

    def _visible(self) -> range:
        if not len(self._heights):
            return range(0)
        top = self.verticalScrollBar().value()
        return range(self._heights.row_at(top), self._heights.row_at(top + self.viewport().height()) + 1)

    def _measure(self, row: int) -> int:
        """How wrong the row's height was."""
        return abs(self._heights.set(row, self.exact_height(row)))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.arrange()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if len(self._breadths) == len(self.text.segments):  # not between a new text and `reset_rows`
            self.fit_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("surface_alt"))
        for row in self._visible():
            place = self.row_rect(row)
            if place.intersects(event.rect()):
                self._painter.paint(painter, self.text.segments[row], place.top(), place.height(), self.look_of(row))
        painter.end()
