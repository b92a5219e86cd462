"""Pages of which one is in front, all as large as the room that there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Only the page in front says how much room is needed: for Qt's own the largest does, seen or not, and the window grows."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        seen = self.currentWidget()
        return super().minimumSizeHint() if seen is None else seen.minimumSizeHint().expandedTo(seen.minimumSize())

    def hasHeightForWidth(self) -> bool:
        """No page makes what stands around it higher or lower. Qt would ask each of them, those behind too, at each width."""
        return False
