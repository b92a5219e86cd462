"""Asks for the label of a speaker: one line, of which no syllable is lost."""

from PySide6.QtWidgets import QDialog, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, label, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class LabelDialog(QDialog):
    def __init__(self, parent: QWidget, question: str, standing: str) -> None:
        super().__init__(parent)
        self.setObjectName("review_label")
        self.setWindowTitle(tr("Speaker"))
        says, asked = Wording(), label()
        asked.setText(question)
        self._line = line_edit("review_label_text", says, "")
        self._line.setAccessibleName(question)
        asked.setBuddy(self._line)
        self._line.setText(standing)
        self._line.selectAll()
        keep = button("review_label_keep", says, mark("Keep"), role="primary")
        keep.setDefault(True)
        close = button("review_label_close", says, mark("Cancel"))
        keep.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        foot = row(keep, close)
        foot.insertStretch(0, 1)
        layout = column(asked, self._line, margin=2 * GRID, spacing=2 * GRID)
        layout.addLayout(foot)
        self.setLayout(layout)
        self.setMinimumWidth(44 * GRID)

    def answer(self) -> str:
        """Empty where there is none."""
        given = self.exec() == QDialog.DialogCode.Accepted
        return self._line.text().strip() if given else ""
