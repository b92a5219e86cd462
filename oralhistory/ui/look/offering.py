"""Offers what is known below a field while it is typed in, wherever in it the typed letters stand; anything else may be typed
all the same. Arrow keys choose, Return takes what is chosen, Esc closes the list.
"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate

_VALUE = Qt.ItemDataRole.UserRole
_SHOWN = 8


class Offering(QCompleter):
    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._known = QStandardItemModel(self)
        self.setModel(self._known)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_SHOWN)
        line.setCompleter(self)

    def offer(self, known: Iterable[tuple[str, str]]) -> None:
        """Values, each with the words it is found and shown by."""
        self._known.clear()
        for value, words in known:
            item = QStandardItem(words)
            item.setData(value, _VALUE)
            self._known.appendRow(item)
        listed = self.popup()
        assert listed is not None  # Qt makes one when asked
        listed.setItemDelegate(QStyledItemDelegate(listed))  # Qt's own for it knows no style sheet
        listed.setProperty("role", "offered")
        listed.setObjectName(f"{self._line.objectName()}_offered")
        listed.setAccessibleName(self._line.accessibleName())

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_VALUE))
