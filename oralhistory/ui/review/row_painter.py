"""Drawing one segment: time and speaker at the side, the text with what is doubtful underlined, what is heard marked.

Nothing depends on colour alone: doubt is a wavy line, the row being heard has a triangle, a mark has its word. What was marked
as distressing is veiled until it is the row in hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, inf

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF, QTextCharFormat, QTextLayout, QTextOption

from oralhistory.domain.conventions import noted
from oralhistory.domain.replacing import Place
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import DISTRESSING, Segment
from oralhistory.i18n import language, tr
from oralhistory.ui.look.pictures import Pictures
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.review.chip_faces import ChipFaces
from oralhistory.ui.review.flag_words import notes, reasons
from oralhistory.ui.review.row_heights import Heights
from oralhistory.ui.review.row_words import doubtful_words
from oralhistory.ui.review.segment_editor import points, units
from oralhistory.ui.review.translation_line import TranslationLine

PAD = GRID
_STRIPE = 3
"""Pixels of the stripe beside the row in hand."""
_MOST_LAYOUTS = 400
_MOST_ROWS = 60
_SPEAKER_COLOURS = 6
_VEIL = 0.14
"""How much is seen of a passage that is hard to bear, until somebody goes there."""

@dataclass(frozen=True, slots=True)
class RowLook:
    """What is special about a row now; `word` is the spoken word's (start, end) in code points."""

    current: bool = False
    edited: bool = False
    playing: bool = False
    word: tuple[int, int] | None = None
    speaker: int = 0


_Told = tuple[str, tuple[str, ...]]
"""Why a row is doubtful, and the lines that stand below its speaker."""


@dataclass(slots=True, eq=False)
class _Laid:
    """A segment's text in lines, `height` high together and the broadest `breadth` wide; `breaks` are where they begin: in each
    width from `least` to `most`, as what a line had no room for in `most` has none in less."""

    segment: Segment
    layout: QTextLayout
    height: int = 0
    least: int = 0
    most: float = -1
    breaks: tuple[int, ...] = ()
    breadth: int = 0

    def fits(self, width: int) -> bool:
        return self.least <= width <= self.most

    def lay(self, width: int) -> None:
        layout, height, breaks, right, moves = self.layout, 0.0, list[int](), 0.0, False
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
            breaks.append(line.textStart())
            said = line.naturalTextRect()
            right, moves = max(right, said.right()), moves or said.left() != 0  # from right to left it stands at the other edge
        layout.endLayout()
        before, self.breaks = self.breaks, tuple(breaks)
        self.height, self.breadth = round(height), ceil(right)
        self.least = width if moves else min(self.breadth + 2, width)
        if moves or self.breaks != before:
            self.most = width
        self.most = inf if len(breaks) < 2 and not moves else max(self.most, width)


class RowPainter:
    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.misheard: Callable[[Segment], Sequence[Place]] = lambda _segment: ()
        self.closed: Callable[[Segment], bool] = lambda _segment: False
        self.translation = TranslationLine(theme)
        self._layouts: dict[str, _Laid] = {}
        self._rows = Pictures(_MOST_ROWS)
        self.width = 0
        self.refresh()

    def refresh(self) -> None:
        """Colours or sizes changed."""
        self._layouts.clear()
        self._rows.forget()
        self.translation.refresh()
        self._colors = {name: self._theme.color(name) for name in self._theme.tokens}
        self.text_font = self._theme.font("large")
        self.faces = ChipFaces(self.text_font, self._colors["text_soft"], self._colors["hover"])
        self._speaker_font = self._theme.font("body", bold=True)
        self._small_font = self._theme.font("small")
        self._metrics = QFontMetrics(self.text_font)
        self._small, self._speaker = QFontMetrics(self._small_font), QFontMetrics(self._speaker_font)
        small, speaker = self._small, self._speaker
        self._side_height = small.height() + speaker.height() + 2
        least = small.horizontalAdvance("00:00:00") + 3 * GRID, small.horizontalAdvance(tr("sealed by consent")) + 2 * GRID
        self.side = max(*least, speaker.horizontalAdvance("M") * 8) + 2 * GRID
        self._em = self._metrics.horizontalAdvance("가")

    def resize(self, width: int) -> None:
        """Rows are so wide from now on."""
        self.width = width

    @property
    def text_width(self) -> int:
        return max(self.width - self.side - 3 * GRID, 80)

    def estimates(self, breadths: Heights) -> Heights:
        """The rows' likely heights from the breadths of their texts (see `breadths`)."""
        lines = 1 + breadths * self._em // (2 * self.text_width)
        return np.maximum(lines * self._metrics.lineSpacing(), self._side_height) + 2 * PAD

    def height(self, segment: Segment) -> int:
        """The row's exact height."""
        return self.height_with(segment, self._layout(segment).height)

    def height_with(self, segment: Segment, text: int) -> int:
        """The height of a row whose text is so high."""
        text += self.translation.height(segment, self.text_width)
        return max(text, self._side_height + len(self._told(segment)[1]) * self._note_step) + 2 * PAD

    def _notes(self, segment: Segment) -> list[str]:
        """What stands below the speaker, a line each."""
        return [tr("sealed by consent"), *notes(segment)] if self.closed(segment) else notes(segment)

    @property
    def _note_step(self) -> int:
        return self._small.height() + GRID // 2 + 2

    def text_rect(self, segment: Segment, top: int, height: int) -> QRect:
        """Where the text of a row stands, above its translation."""
        return self._said_rect(top, height).adjusted(0, 0, 0, -self.translation.height(segment, self.text_width))

    def _said_rect(self, top: int, height: int) -> QRect:
        return QRect(self.side, top + PAD, self.text_width, height - 2 * PAD)

    def hit(self, segment: Segment, x: int, y: int) -> int:
        """The code point of the text at a place within its row."""
        layout = self._layout(segment).layout
        inside = y - PAD
        for n in range(layout.lineCount()):
            line = layout.lineAt(n)
            if inside < line.y() + line.height() or n == layout.lineCount() - 1:
                return points(segment.text, line.xToCursor(float(x - self.side)))
        return 0

    def _layout(self, segment: Segment) -> _Laid:
        """Made once for a text; for another width only its lines are laid anew, and a single line that fits stays as it is."""
        kept, width = self._layouts.get(segment.id), self.text_width
        if kept is None or kept.segment is not segment:
            if len(self._layouts) > _MOST_LAYOUTS:
                self._layouts.clear()
            kept = self._layouts[segment.id] = _Laid(segment, self._unlaid(segment))
        if not kept.fits(width):
            kept.lay(width)
        return kept

    def _unlaid(self, segment: Segment) -> QTextLayout:
        layout = QTextLayout(segment.text, self.text_font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)  # else its letters are shaped anew each time it is painted
        looks = [*self.chips(segment), *self.underlined(segment)]
        layout.setFormats([self._range(segment.text, *one) for one in looks])
        return layout

    def underlined(self, segment: Segment) -> list[tuple[int, int, QTextCharFormat]]:
        """Code points [start, end) of what the machine did not believe (a wavy line) and what was misheard (a dotted one)."""
        wavy, dotted = QTextCharFormat.UnderlineStyle.WaveUnderline, QTextCharFormat.UnderlineStyle.DotLine
        doubts = [(*span, self._line(wavy, "caution")) for span in doubtful_words(segment)]
        return doubts + [(one.start, one.end, self._line(dotted, "accent")) for one in self.misheard(segment)]

    def chips(self, segment: Segment) -> list[tuple[int, int, QTextCharFormat]]:
        """What stands in brackets, on a ground of its own: it was not said."""
        look = QTextCharFormat()
        look.setForeground(self._colors["text_soft"])
        look.setBackground(self._colors["hover"])
        return [(*span, look) for span in noted(segment.text)]

    def _line(self, style: QTextCharFormat.UnderlineStyle, color: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setUnderlineStyle(style)
        look.setUnderlineColor(self._colors[color])
        return look

    def spoken(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setBackground(self._colors["mark"])
        return look

    def _range(self, text: str, start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = units(text, start)
        made.length = units(text, end) - made.start
        made.format = look
        return made

    def paint(self, painter: QPainter, segment: Segment, top: int, height: int, look: RowLook) -> None:
        """One row with its upper edge at `top`; the text is left out where the editor shows it."""
        area = QRect(0, top, self.width, height)
        if look.current:
            painter.fillRect(area, self._colors["surface"])
            painter.fillRect(QRect(0, top, _STRIPE, height), self._colors["accent"])
        elif look.playing:
            painter.fillRect(area, self._colors["accent_soft"])
        laid = None if look.edited else self._layout(segment)
        told = self._told(segment)
        broad = laid.breadth + PAD // 2 if laid is not None else 0  # letters and lines below them may reach beyond
        place = QRect(_STRIPE, top, self.side - _STRIPE + broad, height - 1)
        said = (laid, laid.breaks) if laid is not None else (segment.start_ms, segment.speaker)
        key = (*said, look, told, language())
        self._rows.paint(
            painter, place, self._colors[_ground(look)], key, lambda one: self._draw(one, segment, laid, top, look, told)
        )
        if self.translation.language:
            painter.setOpacity(_VEIL if _veiled(segment, look) else 1.0)
            self.translation.paint(painter, segment, self._said_rect(top, height))
            painter.setOpacity(1.0)
        painter.fillRect(self.side, top + height - 1, self.width - GRID - self.side, 1, self._colors["line"])

    def _draw(
        self, painter: QPainter, segment: Segment, laid: _Laid | None, top: int, look: RowLook, told: _Told
    ) -> None:
        """What looks the same in each width in which the text has the same lines."""
        self._draw_side(painter, segment, top, look, told)
        if laid is None:
            return
        veiled = _veiled(segment, look)
        painter.setOpacity(_VEIL if veiled else 1.0)
        painter.setPen(self._colors["on_accent_soft" if look.playing and not look.current else "text"])
        text, at = segment.text, QPointF(self.side, top + PAD)
        laid.layout.draw(painter, at, [self._range(text, *look.word, self.spoken())] if look.word else [])
        if not veiled:  # what is veiled covers nothing
            self.faces.paint(painter, laid.layout, at, text, partial(units, text))

    def _told(self, segment: Segment) -> _Told:
        """Why the row is doubtful, and what else stands beside it; most rows are plain."""
        plain = not (segment.flags or segment.comments or segment.guessed)
        return ("", ()) if plain and not self.closed(segment) else (reasons(segment), tuple(self._notes(segment)))

    def _draw_side(self, painter: QPainter, segment: Segment, top: int, look: RowLook, told: _Told) -> None:
        """Time, speaker and what is to be said of the row."""
        why, notes = told
        x, y = 2 * GRID, top + PAD
        painter.setFont(self._small_font)
        painter.setPen(self._colors["text_soft"])
        small = self._small
        painter.drawText(QPointF(x + GRID, y + small.ascent()), clock(segment.start_ms))
        if look.playing:
            self._paint_triangle(painter, x - GRID // 2, y + small.height() / 2, small.ascent() * 0.4)
        speaker = self._speaker
        base = y + small.height() + 2
        color = self._colors[f"speaker_{look.speaker % _SPEAKER_COLOURS + 1}"]
        if segment.speaker:
            painter.fillRect(QRect(x, base + 2, 3, speaker.height() - 4), color)
            painter.setFont(self._speaker_font)
            painter.setPen(color)
            name = speaker.elidedText(segment.speaker, Qt.TextElideMode.ElideRight, self._name_room(x, why))
            painter.drawText(QPointF(x + GRID, base + speaker.ascent()), name)
        self._paint_flag(painter, why, base, "caution")
        for number, words in enumerate(notes):
            self._paint_flag(painter, words, base + speaker.height() + GRID // 2 + number * self._note_step, "accent")

    def _name_room(self, left: int, why: str) -> int:
        """What the flag at the right leaves to the name, but never less than the first few letters of it."""
        flag = self._small.horizontalAdvance(why) + 2 * GRID if why else 0
        return max(self.side - left - 3 * GRID - flag, self.side // 3)

    def _paint_flag(self, painter: QPainter, words: str, top: int, color: str) -> None:
        """What is to be said of a row, at the right edge of its side."""
        if not words:
            return
        small = self._small
        words = small.elidedText(words, Qt.TextElideMode.ElideRight, self.side - 4 * GRID)
        width = small.horizontalAdvance(words) + GRID
        box = QRectF(self.side - GRID - width, top, width, small.height() + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors[f"{color}_soft"])
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._small_font)
        painter.setPen(self._colors["on_accent_soft" if color == "accent" else color])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_triangle(self, painter: QPainter, x: float, y: float, size: float) -> None:
        color = self._colors["accent"]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([QPointF(x, y - size), QPointF(x, y + size), QPointF(x + 1.5 * size, y)]))


def _veiled(segment: Segment, look: RowLook) -> bool:
    return DISTRESSING in segment.flags and not look.current


def _ground(look: RowLook) -> str:
    """The colour that a row stands on."""
    return "surface" if look.current else "accent_soft" if look.playing else "surface_alt"
