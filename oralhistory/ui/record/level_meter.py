"""How loud it is, a bar for each channel: length tells, colour only helps. Holds the loudest moment for a while."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.ui.look.theme import GRID, Theme

FLOOR_DB = -60.0
LOUD_DB = -3.0
"""Above this a voice is close to being cut off."""
_FALL_DB = 1.5
_HELD_FALL_DB = 0.4
_BAR = 2 * GRID


def decibels(peak: float) -> float:
    """A sample's size (0.0 to 1.0) in decibels below full scale, not less than `FLOOR_DB`."""
    return max(20 * math.log10(peak), FLOOR_DB) if peak > 0 else FLOOR_DB


def level_told(peak: float) -> str:
    """The same to be read, with a minus and not a hyphen."""
    return f"{round(decibels(peak))} dB".replace("-", "−")


class LevelMeter(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("record_meter")
        self._theme = theme
        self._levels: list[float] = [FLOOR_DB]
        self._held: list[float] = [FLOOR_DB]
        self._resting = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(60 * GRID, 2 * _BAR + GRID)

    @property
    def levels(self) -> list[float]:
        """What is shown, in decibels, a number for each channel."""
        return self._levels

    def show_peaks(self, peaks: Sequence[float], *, resting: bool) -> None:
        """`resting`: nothing is captured, the bars are empty."""
        now = [FLOOR_DB if resting else decibels(peak) for peak in peaks] or [FLOOR_DB]
        if len(now) != len(self._levels):
            self._levels, self._held = [FLOOR_DB] * len(now), [FLOOR_DB] * len(now)
        fall = 100.0 if resting else _FALL_DB
        self._levels = [max(new, old - fall) for new, old in zip(now, self._levels, strict=True)]
        held = 100.0 if resting else _HELD_FALL_DB
        self._held = [max(new, old - held, FLOOR_DB) for new, old in zip(self._levels, self._held, strict=True)]
        self._levels = [max(one, FLOOR_DB) for one in self._levels]
        self._resting = resting
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = GRID if len(self._levels) > 1 else 0
        high = (self.height() - gap) / len(self._levels) if len(self._levels) > 1 else _BAR
        top = 0.0 if len(self._levels) > 1 else (self.height() - high) / 2
        for level, held in zip(self._levels, self._held, strict=True):
            self._paint_bar(painter, QRectF(0, top, self.width(), high), level, held)
            top += high + gap
        painter.end()

    def _paint_bar(self, painter: QPainter, place: QRectF, level: float, held: float) -> None:
        painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(place, 4, 4)
        if self._resting:
            return
        full = place.width() * (1 - level / FLOOR_DB)
        painter.setBrush(self._theme.color("caution" if level > LOUD_DB else "good"))
        painter.drawRoundedRect(QRectF(place.left(), place.top(), full, place.height()), 4, 4)
        at = place.width() * (1 - held / FLOOR_DB)
        painter.setBrush(self._theme.color("text"))
        painter.drawRect(QRectF(max(at - 3, 0), place.top(), 3, place.height()))
        painter.setBrush(self._theme.color("line_strong"))
        loud = place.width() * (1 - LOUD_DB / FLOOR_DB)
        painter.drawRect(QRectF(loud, place.top(), 1, place.height()))
