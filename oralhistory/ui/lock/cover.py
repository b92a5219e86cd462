"""What stands in the window for the moment in which it locks: one line, no content."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from oralhistory.i18n import tr
from oralhistory.ui.look.pieces import column, label


class Cover(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cover")
        line = label("soft")
        line.setText(tr("Locking …"))
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(line))
