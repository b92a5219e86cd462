"""The whole interview as a strip: where one is, what was listened to, where the doubtful passages lie. Click to go there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.ui.look.theme import GRID, Theme

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
        self._doubts = np.zeros(0)
        self._heard: list[tuple[int, int]] = []
        self._drawn: QPixmap | None = None
        theme.changed.connect(self._redraw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else all that lies under it is painted when the place moves

    def sizeHint(self) -> QSize:
        return QSize(30 * GRID, 3 * GRID)

    def begin(self, duration_ms: int) -> None:
        """So long a sound; 0 for another interview, of which nothing is known yet."""
        self._duration_ms, self._position_ms = duration_ms, 0
        if not duration_ms:
            self._heard = []
        self._redraw()

    def show_doubts(self, times_ms: list[int]) -> None:
        if times_ms != self._doubts.tolist():
            self._doubts = np.array(times_ms, np.float64)
            self._redraw()

    def show_position(self, ms: int) -> None:
        before, now = self._x(self._position_ms), self._x(ms)
        self._position_ms = ms
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
        self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("text"))
        middle = self.height() / 2
        painter.drawRoundedRect(QRectF(self._x(self._position_ms) - 2, middle - 9, 4, 18), 2, 2)
        painter.end()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _draw(self) -> QPixmap:
        """Everything but the place where one is: in three hours there are a thousand doubts, and the place moves always."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(self.size() * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(self._theme.color("surface"))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(QRectF(0, middle - 4, self.width(), 8), 4, 4)
        painter.setBrush(self._theme.color("accent"))
        for start, end in self._heard:
            painter.drawRect(QRectF(self._x(start), middle - 2, max(self._x(end) - self._x(start), 1), 4))
        doubtful = self._doubtful()
        line = QImage(doubtful.data, len(doubtful), 1, QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(QRect(0, round(middle) - 4, self.width(), 8), line)
        painter.end()
        return drawn

    def _doubtful(self) -> NDArray[np.uint32]:
        """A line of pixels in which the marks of doubts stand, two wide each: a thousand one by one are slow to paint."""
        line = np.zeros(self.width(), np.uint32)
        if self._duration_ms:
            scale = (self.width() - 4) / self._duration_ms
            places = np.rint(self._doubts * scale).astype(np.int64) + 2
            places = places[(places >= 0) & (places < len(line) - 1)]
            line[places] = line[places + 1] = self._theme.color("caution").rgba()
        return line

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._duration_ms:
            self.wanted.emit(round(event.position().x() * self._duration_ms / max(self.width(), 1)))

    def _x(self, ms: int) -> int:
        return round(ms * (self.width() - 4) / self._duration_ms) + 2 if self._duration_ms else 2
