"""The sound around the place where one is, as a curve with the borders of the segments; click to go there.

Peaks are reckoned from the sealed sound when a stretch is first seen, beside the window's thread, and kept in memory only: a
drawn voice is a voice print, and nothing of it reaches a disk.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.review.playback import JoinedSound

TILE_MS = 10_000
PEAKS_PER_S = 50
SPAN_MS = 20_000
"""So much is seen at once."""
_KEPT_TILES = 60
_FULL = float(1 << 23)

Peaks = NDArray[np.float32]
"""Loudest sample of each 20 ms, 0.0 to 1.0."""


def peaks(sounds: Sequence[JoinedSound], tile: int) -> Peaks:
    """Of the ten seconds from `tile` times ten seconds on; where there is no recording, or none any more, silence."""
    found = np.zeros(TILE_MS * PEAKS_PER_S // 1000, np.float32)
    start_ms, end_ms = tile * TILE_MS, (tile + 1) * TILE_MS
    for one in sounds:
        first, last = max(one.start_ms, start_ms), min(one.end_ms, end_ms)
        if first >= last:
            continue
        begin, end = one.frame_at(first), one.frame_at(last)
        loud = _loudest(one.read(begin, end - begin), one.format.rate, one.format.channels)
        at = (first - start_ms) * PEAKS_PER_S // 1000
        fits = min(len(loud), len(found) - at)
        found[at : at + fits] = np.maximum(found[at : at + fits], loud[:fits])
    return found


def _loudest(pcm: bytes, rate: int, channels: int) -> Peaks:
    """24-bit PCM, its loudest sample in each stretch of the drawing."""
    octets = np.frombuffer(pcm, np.uint8)
    octets = octets[: len(octets) // (3 * channels) * 3 * channels].reshape(-1, 3)
    wide = np.zeros((len(octets), 4), np.uint8)
    wide[:, 1:] = octets
    samples = np.abs((wide.reshape(-1).view("<i4") >> 8).astype(np.float32)) / _FULL
    frames = samples.reshape(-1, channels).max(axis=1)
    each = max(rate // PEAKS_PER_S, 1)
    padded = np.pad(frames, (0, -len(frames) % each))
    loudest: Peaks = padded.reshape(-1, each).max(axis=1).astype(np.float32)
    return loudest


class Waveform(QWidget):
    """`wanted` carries a time that was clicked, in ms. Takes no focus: the keys for moving are the page's."""

    wanted = Signal(int)

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("review_waveform")
        self._theme, self._jobs = theme, jobs
        self._sounds: tuple[JoinedSound, ...] = ()
        self._tiles: dict[int, Peaks] = {}
        self._asked: set[int] = set()
        self._borders: list[int] = []
        self._position_ms = 0
        self._drawn: tuple[QPixmap, QPixmap] | None = None
        self._drawn_from = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(30 * GRID, 6 * GRID)

    def begin(self, sounds: Sequence[JoinedSound]) -> None:
        """Draw this sound from now on; what was drawn before is forgotten."""
        self._sounds = tuple(sounds)
        self._tiles.clear()
        self._asked.clear()
        self._position_ms = 0
        self.setVisible(bool(sounds))
        self._redraw()

    def show_borders(self, times_ms: Sequence[int]) -> None:
        """Where segments begin, in order."""
        if self._borders != list(times_ms):
            self._borders = list(times_ms)
            self._redraw()

    def show_position(self, ms: int) -> None:
        turned = self._first_ms(ms) != self._first_ms(self._position_ms)
        before, self._position_ms = self._x(self._position_ms), ms
        now = self._x(ms)
        if turned:
            self.update()
        elif now != before:  # while it plays, no more is painted than what changes
            self.update(min(before, now) - 2, 0, abs(now - before) + 4, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:
        first, x = self._first_ms(self._position_ms), self._x(self._position_ms)
        if self._drawn is None or self._drawn_from != first:
            self._drawn = (self._draw(first, self._theme.color("accent")), self._draw(first, self._theme.color("text_soft")))
            self._drawn_from = first
        heard, ahead = self._drawn
        painter = QPainter(self)
        for curve, part in ((heard, QRect(0, 0, x, self.height())), (ahead, QRect(x, 0, self.width() - x, self.height()))):
            painter.setClipRect(part)
            painter.drawPixmap(0, 0, curve)
        painter.setClipping(False)
        painter.setPen(QPen(self._theme.color("text"), 2))
        painter.drawLine(x, 0, x, self.height())
        painter.end()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _draw(self, first_ms: int, color: QColor) -> QPixmap:
        """The curve and the borders of what is seen, in one colour."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(self.size() * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(self._theme.color("surface"))
        painter = QPainter(drawn)
        painter.setPen(QPen(color, 1))
        painter.drawLines(self._lines(first_ms))
        painter.setPen(QPen(self._theme.color("line_strong"), 1, Qt.PenStyle.DashLine))
        for ms in self._borders[bisect_left(self._borders, first_ms) : bisect_left(self._borders, first_ms + SPAN_MS)]:
            x = round((ms - first_ms) * self.width() / SPAN_MS)
            painter.drawLine(x, 0, x, self.height())
        painter.end()
        return drawn

    def _lines(self, first_ms: int) -> list[QLineF]:
        middle, step, lines = self.height() / 2, 1000 // PEAKS_PER_S, list[QLineF]()
        for tile in range(first_ms // TILE_MS, (first_ms + SPAN_MS) // TILE_MS + 1):
            for n, loud in enumerate(self._peaks(tile)):
                ms = tile * TILE_MS + n * step
                if first_ms <= ms < first_ms + SPAN_MS:
                    half = max(float(loud) ** 0.5 * (middle - 2), 0.5)  # quiet voices are seen too
                    x = (ms - first_ms) * self.width() / SPAN_MS
                    lines.append(QLineF(x, middle - half, x, middle + half))
        return lines

    def _peaks(self, tile: int) -> Peaks:
        """What is known of ten seconds; asks for them when nothing is yet."""
        known = self._tiles.get(tile)
        if known is None and self._sounds and tile not in self._asked:
            self._asked.add(tile)
            sounds = self._sounds
            self._jobs.run(lambda: peaks(sounds, tile), lambda found: self._found(sounds, tile, found), owner=self)
        return known if known is not None else np.zeros(0, np.float32)

    def _found(self, sounds: tuple[JoinedSound, ...], tile: int, found: Peaks) -> None:
        if sounds is not self._sounds:
            return
        if len(self._tiles) >= _KEPT_TILES:
            gone = next(iter(self._tiles))
            del self._tiles[gone]
            self._asked.discard(gone)
        self._tiles[tile] = found
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._sounds:
            inside = round(event.position().x() * SPAN_MS / max(self.width(), 1))
            self.wanted.emit(self._first_ms(self._position_ms) + inside)

    def _first_ms(self, ms: int) -> int:
        """The left edge: turns over like a page, so that the eye is not carried along."""
        page = SPAN_MS * 9 // 10
        return ms // page * page

    def _x(self, ms: int) -> int:
        return round((ms - self._first_ms(self._position_ms)) * self.width() / SPAN_MS)
