"""The program's own line icons, drawn in whatever colour the theme asks for. Refuses names it has no drawing of."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from oralhistory.errors import ProgramFault

SIZES = (16, 24, 32, 48, 64)
"""For whoever does not know yet how large it will be shown."""


class Icons:
    def __init__(self, folder: Path) -> None:
        self._drawings = {file.stem: file.read_text("utf-8") for file in folder.glob("*.svg")}

    @property
    def names(self) -> list[str]:
        return sorted(self._drawings)

    def icon(self, name: str, color: QColor, faint: QColor, sizes: Collection[int] = SIZES) -> QIcon:
        """The drawing `name` in `color`, in `faint` where its button is disabled; `sizes` in pixels of the screen."""
        icon = QIcon()
        for mode, shade in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, faint)):
            drawing = self._drawing(name, shade)
            for size in sizes:
                icon.addPixmap(_drawn(drawing, size), mode)
        return icon

    def _drawing(self, name: str, color: QColor) -> QSvgRenderer:
        drawing = self._drawings.get(name)
        if drawing is None:
            raise ProgramFault(f"no icon named {name}")
        return QSvgRenderer(QByteArray(drawing.replace("currentColor", color.name()).encode()))


def _drawn(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter)
    painter.end()
    return pixmap
