"""The sound around the place where one is, as a curve with the borders of the segments; click to go there. The borders of the
segment in hand are drawn as handles: pull one to move it.

Peaks are reckoned from the sealed sound when a stretch is first seen, beside the window's thread, and kept in memory only: a
drawn voice is a voice print, and nothing of it reaches a disk.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.domain.sound import SoundFormat
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.listening.playback import JoinedSound
from oralhistory.ui.look.pixels import FRAME_MS, SETTLED_MS, Pixels, drawn, pixel
from oralhistory.ui.look.theme import GRID, Theme

TILE_MS = 10_000
PEAKS_PER_S = 50
SPAN_MS = 20_000
"""So much is seen at once."""
_PAGE_MS = SPAN_MS * 9 // 10
"""Where the sound has come so far, the next is seen: it turns over like a page, so that the eye is not carried along."""
_SEEN = SPAN_MS * PEAKS_PER_S // 1000
"""So many peaks."""
_KEPT_TILES = 60
_DASH, _GAP = 4, 2
"""Of a border, in pixels."""
_GRIP = 8
_FLAG = 8
_REACH = 6
"""Pixels on either side of a border where the pointer takes hold of it."""
_FULL = float(1 << 23)
_QUIETEST = 0.02
"""Of half the height: what is silent is drawn too."""

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
        place, step = (first - start_ms) * PEAKS_PER_S // 1000, _frames_each(one.format.rate) * PEAKS_PER_S
        for at in range(begin, end, step):  # a second at a time: the loudspeaker reads the same sound, and waits meanwhile
            loud = _loudest(one.read(at, min(step, end - at)), one.format)
            there = found[place : place + len(loud)]
            np.maximum(there, loud[: len(there)], out=there)
            place += PEAKS_PER_S
    return found


def _frames_each(rate: int) -> int:
    """So many frames have one peak."""
    return max(rate // PEAKS_PER_S, 1)


def _loudest(pcm: bytes, sound: SoundFormat) -> Peaks:
    """24-bit PCM, its loudest sample in each stretch of the drawing."""
    channels, each = sound.channels, _frames_each(sound.rate)
    octets = np.frombuffer(pcm, np.uint8)
    octets = octets[: len(octets) // (3 * channels) * 3 * channels].reshape(-1, 3)
    wide = np.zeros((len(octets), 4), np.uint8)
    wide[:, 1:] = octets
    samples = np.abs((wide.reshape(-1).view("<i4") >> 8).astype(np.float32)) / _FULL
    frames = samples.reshape(-1, channels).max(axis=1)
    padded = np.pad(frames, (0, -len(frames) % each))
    loudest: Peaks = padded.reshape(-1, each).max(axis=1).astype(np.float32)
    return loudest


def curve_pixels(curve: Peaks, width: int, height: int, color: QColor, ground: QColor) -> Pixels:
    """`curve` (see `Waveform._seen`) in so many pixels of the screen."""
    highest = np.maximum.reduceat(curve, np.arange(width) * len(curve) // width) if width else np.zeros(0, np.float32)
    middle, reach = height / 2, height / 2 - 2
    far = middle - 0.5 - np.arange((height + 1) // 2, dtype=np.float32)  # the lower half is the upper one's mirror
    pixels = np.full((height, width), pixel(ground))
    upper = pixels[: len(far)]
    upper[far[:, None] <= np.where(highest < 0, -1, np.maximum(highest * reach, 0.5))] = pixel(color)
    pixels[height - len(far) :] = upper[::-1]
    return pixels


class Waveform(QWidget):
    """`wanted` carries a time that was clicked, in ms; `retimed` where the segment in hand shall begin and end. Takes no focus:
    the keys for moving are the page's."""

    wanted = Signal(int)
    retimed = Signal(int, int)

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("review_waveform")
        self._theme, self._jobs = theme, jobs
        self._sounds: tuple[JoinedSound, ...] = ()
        self._tiles: dict[int, Peaks] = {}
        self._asked: set[int] = set()
        self._borders: list[int] = []
        self._closed: list[tuple[int, int]] = []
        self._marks: list[int] = []
        self._position_ms = 0
        self._marked_ms = 0
        """Where the mark stands in what is painted."""
        self._first_ms = 0
        """The left edge."""
        self._row: tuple[int, int] | None = None
        self._pulled: tuple[int, int] | None = None  # which handle (0 or 1) of the row, and the ms where it is now
        self._curve: Peaks | None = None
        self._drawn: dict[str, QPixmap] = {}  # by the colour of the curve
        self._drawn_from = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else all that lies under it is painted at each tick
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        # While a window is pulled, what was drawn stays; it is drawn for the new width when that has come to rest.
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._redraw)
        self._marking = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._marking.timeout.connect(self._mark)
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(30 * GRID, 6 * GRID)

    def begin(self, sounds: Sequence[JoinedSound]) -> None:
        """Draw this sound from now on; what was drawn before is forgotten."""
        self._sounds = tuple(sounds)
        self._tiles.clear()
        self._asked.clear()
        self._position_ms = self._marked_ms = self._first_ms = 0
        self._pulled = None
        self.setVisible(bool(sounds))
        self._redraw()

    def show_borders(self, times_ms: Sequence[int]) -> None:
        """Where segments begin, in order."""
        if self._borders != list(times_ms):
            self._borders = list(times_ms)
            self._redraw()

    def splice_borders(self, row: int, removed: int, times_ms: Sequence[int]) -> None:
        """From this row on so many segments became those that begin then."""
        if self._borders[row : row + removed] != list(times_ms):
            self._borders[row : row + removed] = times_ms
            self._redraw()

    def show_closed(self, spans: Sequence[tuple[int, int]]) -> None:
        """Passages that the narrator closed, in ms: hatched."""
        if self._closed != list(spans):
            self._closed = list(spans)
            self._redraw()

    def show_marks(self, times_ms: Sequence[int]) -> None:
        """What was marked while recording, in ms: a flag on the curve."""
        if self._marks != list(times_ms):
            self._marks = list(times_ms)
            self._redraw()

    def show_row(self, row: tuple[int, int] | None, *, playing: bool = False) -> None:
        """From when to when the segment in hand is said: it is looked at, unless something `playing` is."""
        if row == self._row:
            return
        self._row, self._pulled = row, None
        if row is not None and not playing:
            self._look_at(*row)
        self.update()

    def _look_at(self, start_ms: int, end_ms: int) -> None:
        """Have both borders in sight, or the beginning of what is longer than all that is seen."""
        if self._first_ms <= start_ms and min(end_ms, start_ms + SPAN_MS) <= self._first_ms + SPAN_MS:
            return
        self._first_ms = start_ms // _PAGE_MS * _PAGE_MS
        if end_ms > self._first_ms + SPAN_MS:
            room = max(SPAN_MS - (end_ms - start_ms), 0)
            self._first_ms = max(start_ms - min(room, SPAN_MS // 10), 0) * PEAKS_PER_S // 1000 * 1000 // PEAKS_PER_S

    def show_position(self, ms: int) -> None:
        self._position_ms = ms
        if self._pulled is None and not self._first_ms <= ms < self._first_ms + _PAGE_MS:
            self._first_ms, self._marked_ms = ms // _PAGE_MS * _PAGE_MS, ms
            self.update()
        elif not self._marking.isActive():
            self._marking.start()

    def _mark(self) -> None:
        """Move the mark to where the sound is. While it plays, no more is painted than what changes."""
        before, self._marked_ms = self._x(self._marked_ms), self._position_ms
        now = self._x(self._marked_ms)
        if now != before:
            self.update(min(before, now) - 2, 0, abs(now - before) + 4, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settled.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        stands = self._x(self._marked_ms)
        x = min(max(stands, 0), self.width())
        if self._drawn_from != self._first_ms:
            self._drawn_from = self._first_ms
            self._forget()
        painter = QPainter(self)
        if self._settled.isActive():
            painter.fillRect(event.rect(), self._theme.color("surface"))
        heard, ahead = QRect(0, 0, x, self.height()), QRect(x, 0, self.width() - x, self.height())
        for token, part in (("accent", heard), ("text_soft", ahead)):
            if not part.isEmpty():
                painter.setClipRect(part)
                painter.drawPixmap(0, 0, self._drawn_in(token))
        painter.setClipping(False)
        self._paint_row(painter)
        if stands == x:  # elsewhere, it would seem to be at the edge
            painter.setPen(QPen(self._theme.color("text"), 2))
            painter.drawLine(x, 0, x, self.height())
        painter.end()

    def _redraw(self) -> None:
        self._forget()
        self.update()

    def _forget(self) -> None:
        self._curve = None
        self._drawn.clear()

    def _drawn_in(self, token: str) -> QPixmap:
        if token not in self._drawn:
            self._drawn[token] = self._draw(self._drawn_from, self._theme.color(token))
        return self._drawn[token]

    def _draw(self, first_ms: int, color: QColor) -> QPixmap:
        """The curve and the borders of what is seen, in one colour."""
        if self._curve is None:
            self._curve = self._seen(first_ms)
        ratio = self.devicePixelRatioF()
        wide, high = round(self.width() * ratio), round(self.height() * ratio)
        picture = drawn(curve_pixels(self._curve, wide, high, color, self._theme.color("surface")), ratio)
        painter = QPainter(picture)
        for start, end in self._closed:
            left, right = ((min(max(ms - first_ms, 0), SPAN_MS) * self.width() / SPAN_MS) for ms in (start, end))
            painter.fillRect(QRectF(left, 0, right - left, self.height()), QBrush(color, Qt.BrushStyle.BDiagPattern))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line_strong"))
        dashes, gone = range(0, self.height(), _DASH + _GAP), self.width() / SPAN_MS
        for ms in self._borders[bisect_left(self._borders, first_ms) : bisect_left(self._borders, first_ms + SPAN_MS)]:
            x = round((ms - first_ms) * gone)
            painter.drawRects([QRect(x, y, 1, _DASH) for y in dashes])  # a pen that dashes takes ten times as long
        painter.setBrush(self._theme.color("caution"))
        for x in (round((ms - first_ms) * gone) for ms in self._marks):
            painter.drawRect(QRect(x, 0, 2, self.height()))
            painter.drawPolygon([QPoint(x, 0), QPoint(x + _FLAG, _FLAG // 2), QPoint(x, _FLAG)])
        painter.end()
        return picture

    def _seen(self, first_ms: int) -> Peaks:
        """How far what is seen goes from the middle at each peak, 0.0 to 1.0; -1 where nothing is known yet."""
        seen = np.full(_SEEN, -1, np.float32)
        for tile in range(first_ms // TILE_MS, (first_ms + SPAN_MS) // TILE_MS + 1):
            begins = (tile * TILE_MS - first_ms) * PEAKS_PER_S // 1000
            heights = np.sqrt(self._peaks(tile))  # quiet voices are seen too
            first, last = max(begins, 0), min(begins + len(heights), _SEEN)
            if first < last:
                seen[first:last] = np.maximum(heights[first - begins : last - begins], _QUIETEST)
        return seen

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

    def _paint_row(self, painter: QPainter) -> None:
        """The segment in hand: a bar below it and a handle at either end."""
        row = self._pulled_row()
        if row is None:
            return
        left, right = self._x(row[0]), self._x(row[1])
        color = self._theme.color("accent")
        painter.fillRect(QRect(left, self.height() - 3, right - left, 3), color)
        for x in (left, right):
            painter.fillRect(QRect(x - 1, 0, 2, self.height()), color)
            painter.fillRect(QRect(x - _GRIP // 2, 0, _GRIP, _GRIP), color)

    # --- pointing ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self._handle_at(event.position().x())
        if handle is not None and self._row is not None:
            self._pulled = handle, self._row[handle]
        elif self._sounds:
            self.wanted.emit(self._ms(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pulled is not None:
            self._pulled = self._pulled[0], max(self._ms(event.position().x()), 0)
            self.update()
            return
        over = self._handle_at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, before = self._pulled_row(), self._row
        self._pulled = None
        self.update()
        if row is not None and row != before:
            self.retimed.emit(*row)

    def _handle_at(self, x: float) -> int | None:
        """Which border of the segment in hand is under the pointer: 0 its beginning, 1 its end."""
        if self._row is None:
            return None
        far = [abs(self._x(ms) - x) for ms in self._row]
        return far.index(min(far)) if min(far) <= _REACH else None

    def _pulled_row(self) -> tuple[int, int] | None:
        """From when to when the segment in hand would be said if the handle were let go now."""
        if self._row is None or self._pulled is None:
            return self._row
        handle, ms = self._pulled
        return (min(ms, self._row[1]), self._row[1]) if handle == 0 else (self._row[0], max(ms, self._row[0]))

    def _ms(self, x: float) -> int:
        return self._first_ms + round(x * SPAN_MS / max(self.width(), 1))

    def _x(self, ms: int) -> int:
        return round((ms - self._first_ms) * self.width() / SPAN_MS)
