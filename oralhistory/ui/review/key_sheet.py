"""The cheat sheet: every key of the review page and what it does."""

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, ground, label, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.review_keys import KEYS, shown


class KeySheet(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review_key_sheet")
        self.setWindowTitle(tr("Keys"))
        inner, grid = ground(), QGridLayout()
        inner.setLayout(grid)
        grid.setVerticalSpacing(GRID // 2)
        grid.setHorizontalSpacing(3 * GRID)
        told = set()
        for key in KEYS:
            if key.says in told:
                continue
            told.add(key.says)
            keys, words = label("large", wrap=False), label()
            keys.setText("Ctrl+1 … 9" if key.command.startswith("speaker_") else shown(key))
            words.setText(tr(key.says))
            grid.addWidget(keys, len(told), 0)
            grid.addWidget(words, len(told), 1)
        grid.setColumnStretch(1, 1)
        close = button("review_key_sheet_close", Wording(), mark("Close"), role="primary")
        close.clicked.connect(self.accept)
        self.setLayout(column(scrolling(inner), close, margin=2 * GRID))
        self.resize(76 * GRID, 78 * GRID)
