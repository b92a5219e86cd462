"""A small chart: a bar for each group, as a button that can be reached with Tab; and the same as a picture for a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QEnterEvent, QFontMetrics, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from oralhistory.i18n import ntr, tr
from oralhistory.ui.look.theme import GRID, Theme

_NAME_SHARE, _MOST_NAME_SHARE = 0.42, 0.6
_HIGH = 3 * GRID
_PICTURE_WIDTH = 100 * GRID


@dataclass(frozen=True, slots=True)
class Shown:
    """What a bar shows; None where a count is masked."""

    key: str
    name: str
    voices: int | None
    publishable: int | None

    @property
    def figures(self) -> str:
        voices, publishable = ("*" if count is None else str(count) for count in (self.voices, self.publishable))
        return tr("{publishable} of {voices}", voices=voices, publishable=publishable)


class Bar(QAbstractButton):
    """`most` is the count that a full bar stands for. Filled in is what may be published."""

    def __init__(self, theme: Theme, prefix: str, shown: Shown, most: int) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(f"{prefix}_{shown.key}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tell(shown, most)

    def tell(self, shown: Shown, most: int, chart: Sequence[Shown] = ()) -> None:
        """Show these counts. `chart`: all whose bars begin at the same place, this one among them."""
        self._shown, self._most, self._chart = shown, most, chart
        voices = ntr("{n} voice", "{n} voices", shown.voices or 0)
        said = tr("{name}: {voices}, {n} may be published", name=shown.name, voices=voices, n=shown.publishable or 0)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(30 * GRID, max(_HIGH, QFontMetrics(self._theme.font()).height() + GRID))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)
        text = "on_accent_soft" if self.isChecked() else "text"
        paint_bar(painter, self._theme, area.adjusted(GRID / 2, 0, -GRID / 2, 0), self._shown, self._most, text, self._chart)
        painter.end()


def name_room(metrics: QFontMetrics, width: float, chart: Sequence[Shown]) -> float:
    """The pixels of a chart of `width` that its names take: what the longest needs, while something is left for the bars."""
    longest = max(metrics.horizontalAdvance(one.name) for one in chart) + 2.0
    return min(max(longest, width * _NAME_SHARE), width * _MOST_NAME_SHARE)


def paint_bar(
    painter: QPainter, theme: Theme, area: QRectF, shown: Shown, most: int, text: str = "text", chart: Sequence[Shown] = ()
) -> None:
    """Name, bar and figures beside each other. A masked count has a hatched stub instead of a bar.

    `chart`: all whose bars begin at the same place.
    """
    metrics = QFontMetrics(theme.font())
    beside = chart or (shown,)
    room = max(metrics.horizontalAdvance(one.figures) for one in beside)
    name = QRectF(area.x(), area.y(), name_room(metrics, area.width(), beside), area.height())
    bar = QRectF(name.right() + GRID, area.y() + 5, max(area.width() - name.width() - room - 2 * GRID, 0), area.height() - 10)
    painter.setFont(theme.font())
    painter.setPen(theme.color(text))
    middle = Qt.AlignmentFlag.AlignVCenter
    cut = metrics.elidedText(shown.name, Qt.TextElideMode.ElideRight, int(name.width()))
    painter.drawText(name, Qt.AlignmentFlag.AlignLeft | middle, cut)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, shown.figures)
    painter.setPen(QPen(theme.color("line_strong"), 1))
    if shown.voices is None:
        painter.setBrush(QBrush(theme.color("line_strong"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(QRectF(bar.x(), bar.y(), min(3 * GRID, bar.width()), bar.height()))
        return
    whole = QRectF(bar.x(), bar.y(), bar.width() * shown.voices / max(most, 1), bar.height())
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(whole, 2, 2)
    if shown.publishable:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        part = QRectF(whole)
        part.setWidth(whole.width() * shown.publishable / max(shown.voices, 1))
        painter.drawRoundedRect(part, 2, 2)


def picture(theme: Theme, title: str, shown: Sequence[Shown], notes: Sequence[str]) -> QImage:
    """The chart as a picture for a file, with its title and notes below."""
    line = QFontMetrics(theme.font()).height()
    high = line + GRID
    image = QImage(_PICTURE_WIDTH, 4 * GRID + 2 * line + len(shown) * high + len(notes) * high, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(bold=True))
    painter.setPen(theme.color("text"))
    y = 2.0 * GRID
    painter.drawText(QRectF(2 * GRID, y, _PICTURE_WIDTH - 4 * GRID, line), Qt.AlignmentFlag.AlignLeft, title)
    y += 2 * line
    most = max((one.voices or 0 for one in shown), default=0)
    for one in shown:
        paint_bar(painter, theme, QRectF(2 * GRID, y, _PICTURE_WIDTH - 4 * GRID, high), one, most, chart=shown)
        y += high
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("text_soft"))
    for note in notes:
        painter.drawText(QRectF(2 * GRID, y, _PICTURE_WIDTH - 4 * GRID, high), Qt.AlignmentFlag.AlignVCenter, note)
        y += high
    painter.end()
    return image

