"""The question that decides whether anything may be recorded at all: may sensitive information be? Answered by nobody else."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.consent import Stage
from oralhistory.i18n import mark, said_in
from oralhistory.services.consent.consent_words import SENSITIVE_QUESTION
from oralhistory.ui.consent.consent_details import Question, is_yes, yes_or_no
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import column, heading, label, restyle, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_YES_NO = [("yes", mark("yes")), ("no", mark("no"))]


class SensitiveQuestion(QFrame):
    """Has no answer until somebody gives one."""

    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._answer = Answers(
            "consent_sensitive", says, mark("Sensitive information may be recorded"), _YES_NO, open_=True
        )
        self._question = label("reading")
        self._question.setObjectName("consent_sensitive_question")
        self._open = label("soft")
        self._open.setObjectName("consent_sensitive_open")
        says(self._open.setText, mark("Not answered yet. Without a yes nothing may be recorded; written notes only."))
        self._open_afterwards = sentence(says, mark("Not answered yet."), "soft")
        self._afterwards = False
        self._answer.picked.connect(self._answered)
        self.setLayout(column(
            heading(says, mark("sensitive information")), self._question, self._answer,
            self._open, self._open_afterwards, margin=2 * GRID,
        ))  # fmt: skip

    def ask(self, language: str) -> None:
        """It is read aloud like the text around it, in that language."""
        self._question.setText(said_in(language, SENSITIVE_QUESTION))

    def fill(self, document: dict[str, Any]) -> None:
        self._answer.pick(yes_or_no(document["sensitive_data"]))
        self._afterwards = document["stage"] != Stage.BEFORE.value
        self._colour_open("soft")
        self._show_open()

    def fields(self) -> dict[str, Any]:
        return {"sensitive_data": is_yes(self._answer.value)}

    @property
    def questions(self) -> dict[str, Question]:
        return {"sensitive_data": (mark("sensitive information"), self._answer)}

    def ask_again(self) -> None:
        """Somebody wanted to go on without an answer."""
        self._colour_open("caution")

    def _colour_open(self, role: str) -> None:
        for one in (self._open, self._open_afterwards):
            restyle(one, role)

    def _answered(self) -> None:
        self._show_open()
        self.edited.emit()

    def _show_open(self) -> None:
        """What a no means is told where there is something to record yet."""
        is_open = not self._answer.value
        self._open.setVisible(is_open and not self._afterwards)
        self._open_afterwards.setVisible(is_open and self._afterwards)
