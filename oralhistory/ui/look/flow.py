"""Widgets one behind another like words in a line, going on below where the line is full: for bars in narrow windows."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from oralhistory.ui.look.theme import GRID

_Places = list[tuple[QLayoutItem, QRect]]


class Flow(QLayout):
    """Never asks for more width than its widest widget. What is hidden takes no place."""

    _items: list[QLayoutItem] = []  # noqa: RUF012  (never filled)
    """None here: Qt asks a layout that Python is clearing away, too."""

    def __init__(self, *widgets: QWidget, margin: int = 0, spacing: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        # Qt asks for the height some eighty times while it lays a window out once.
        self._known: dict[int, tuple[_Places, int]] = {}
        self._wants: tuple[QSize, QSize] | None = None
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
        self._wants = None
        super().invalidate()

    def sizeHint(self) -> QSize:
        return self._wanted()[0]

    def minimumSize(self) -> QSize:
        return self._wanted()[1]

    def _wanted(self) -> tuple[QSize, QSize]:
        """All in one line, and the least."""
        if self._wants is None:
            shown = self.present()
            sizes, least = [self.size(one) for one in shown], QSize()
            for one in shown:
                least = least.expandedTo(self.least(one))
            width = sum(one.width() for one in sizes) + self.spacing() * max(len(sizes) - 1, 0)
            height = max((one.height() for one in sizes), default=0)
            margins = self.contentsMargins()
            around = QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
            self._wants = QSize(width, height) + around, least + around
        return self._wants

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        for item, where in self._at(place.width())[0]:
            item.setGeometry(where.translated(place.topLeft()))

    def size(self, item: QLayoutItem) -> QSize:
        """As large as it wants to be."""
        return item.sizeHint()

    def least(self, item: QLayoutItem) -> QSize:
        """What it needs at least."""
        return item.minimumSize()

    def present(self) -> list[QLayoutItem]:
        """What is there, in order, whether it has a place or not."""
        return [one for one in self._items if not one.isEmpty()]

    def standing(self, width: int) -> list[QLayoutItem]:
        """What has a place in lines of this width, in order."""
        return self.present()

    def placed(self, width: int) -> list[QLayoutItem]:
        """What has a place where the layout, margins included, is so wide."""
        return [item for item, _ in self._at(width)[0]]

    def _at(self, width: int) -> tuple[_Places, int]:
        """What has a place in this width, seen from the upper left corner of all, and the height that it takes."""
        if width not in self._known:
            margins = self.contentsMargins()
            items = self.standing(width - margins.left() - margins.right())
            self._known[width] = self._lay(items, width)
        return self._known[width]

    def _lay(self, items: list[QLayoutItem], width: int) -> tuple[_Places, int]:
        """Put the widgets in lines of so much width, margins included; with the height they take."""
        inside = QRect(0, 0, width, 0).marginsRemoved(self.contentsMargins())
        places, top, line = _Places(), inside.top(), list[tuple[QLayoutItem, QSize]]()
        filled = 0
        for item in items:
            size = self.size(item)
            if line and filled + size.width() > inside.width():
                top += self._line(line, inside.left(), top, places) + self.spacing()
                line, filled = [], 0
            line.append((item, size))
            filled += size.width() + self.spacing()
        bottom = top + self._line(line, inside.left(), top, places)
        return places, bottom + self.contentsMargins().bottom()

    def _line(self, line: list[tuple[QLayoutItem, QSize]], left: int, top: int, places: _Places) -> int:
        """One line, its widgets in the middle of its height, which it gives."""
        height = max((size.height() for _, size in line), default=0)
        for item, size in line:
            places.append((item, QRect(QPoint(left, top + (height - size.height()) // 2), size)))
            left += size.width() + self.spacing()
        return height
