"""Asked before the window closes, when something would be lost or cut short by it."""

from PySide6.QtWidgets import QMessageBox, QWidget

from oralhistory.i18n import tr


class ClosingQuestion(QMessageBox):
    """`hindrance` is the sentence that tells what would be lost."""

    def __init__(self, parent: QWidget, hindrance: str) -> None:
        super().__init__(QMessageBox.Icon.NoIcon, parent.windowTitle(), hindrance, parent=parent)
        self.setObjectName("close_question")
        self._close = self.addButton(tr("Close anyway"), QMessageBox.ButtonRole.AcceptRole)
        self._close.setObjectName("close_question_close")
        stay = self.addButton(tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
        stay.setObjectName("close_question_stay")
        self.setDefaultButton(stay)  # whoever presses Enter without reading loses nothing
        self.setEscapeButton(stay)

    def agreed(self) -> bool:
        """Ask, and wait for the answer."""
        self.exec()
        return self.clickedButton() is self._close
