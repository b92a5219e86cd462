"""What is known is offered below a field as one types, whatever its case; anything else can be written all the same."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate

from oralhistory.i18n import mark
from oralhistory.ui.look.wording import Wording

_VALUE = Qt.ItemDataRole.UserRole
_AS_IT_IS: Mapping[str, str] = MappingProxyType({})


class Suggestions(QCompleter):
    """`accessible` says what the list holds."""

    def __init__(self, field: QLineEdit, says: Wording, accessible: str = mark("Known in this archive")) -> None:
        super().__init__(field)
        self._known = QStandardItemModel(self)
        self.setModel(self._known)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list = QListView()
        self.setPopup(self._list)
        self._list.setItemDelegate(QStyledItemDelegate(self._list))  # Qt's own for it knows no style sheet
        self._list.setProperty("role", "offered")
        self._list.setObjectName(f"{field.objectName()}_known")
        says(self._list.setAccessibleName, accessible)
        field.setCompleter(self)
        self._offered: list[tuple[str, str]] = []

    def offer(self, known: Iterable[str], shown: Mapping[str, str] = _AS_IT_IS) -> None:
        """These from now on, found and shown by the words that `shown` has for them; a list that is open stays where it is while
        they are the same."""
        offered = [(one, shown.get(one, one)) for one in known]
        if offered != self._offered:
            self._offered = offered
            self._known.clear()
            for value, words in offered:
                item = QStandardItem(words)
                item.setData(value, _VALUE)
                self._known.appendRow(item)
            self._list.setMinimumWidth(self._list.sizeHintForColumn(0) + 2 * self._list.frameWidth())

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_VALUE))
