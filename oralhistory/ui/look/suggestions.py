"""What is known is offered below a field as one types, whatever its case; anything else can be written all the same."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from oralhistory.i18n import mark
from oralhistory.ui.look.wording import Wording


class Suggestions(QCompleter):
    def __init__(self, field: QLineEdit, says: Wording) -> None:
        super().__init__(field)
        self._known = QStringListModel(self)
        self.setModel(self._known)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list = QListView()
        self.setPopup(self._list)
        self._list.setObjectName(f"{field.objectName()}_known")
        says(self._list.setAccessibleName, mark("Known in this archive"))
        field.setCompleter(self)

    def offer(self, known: Iterable[str]) -> None:
        """These from now on; a list that is open stays where it is while they are the same."""
        names = list(known)
        if names != self._known.stringList():
            self._known.setStringList(names)
            self._list.setMinimumWidth(self._list.sizeHintForColumn(0) + 2 * self._list.frameWidth())
