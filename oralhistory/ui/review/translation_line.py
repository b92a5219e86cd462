"""The second line of a segment: what it says in another language, under the text and told apart from it by a bar and its tag."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption

from oralhistory.domain.transcript import Segment, Translation
from oralhistory.ui.look.theme import GRID, Theme

_MOST_LAYOUTS = 400


class TranslationLine:
    """`language` "" shows none."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.language = ""
        self._layouts: dict[str, tuple[Translation, int, QTextLayout, int]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Colours or sizes changed."""
        self._layouts.clear()
        self._font, self._tag_font = self._theme.font(), self._theme.font("small", bold=True)
        self._tag_width = QFontMetrics(self._tag_font).horizontalAdvance("mm ?") + GRID

    def height(self, segment: Segment, width: int) -> int:
        """How much higher a row of this width is by it."""
        found = self._found(segment)
        return self._layout(segment.id, found, width)[1] + GRID // 2 if found is not None else 0

    def paint(self, painter: QPainter, segment: Segment, place: QRect) -> None:
        """In the lower part of `place`, where the text stands."""
        found = self._found(segment)
        if found is None:
            return
        layout, height = self._layout(segment.id, found, place.width())
        top = place.bottom() + 1 - height
        painter.fillRect(QRect(place.left(), top, 2, height), self._theme.color("line_strong"))
        painter.setFont(self._tag_font)
        painter.setPen(self._theme.color("text_soft"))
        tag = found.language if found.of == segment.sha256 else f"{found.language} ?"
        painter.drawText(QPointF(place.left() + GRID, top + QFontMetrics(self._tag_font).ascent() + 1), tag)
        layout.draw(painter, QPointF(place.left() + GRID + self._tag_width, top))

    def _found(self, segment: Segment) -> Translation | None:
        return segment.translated(self.language) if self.language else None

    def _layout(self, segment: str, translation: Translation, width: int) -> tuple[QTextLayout, int]:
        kept = self._layouts.get(segment)
        if kept is not None and kept[:2] == (translation, width):
            return kept[2], kept[3]
        layout = QTextLayout(translation.text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width - self._tag_width - GRID, 40))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        if len(self._layouts) > _MOST_LAYOUTS:
            self._layouts.clear()
        self._layouts[segment] = (translation, width, layout, round(height))
        return layout, round(height)
