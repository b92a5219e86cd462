"""The whole interview as a strip: where one is, what was listened to, where the doubtful passages lie. Click to go there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.ui.look.pixels import FRAME_MS, SETTLED_MS, drawn, pixel
from oralhistory.ui.look.theme import GRID, Theme

_HALF_BAR, _HALF_HEARD = 4, 2
_MARK = 4
"""Pixels on each side of the place where one is that its mark may touch."""


class TimeStrip(QWidget):
    """Takes no focus: the keys for moving are the page's."""

    wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("review_strip")
        self._theme = theme
        self._duration_ms = 0
        self._position_ms = 0
        self._marked_ms = 0
        """Where the mark stands in what is painted."""
        self._doubts = np.zeros(0)
        self._heard: list[tuple[int, int]] = []
        self._drawn: QPixmap | None = None
        # While a window is pulled, what was drawn stays; it is drawn for the new width when that has come to rest.
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._redraw)
        self._marking = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._marking.timeout.connect(self._mark)
        theme.changed.connect(self._redraw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else all that lies under it is painted when the place moves

    def sizeHint(self) -> QSize:
        return QSize(30 * GRID, 3 * GRID)

    def begin(self, duration_ms: int) -> None:
        """So long a sound; 0 for another interview, of which nothing is known yet."""
        self._duration_ms, self._position_ms, self._marked_ms = duration_ms, 0, 0
        if not duration_ms:
            self._heard = []
        self._redraw()

    def show_doubts(self, times_ms: list[int]) -> None:
        if times_ms != self._doubts.tolist():
            self._doubts = np.array(times_ms, np.float64)
            self._redraw()

    def show_position(self, ms: int) -> None:
        self._position_ms = ms
        if not self._marking.isActive():
            self._marking.start()

    def _mark(self) -> None:
        before, self._marked_ms = self._x(self._marked_ms), self._position_ms
        now = self._x(self._marked_ms)
        if before != now:
            for x in (before, now):
                self.update(x - _MARK, 0, 2 * _MARK, self.height())

    def show_heard(self, stretches: Sequence[tuple[int, int]]) -> None:
        """All that was ever listened to, in ms, in order."""
        self._heard = list(stretches)
        self._redraw()

    def add_heard(self, start_ms: int, end_ms: int) -> None:
        if self._heard and self._heard[-1][1] == start_ms:
            start_ms = self._heard.pop()[0]
        self._heard.append((start_ms, end_ms))
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settled.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        if self._settled.isActive():
            painter.fillRect(event.rect(), self._theme.color("surface"))
        painter.drawPixmap(0, 0, self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("text"))
        middle = self.height() / 2
        painter.drawRoundedRect(QRectF(self._x(self._marked_ms) - 2, middle - 9, 4, 18), 2, 2)
        painter.end()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _draw(self) -> QPixmap:
        """Everything but the place where one is: in three hours there are a thousand doubts, and the place moves always."""
        ratio = self.devicePixelRatioF()
        color = {name: pixel(self._theme.color(name)) for name in ("surface", "hover", "accent", "caution")}
        lines = np.full((round(self.height() * ratio), round(self.width() * ratio)), color["surface"])
        middle = len(lines) // 2
        bar, heard = (lines[middle - round(half * ratio) : middle + round(half * ratio)] for half in (_HALF_BAR, _HALF_HEARD))
        bar[:] = color["hover"]
        for start, end in self._heard:
            first = round(self._x(start) * ratio)
            heard[:, first : max(round(self._x(end) * ratio), first + 1)] = color["accent"]
        for place in self._doubtful(ratio):
            bar[:, place] = color["caution"]
        return drawn(lines, ratio)

    def _doubtful(self, ratio: float) -> tuple[NDArray[np.int64], ...]:
        """The pixels at which the marks of doubts stand, two wide each."""
        if not self._duration_ms:
            return ()
        first = np.rint((self._doubts * ((self.width() - 4) / self._duration_ms) + 2) * ratio).astype(np.int64)
        first = first[(first >= 0) & (first < round(self.width() * ratio) - 1)]
        return first, first + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._duration_ms:
            self.wanted.emit(round(event.position().x() * self._duration_ms / max(self.width(), 1)))

    def _x(self, ms: int) -> int:
        return round(ms * (self.width() - 4) / self._duration_ms) + 2 if self._duration_ms else 2
