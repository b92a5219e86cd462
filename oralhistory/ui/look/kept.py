"""How a widget looked when Qt painted it last, to be put there again while it looks the same.

A window that is pulled larger is painted whole at each step, and a button of a style sheet takes as long as a row of text: the
desk has forty that look as before. Only on a ground that is known and covers all that lies under it; elsewhere Qt paints.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QPixmap, QRegion
from PySide6.QtWidgets import QWidget


class Kept:
    """`seen` tells all that makes the widget look as it does, but its style; nothing while it is not to be kept. What the style
    changes is told by `forget`. Free room behind what is seen belongs to `ground`, a colour of the program's palette."""

    def __init__(self, widget: QWidget, seen: Callable[[], Hashable]) -> None:
        self._widget, self._ask = widget, seen
        self.ground: QPalette.ColorRole | None = None
        self._picture = QPixmap()
        self._seen: Hashable = None
        self._taking = False

    def forget(self) -> None:
        """Another style, font, drawing or role."""
        self._seen = None

    def put(self) -> bool:
        """Whether it was put there; else Qt is to paint it, which is kept for the next time."""
        if self._taking or self.ground is None:
            return False
        seen = self._ask()
        if seen is None:
            return False
        if seen != self._seen:
            QTimer.singleShot(0, self._widget, self._take)  # Qt does not paint a widget while it paints it
            return False
        painter = QPainter(self._widget)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()
        return True

    def _take(self) -> None:
        widget, seen = self._widget, self._ask()
        if self.ground is None or seen is None or seen == self._seen:
            return
        ratio = widget.devicePixelRatio()
        picture = QPixmap(widget.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QGuiApplication.palette().color(self.ground))
        self._taking = True
        widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
        self._taking = False
        self._picture, self._seen = picture, seen
