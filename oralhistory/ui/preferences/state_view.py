"""Of what day the archive is, while an older state of it was brought back and nobody confirmed that all is entered again."""

from PySide6.QtWidgets import QFrame

from oralhistory.i18n import mark, sentences
from oralhistory.services.archive.brought_back import in_words, until_then
from oralhistory.ui.look.pieces import button, column, label, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.preferences.removals import entered_question


class StateView(QFrame):
    """Hidden as long as there is nothing to ask."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self.says = says = Wording()
        self._state = label("caution")
        self._state.setObjectName("settings_state")
        confirm = button("settings_state_confirm", says, mark("Everything since then is entered again"))
        confirm.clicked.connect(self._confirmed)
        answer = row(confirm)
        answer.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("An older state was brought back"), "large"), self._state, answer, margin=2 * GRID
        ))  # fmt: skip
        self.hide()

    def refresh(self) -> None:
        """Look again whether it is asked about. Reads nothing from the disk."""
        question = self._context.desk.archive.brought_back.question
        self._state.setText(sentences((in_words(question), until_then())) if question else "")
        self.setVisible(question is not None)

    def retranslate(self) -> None:
        self.says.again()
        self.refresh()

    def _confirmed(self) -> None:
        archive = self._context.desk.archive
        if not entered_question(self).agreed():
            return
        self._context.jobs.run(
            lambda: archive.brought_back.confirm(archive.actor), lambda _: self.refresh(), owner=self
        )
