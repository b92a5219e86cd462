"""Asked before a passage that the narrator closed is opened again: a slip of a key is no wish of the narrator."""

from PySide6.QtWidgets import QMessageBox, QWidget

from oralhistory.i18n import tr


class OpeningQuestion(QMessageBox):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            QMessageBox.Icon.NoIcon, parent.windowTitle(), tr("The narrator closed this passage. Open it again?"), parent=parent
        )
        self.setObjectName("review_opening")
        self.setInformativeText(tr(
            "Opened, it leaves with what is given out, and the text must be signed off again. The custody log keeps who opened"
            " it."
        ))  # fmt: skip
        self._open = self.addButton(tr("The narrator wants it open"), QMessageBox.ButtonRole.AcceptRole)
        self._open.setObjectName("review_opening_open")
        stay = self.addButton(tr("Leave it closed"), QMessageBox.ButtonRole.RejectRole)
        stay.setObjectName("review_opening_stay")
        self.setDefaultButton(stay)

    def agreed(self) -> bool:
        """Ask, and wait for the answer."""
        self.exec()
        return self.clickedButton() is self._open
