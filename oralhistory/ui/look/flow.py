"""Widgets one behind another like words in a line, going on below where the line is full: for bars in narrow windows."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from oralhistory.ui.look.theme import GRID


class Flow(QLayout):
    """Never asks for more width than its widest widget. What is hidden takes no place."""

    _items: list[QLayoutItem] = []  # noqa: RUF012  (never filled)
    """None here: Qt asks a layout that Python is clearing away, too."""

    def __init__(self, *widgets: QWidget, margin: int = 0, spacing: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        # Qt asks for the height some eighty times while it lays a window out once.
        self._known: dict[int, tuple[list[QLayoutItem], int]] = {}
        self.setContentsMargins(margin, margin, margin, margin)
        self.setSpacing(spacing)
        for one in widgets:
            self.addWidget(one)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._at(width)[1]

    def invalidate(self) -> None:
        self._known.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        shown = [one.sizeHint() for one in self._items if not one.isEmpty()]
        margins = self.contentsMargins()
        width = sum(one.width() for one in shown) + self.spacing() * max(len(shown) - 1, 0)
        height = max((one.height() for one in shown), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        size = QSize()
        for one in self._items:
            if not one.isEmpty():
                size = size.expandedTo(one.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._lay(self.placed(place.width()), place, move=True)

    def standing(self, width: int) -> list[QLayoutItem]:
        """What has a place in lines of this width, in order."""
        return [one for one in self._items if not one.isEmpty()]

    def placed(self, width: int) -> list[QLayoutItem]:
        """What has a place where the layout, margins included, is so wide."""
        return self._at(width)[0]

    def _at(self, width: int) -> tuple[list[QLayoutItem], int]:
        """What has a place in this width, and the height that it takes."""
        if width not in self._known:
            margins = self.contentsMargins()
            items = self.standing(width - margins.left() - margins.right())
            self._known[width] = items, self._lay(items, QRect(0, 0, width, 0), move=False)
        return self._known[width]

    def _lay(self, items: list[QLayoutItem], place: QRect, *, move: bool) -> int:
        """Put the widgets in lines within `place`; the height they take."""
        inside = place.marginsRemoved(self.contentsMargins())
        top, line = inside.top(), list[tuple[QLayoutItem, QSize]]()
        width = 0
        for item in items:
            size = item.sizeHint()
            if line and width + size.width() > inside.width():
                top += self._line(line, inside.left(), top, move=move) + self.spacing()
                line, width = [], 0
            line.append((item, size))
            width += size.width() + self.spacing()
        bottom = top + self._line(line, inside.left(), top, move=move)
        return bottom - place.top() + self.contentsMargins().bottom()

    def _line(self, line: list[tuple[QLayoutItem, QSize]], left: int, top: int, *, move: bool) -> int:
        """One line, its widgets in the middle of its height, which it gives."""
        height = max((size.height() for _, size in line), default=0)
        for item, size in line:
            if move:
                item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
            left += size.width() + self.spacing()
        return height
