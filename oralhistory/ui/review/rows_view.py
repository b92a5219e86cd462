"""A long list of segments of which only the visible rows are measured and painted. Knows nothing of editing or sound.

A row is measured once for a width and a text. When the width or all heights change, the row that is looked at stays where it is.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from oralhistory.ui.look.theme import Theme
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.row_heights import RowHeights, breadths
from oralhistory.ui.review.row_painter import RowLook, RowPainter

_LINE_STEP = 40
ROOM = 80
"""Pixels left above or below a row that is brought into view."""
_TRIES = 3


_Held = tuple[int, int, int]
"""The row that is to stay, where in the view the point that is looked at stands, and how high the row is."""


class RowsView(QAbstractScrollArea):
    def __init__(self, text: ReviewText, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_LINE_STEP)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else all that lies under it is painted as well
        self.text = text
        self._theme = theme
        self._painter = RowPainter(theme)
        self._heights = RowHeights()
        self._breadths = breadths(())
        self._held: _Held | None = None
        self._fresh: set[tuple[int, int]] = set()
        """Rows that may always have changed, but were measured just now for a width: nobody types while rows are put in place."""
        self._stood: tuple[_Held, int, int] | None = None
        """What was held last, where the view began then, and where the point stood in it."""

    def look_of(self, row: int) -> RowLook:
        """What is special about a row."""
        return RowLook()

    def exact_height(self, row: int) -> int:
        return self._painter.height(self.text.segments[row])

    def changing(self, row: int) -> bool:
        """Whether a row may have another height each time it is asked."""
        return False

    def held_row(self) -> int:
        """The row that stays where it is when heights change: the first whose beginning is seen."""
        top = self.verticalScrollBar().value()
        row = self._heights.row_at(top)
        following = self._heights.top(row + 1) if row + 1 < len(self._heights) else top + self.seen_height
        return row + 1 if self._heights.top(row) < top and following - top < self.seen_height // 2 else row

    def point_in(self, row: int) -> tuple[int, int]:
        """How many pixels below a row's beginning what is looked at stands in it, and how high that is; 0: the row as such."""
        return 0, 0

    @property
    def seen_height(self) -> int:
        """As high as the view was when rows were arranged last."""
        return self.verticalScrollBar().pageStep()

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
        self._breadths = breadths(one.text for one in self.text.segments)
        self.fit_rows()

    def fit_rows(self) -> None:
        """Rows have another width or other letters. What is looked at stays where it is."""
        with self._holding():
            self._painter.resize(self.viewport().width())
            self._heights.reset(self._painter.estimates(self._breadths))

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """What is looked at stays where it is, whatever happens to the heights meanwhile."""
        outer, self._held = self._held, self._held or self._hold()  # a scroll bar that comes or goes leads here once more
        try:
            yield
            self._stand(*self._held)
        finally:
            self._held = outer
        self.viewport().update()

    def _hold(self) -> _Held:
        """What is held. As long as nobody scrolled or went elsewhere, the same: a window that is pulled to and fro leads back."""
        if not len(self._heights):
            return 0, 0, 0
        row, begins = min(self.held_row(), len(self._heights) - 1), self.verticalScrollBar().value()
        if self._stood is not None:
            (before, *_), begun, stood = self._stood
            same = row == before or not (self.changing(row) or before >= len(self._heights))
            if same and begun == begins and self._point(before) - begins == stood:
                return self._stood[0]
        return row, self._point(row) - begins, self._heights.height(row)

    def _point(self, row: int) -> int:
        """How far below the beginning of all what is looked at in a row stands."""
        return self._heights.top(row) + self.point_in(row)[0]

    def _stand(self, row: int, y: int, height: int) -> None:
        """Measure what is seen with `row` at `y` again, and scroll there once: a row on the way is neither measured nor shown."""
        bar, view, place = self.verticalScrollBar(), self.viewport().height(), 0
        self._fresh.clear()
        for _ in range(_TRIES):  # measuring brings other rows into view, and a scroll bar makes all rows narrower
            width, place = self._painter.text_width, self._place(row, y, height)
            grown = self._measure_all(self._visible(place))
            bar.setRange(0, max(self._heights.total - view, 0))
            if not grown and width == self._painter.text_width:
                break
        bar.setPageStep(view)
        bar.setValue(place)
        self.arrange()
        self._fresh.clear()
        self._stood = ((row, y, height), bar.value(), self._point(row) - bar.value()) if row < len(self._heights) else None

    def _place(self, row: int, y: int, height: int) -> int:
        """Where the view is to begin for the held point to stand at `y`; it does not leave the view."""
        if not 0 <= row < len(self._heights):
            return 0
        self._measure_all((row,))
        view, top, high = self.viewport().height(), self._heights.top(row), self._heights.height(row)
        point, line = self.point_in(row)
        if not point:  # part of it is read
            return top - (round(y * high / max(height, 1)) if y < 0 else y)
        first, last = (top, top + high) if high <= view else (top + point, top + point + line)
        return min(max(top + point - y, last - view), first)

    def splice_rows(self, row: int, removed: int, inserted: int) -> None:
        fresh = breadths(one.text for one in self.text.segments[row : row + inserted])
        self._breadths = np.concatenate((self._breadths[:row], fresh, self._breadths[row + removed :]))
        self._heights.splice(row, removed, self._painter.estimates(fresh))
        self.arrange()
        self.viewport().update()

    def fit_row(self, row: int) -> None:
        """A row's text was typed in: it may have become higher."""
        if 0 <= row < len(self._heights) and self._measure(row):
            self.arrange()
            self.keep_in_view(row)
            self.viewport().update()

    def arrange(self) -> None:
        """Measure the rows that are seen and fit the scroll bar."""
        bar = self.verticalScrollBar()
        for _ in range(_TRIES):  # measuring may bring other rows into view
            at_end = bar.value() == bar.maximum() > 0
            grown = self._measure_all(self._visible())
            bar.setRange(0, max(self._heights.total - self.viewport().height(), 0))
            if not grown:
                break
            if at_end:  # the rows above were higher than estimated: the end stays in view
                bar.setValue(bar.maximum())
        bar.setPageStep(self.viewport().height())
        self.arranged()

    def keep_in_view(self, row: int) -> None:
        """Scroll no further than needed for the line to be seen that is looked at in a row; not at all, who reads elsewhere."""
        if 0 <= row < len(self._heights) and row == self.held_row():
            bar, (point, line) = self.verticalScrollBar(), self.point_in(row)
            top = self._heights.top(row) + point
            bar.setValue(min(max(bar.value(), top + line - self.viewport().height()), top))

    def bring_into_view(self, row: int) -> None:
        bar, view = self.verticalScrollBar(), self.viewport().height()
        for _ in range(_TRIES):  # rows on the way were only estimated
            top, height, before = self._heights.top(row), self._heights.height(row), bar.value()
            if top < before:
                bar.setValue(top - min(view // 4, ROOM))
            elif top + height > before + view:
                bar.setValue(top + height - view + min(view // 4, ROOM))
            self.arrange()
            if bar.value() == before:
                break

    def _visible(self, top: int | None = None) -> range:
        """The rows that are seen where the view begins at `top`: here, if nothing is said."""
        if not len(self._heights):
            return range(0)
        top = self.verticalScrollBar().value() if top is None else top
        return range(self._heights.row_at(top), self._heights.row_at(top + self.viewport().height()) + 1)

    def _measure_all(self, rows: Iterable[int]) -> int:
        """How wrong the heights of these rows were; what is known is not asked again."""
        return sum(self._measure(row) for row in rows if not self._heights.exact(row))

    def _measure(self, row: int) -> int:
        """How wrong the row's height was."""
        changing, fresh = self.changing(row), (row, self._painter.text_width)
        if changing and self._held is not None:
            if fresh in self._fresh:
                return 0
            self._fresh.add(fresh)
        return abs(self._heights.set(row, self.exact_height(row), lasting=not changing))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._held is None:  # else it is on its way to another place
            self.arrange()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if len(self._breadths) != len(self.text.segments):  # between a new text and `reset_rows`
            return
        if self.viewport().width() != self._painter.width:
            self.fit_rows()
        else:  # all rows are as high as before
            with self._holding():
                pass

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, seen = QPainter(self.viewport()), event.rect()
        painter.fillRect(seen, self._theme.color("surface_alt"))
        begins, first, last = self.verticalScrollBar().value(), seen.top(), seen.bottom()
        for row in self._visible():
            top, height = self._heights.top(row) - begins, self._heights.height(row)
            if top <= last and top + height > first:
                self._painter.paint(painter, self.text.segments[row], top, height, self.look_of(row))
        painter.end()
