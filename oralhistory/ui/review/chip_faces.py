"""What a transcript notes besides words, in the language of whoever reads: drawn over the stored English form.

A face takes exactly the place of what it covers, so that nothing moves, no click lands elsewhere and every letter of the text can
be reached. It is left away where a caret or a selection touches it, and where it would be broken into two lines.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine

from oralhistory.domain.conventions import Convention, known
from oralhistory.i18n import mark, tr

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "inaudible": mark("inaudible"),
        "unsure": mark("not sure"),
        "pause": mark("pause"),
        "overlap": mark("both speak"),
        "laughter": mark("laughter"),
        "crying": mark("crying"),
        "sigh": mark("sigh"),
        "interpreter": mark("interpreter"),
    }
)
_EDGE = 2.0
"""Left free at either side."""


def face(convention: Convention, detail: str) -> str:
    """How it is shown; nothing where the stored form says it already."""
    word = tr(WORDS[convention.code])
    if convention.code == "unsure" or word == WORDS[convention.code]:
        return ""
    if detail:
        told = detail if ":" in detail else tr("{n} s", n=detail)
        return f"[{word} {told}]"
    return f"[{word}:]" if convention.text.endswith(":]") else f"[{word}]"


def faces(text: str) -> Iterator[tuple[int, int, str]]:
    """Code points [start, end) of the text, and what is shown there."""
    if "[" in text:
        for start, end, convention, detail in known(text):
            shown = face(convention, detail)
            if shown:
                yield start, end, shown


def read(text: str) -> str:
    """The text as it is shown, for lists: nobody writes there, and nothing has to keep its place."""
    said, at = [], 0
    for start, end, shown in faces(text):
        said += [text[at:start], shown]
        at = end
    return "".join([*said, text[at:]])


class ChipFaces:
    """Draws them in this look."""

    def __init__(self, font: QFont, text: QColor, ground: QColor) -> None:
        self._font, self._text, self._ground = font, text, ground

    def paint(
        self,
        painter: QPainter,
        layout: QTextLayout,
        at: QPointF,
        said: str,
        place: Callable[[int], int],
        bare: Callable[[int, int], bool] = lambda _start, _end: False,
    ) -> None:
        """Over `layout`, which was drawn at `at`: `place` gives the layout's position of a code point of `said`, and `bare` says
        of code points [start, end) that they are to be seen as they are stored."""
        for start, end, words in faces(said):
            box = None if bare(start, end) else _box(layout, place(start), place(end))
            if box is not None:
                self._paint_one(painter, box.translated(at), words)

    def _paint_one(self, painter: QPainter, box: QRectF, words: str) -> None:
        font = QFont(self._font)
        room, needed = box.width() - 2 * _EDGE, QFontMetricsF(font).horizontalAdvance(words)
        if needed > room:
            font.setPointSizeF(font.pointSizeF() * max(room, 1) / needed)
        painter.fillRect(box, self._ground)
        painter.setFont(font)
        painter.setPen(self._text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _box(layout: QTextLayout, first: int, last: int) -> QRectF | None:
    """Of the layout's positions [first, last), where they stand in one line."""
    line = layout.lineForTextPosition(first)
    if not line.isValid() or last > line.textStart() + line.textLength():
        return None
    left, right = (_x(line, one) for one in (first, last))
    return QRectF(left, line.y(), right - left, line.height())


def _x(line: QTextLine, at: int) -> float:
    return float(line.cursorToX(at)[0])  # type: ignore[index]  # the stubs do not know that it tells the place too
