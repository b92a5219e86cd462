"""Parts of a page of which one is seen: only that one says how much room is needed."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget


class Turning(QStackedLayout):
    """Qt's own asks for room for the largest part, seen or not, and so makes a window grow for what nobody looks at."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.currentChanged.connect(lambda _at: page.updateGeometry())

    def sizeHint(self) -> QSize:
        return self._seen.sizeHint() if self.count() else QSize()

    def minimumSize(self) -> QSize:
        return self._seen.minimumSizeHint().expandedTo(self._seen.minimumSize()) if self.count() else QSize()

    def hasHeightForWidth(self) -> bool:
        return self.count() > 0 and self._seen.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._seen.heightForWidth(width) if self.hasHeightForWidth() else -1

    def minimumHeightForWidth(self, width: int) -> int:
        layout = self._seen.layout() if self.hasHeightForWidth() else None
        return layout.minimumHeightForWidth(width) if layout is not None else -1

    @property
    def _seen(self) -> QWidget:
        seen = self.currentWidget()
        assert seen is not None
        return seen
