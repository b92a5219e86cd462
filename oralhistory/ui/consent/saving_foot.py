"""The foot of the consent form: whether its answers count, what is still open, and the buttons to save or discard them."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.i18n import mark, ntr, sentences, tr
from oralhistory.ui.look.pieces import button, capital, column, foot, joined, label, row
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.look.wording import Wording


class SavingFoot(QWidget):
    """`again_wanted`: what has other words by now is to be read again."""

    save_wanted = Signal()
    discard_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self._told = label("caution")
        self._told.setObjectName("consent_saved")
        self._again = button("consent_read_again", says, mark("Read again what changed"))
        self._discard = button("consent_discard", says, mark("Discard the answers"))
        self._save = button("consent_save", says, mark("Save as a new version"), role="primary",
                            icon=lambda b: theme.dress(b, "check", "on_accent"))  # fmt: skip
        self._again.clicked.connect(self.again_wanted)
        self._discard.clicked.connect(self.discard_wanted)
        self._save.clicked.connect(self.save_wanted)
        keys = row(self._again, self._discard, self._save)
        keys.insertStretch(0, 1)
        self.setLayout(column(foot(column(self._told, keys))))

    @property
    def has_keyboard(self) -> bool:
        return any(one.hasFocus() for one in (self._again, self._discard, self._save))

    def say(self, *, unsaved: bool, still_open: int, again: bool) -> None:
        """Whether there are answers that are not saved, and how many questions somebody has to answer before they can be."""
        left = ntr("{n} question is still open.", "{n} questions are still open.", still_open) if still_open else ""
        self._told.setText(sentences([tr("Not saved yet: these answers do not count."), left]))
        self._told.setVisible(unsaved)
        self._again.setVisible(again)
        self._discard.setVisible(unsaved)
        self._save.setEnabled(unsaved)

    def refuse(self, questions: Iterable[str]) -> None:
        """Somebody wanted to save before all of these were answered."""
        self._told.setText(tr("Not saved. Still open: {questions}", questions=joined([capital(tr(one)) for one in questions])))
