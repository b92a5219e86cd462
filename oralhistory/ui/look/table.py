"""A plain table to read: rows of text in columns as wide as they need, the last one takes what room is left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from oralhistory.i18n import tr
from oralhistory.ui.look.wording import Wording

_MOST_ROWS_SHOWN = 12


class Table(QTableWidget):
    """`columns` are messages for the heads; cells are (text, tooltip) or text."""

    def __init__(self, name: str, says: Wording, accessible: str, columns: Sequence[str]) -> None:
        super().__init__(0, len(columns))
        self.setObjectName(name)
        self.setProperty("role", "plain")
        says(self.setAccessibleName, accessible)
        self._columns = columns
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fill([])

    def fill(self, rows: Sequence[Sequence[str | tuple[str, str]]]) -> None:
        self.setHorizontalHeaderLabels([tr(one) for one in self._columns])
        self.setRowCount(len(rows))
        for y, cells in enumerate(rows):
            for x, cell in enumerate(cells):
                text, tip = cell if isinstance(cell, tuple) else (cell, "")
                item = QTableWidgetItem(text)
                item.setToolTip(tip or text)
                self.setItem(y, x, item)
        self.setVisible(bool(rows))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a number of them; the page scrolls the rest."""
        self.resizeRowsToContents()
        shown = min(self.rowCount(), _MOST_ROWS_SHOWN)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + sum(self.rowHeight(y) for y in range(shown)) + 4)
