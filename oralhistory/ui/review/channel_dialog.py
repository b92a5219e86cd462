"""Whose each microphone is, asked once: then every segment is labelled by the one that heard it loudest."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, label, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class ChannelDialog(QDialog):
    """`given` carries the label of each channel's speaker, empty for a microphone that is nobody's."""

    given = Signal(list)

    def __init__(self, parent: QWidget, names: Sequence[str]) -> None:
        super().__init__(parent)
        self.setObjectName("review_channels")
        self.setWindowTitle(tr("Speakers by their microphones"))
        says = Wording()
        layout = column(
            sentence(says, mark("Each segment gets the label of the microphone that heard it clearly loudest. Where two are "
                                "about as loud it keeps the one it has."), "soft"),
            margin=2 * GRID, spacing=2 * GRID,
        )  # fmt: skip
        self._fields = []
        for number, name in enumerate(names, 1):
            line, told = line_edit(f"review_channel_{number}", says, ""), label("small")
            told.setText(tr("Microphone {n} is", n=number))
            told.setBuddy(line)
            line.setAccessibleName(told.text())
            line.setText(name)
            self._fields.append(line)
            layout.addLayout(column(told, line, spacing=GRID // 2))
        do = button("review_channels_do", says, mark("Label all"), role="primary")
        do.setDefault(True)
        close = button("review_channels_close", says, mark("Close"))
        do.clicked.connect(self._give)
        close.clicked.connect(self.reject)
        foot = row(do, close)
        foot.insertStretch(0, 1)
        layout.addLayout(foot)
        self.setLayout(layout)
        self.setMinimumWidth(52 * GRID)

    def _give(self) -> None:
        self.given.emit([one.text().strip() for one in self._fields])
        self.accept()
