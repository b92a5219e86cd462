"""Widgets beside each other, of one width, in as many rows as they need: for keys whose words are long or written large."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from oralhistory.ui.look.theme import GRID

_ALL = 1_000


class Wrapping(QWidget):
    """Never asks for more width than `fewest` of its widgets beside each other do, and never has more than `most` in a row."""

    def __init__(
        self, widgets: Sequence[QWidget], *, fewest: int = 1, most: int = _ALL, spacing: int = 2 * GRID
    ) -> None:
        super().__init__()
        self._widgets = list(widgets)
        self._fewest = fewest
        self._most = most
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)
        self._grid.setVerticalSpacing(min(spacing, GRID))
        self._arrange(min(len(self._widgets), most))

    def put(self, widgets: Sequence[QWidget]) -> None:
        """These instead of those before, which the caller lets go of."""
        for one in self._widgets:
            self._grid.removeWidget(one)
        self._widgets, before = list(widgets), self._columns
        self._columns = 0
        for one in self._widgets:
            one.setParent(self)
            one.show()  # at once: put into a window that stands open, they would come one by one, and each time for all
        self._arrange(before or min(len(self._widgets), self._most))
        self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(self._fewest), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Arrange anew: the width, the words or what is shown have changed.

        What nobody sees has no width yet that counts: in rows for the least one it would ask for more height than there is, and
        the window would grow.
        """
        if not self.isVisible():
            return
        count = len(self._shown())
        upwards = range(min(count, self._most), self._fewest, -1)
        most = next((n for n in upwards if self._width_of(n) <= self.width()), self._fewest)
        rows = -(-count // max(most, 1))
        self._arrange(-(-count // max(rows, 1)))  # rows of about the same length

    def _shown(self) -> list[QWidget]:
        return [one for one in self._widgets if not one.isHidden() or one.parentWidget() is not self]

    def _width_of(self, count: int) -> int:
        widest = max((one.sizeHint().width() for one in self._shown()), default=0)
        return count * widest + (count - 1) * self._grid.horizontalSpacing()

    def _arrange(self, columns: int) -> None:
        shown = self._shown()
        if columns < 1 or (columns, len(shown)) == (self._columns, self._grid.count()):
            return
        for one in self._widgets:
            self._grid.removeWidget(one)
        for at in range(max(columns, self._columns)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self._columns = columns
        for at, one in enumerate(shown):
            self._grid.addWidget(one, at // columns, at % columns)
        self.updateGeometry()
