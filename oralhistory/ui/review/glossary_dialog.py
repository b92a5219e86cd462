"""Teaching the glossary a word: how it is written, and what is misheard for it. Begins with the last correction."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, field, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class GlossaryDialog(QDialog):
    """`given` carries the word as it is to be written, and what is misheard for it (or nothing)."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget, text: str, variant: str) -> None:
        super().__init__(parent)
        self.setObjectName("review_glossary")
        self.setWindowTitle(tr("Glossary"))
        says = Wording()
        self._text = line_edit("review_glossary_text", says, mark("Written like this"))
        self._variant = line_edit("review_glossary_variant", says, mark("Misheard as (may be empty)"))
        self._text.setText(text)
        self._variant.setText(variant)
        self._keep = button("review_glossary_keep", says, mark("Keep in the glossary"), role="primary")
        self._keep.setDefault(True)
        close = button("review_glossary_close", says, mark("Close"))
        self._text.textChanged.connect(self._enable)
        self._keep.clicked.connect(self._give)
        close.clicked.connect(self.reject)
        foot = row(self._keep, close)
        foot.insertStretch(0, 1)
        layout = column(
            sentence(says, mark("The speech model is told this word. Where it was misheard, it is offered in every interview."),
                     "soft"),
            field(says, mark("Written like this"), self._text),
            field(says, mark("Misheard as (may be empty)"), self._variant),
            margin=2 * GRID, spacing=2 * GRID,
        )  # fmt: skip
        layout.addLayout(foot)
        self.setLayout(layout)
        self.setMinimumWidth(56 * GRID)
        self._enable()

    def _enable(self) -> None:
        self._keep.setEnabled(bool(self._text.text().strip()))

    def _give(self) -> None:
        self.given.emit(self._text.text(), self._variant.text())
        self.accept()
