"""A question that stands in the way of something a slip of a hand must not do.

Whoever answers it by Return or Escape without reading has done nothing, and a key that is held down since before answers nothing.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QMessageBox, QWidget

from oralhistory.ui.look.theme import GRID

Answer = tuple[str, str]
"""The end of a button's stable name, and its words."""


class Question(QMessageBox):
    """`yes` does what is asked about, `no` leaves everything as it is; `told` is what else should be known first."""

    def __init__(self, parent: QWidget, name: str, asked: str, *, yes: Answer, no: Answer, told: str = "") -> None:
        super().__init__(QMessageBox.Icon.NoIcon, parent.window().windowTitle(), asked, parent=parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setInformativeText(told)
        self._yes = self.addButton(yes[1], QMessageBox.ButtonRole.AcceptRole)
        self._yes.setObjectName(f"{name}_{yes[0]}")
        stay = self.addButton(no[1], QMessageBox.ButtonRole.RejectRole)
        stay.setObjectName(f"{name}_{no[0]}")
        self.setDefaultButton(stay)
        self.setEscapeButton(stay)
        for one in (self, self._yes, stay):
            one.installEventFilter(self)
        self._stand_on_the_grid()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        held = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        return held or super().eventFilter(watched, event)

    def _stand_on_the_grid(self) -> None:
        """Qt sets the words in, for an icon that is not there, and keeps distances of its own."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setHorizontalSpacing(0)
        grid.setColumnStretch(1, 1)
        before = grid.itemAtPosition(0, 0)
        indent = before.spacerItem() if before is not None else None
        if indent is not None:
            indent.changeSize(0, 0)

    def agreed(self) -> bool:
        """Ask, and wait for the answer; nothing of what was asked stays behind it."""
        self.exec()
        agreed = self.clickedButton() is self._yes
        self.deleteLater()
        return agreed
