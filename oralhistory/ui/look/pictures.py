"""Parts of the window as they were drawn last, for what is painted again at each move of the window and has not changed.

Kept in memory only, and few of them. What is drawn is told by its key: whoever asks puts everything into it that is seen.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap


class Pictures:
    def __init__(self, most: int) -> None:
        """Keeps at most so many."""
        self._most = most
        self._kept: dict[Hashable, QPixmap] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Colours, sizes or words are others now."""
        self._kept.clear()

    def paint(
        self, painter: QPainter, place: QRect, ground: QColor, key: Hashable, draw: Callable[[QPainter], None]
    ) -> None:
        """At `place` what `draw` paints there on this `ground`, which covers all else; asked once for a key and a size."""
        left, top, width, height = place.left(), place.top(), place.width(), place.height()
        ratio = painter.device().devicePixelRatio()
        whole = (key, ground.rgba(), width, height, ratio)
        kept = self._kept.get(whole)
        if kept is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[whole] = QPixmap(place.size() * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(ground)
            inside = QPainter(kept)
            inside.translate(-left, -top)
            draw(inside)
            inside.end()
        painter.drawPixmap(left, top, kept)
