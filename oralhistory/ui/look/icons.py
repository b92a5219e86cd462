"""The program's own line icons, drawn in whatever colour the theme asks for. Refuses names it has no drawing of."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from oralhistory.errors import ProgramFault

_SIZES = (16, 24, 32, 48, 64)


class Icons:
    def __init__(self, folder: Path) -> None:
        self._drawings = {file.stem: file.read_text("utf-8") for file in folder.glob("*.svg")}

    @property
    def names(self) -> list[str]:
        return sorted(self._drawings)

    def icon(self, name: str, color: QColor, faint: QColor) -> QIcon:
        """The drawing `name` in `color`, in `faint` where its button is disabled."""
        icon = QIcon()
        for size in _SIZES:
            icon.addPixmap(self._drawn(name, color, size), QIcon.Mode.Normal)
            icon.addPixmap(self._drawn(name, faint, size), QIcon.Mode.Disabled)
        return icon

    def _drawn(self, name: str, color: QColor, size: int) -> QPixmap:
        drawing = self._drawings.get(name)
        if drawing is None:
            raise ProgramFault(f"no icon named {name}")
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.replace("currentColor", color.name()).encode())).render(painter)
        painter.end()
        return pixmap
