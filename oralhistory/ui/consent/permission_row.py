"""One question of the consent form and its answer: may this be done, by whom, in which form, until when."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.domain.consent import WORK_PURPOSES, Decision, Form, Identity, Purpose
from oralhistory.i18n import mark
from oralhistory.services.consent.consent_words import DECISION, FORM
from oralhistory.services.refusal import IDENTITY, PURPOSES
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import Choice, Day, button, column, field, heading, label, line_edit, row, values_of
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_WITH_DETAILS = {Decision.GRANTED.value, Decision.CONDITIONAL.value}
_FOR_SOMEBODY = _WITH_DETAILS | {Decision.REFUSED.value, Decision.WITHDRAWN.value}
"""A no may be meant for one recipient, too."""


class PermissionRow(QFrame):
    """`name` distinguishes several rows of one purpose (one for each recipient)."""

    edited = Signal()
    another_wanted = Signal(str)

    def __init__(self, purpose: Purpose, name: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = says = Wording()
        self.purpose = purpose
        known = PURPOSES[purpose.value]
        self._question, self._name = label("reading"), heading(says, known)
        prefix = f"consent_{name}"
        self._answer = Answers(prefix, says, known, values_of(Decision, DECISION))
        self._identity = Choice(f"{prefix}_identity", says, mark("Under which name"), values_of(Identity, IDENTITY))
        self._form = Choice(f"{prefix}_form", says, mark("In which form"), values_of(Form, FORM))
        self._recipient = line_edit(f"{prefix}_recipient", says, mark("Only to this recipient"))
        says(self._recipient.setPlaceholderText, mark("anybody"))
        self._from = Day(f"{prefix}_from", says, mark("From"))
        self._until = Day(f"{prefix}_until", says, mark("Until"))
        self._naming, self._whom, self._times, self._another = self._detail_rows(f"{prefix}_another", says)
        self.setLayout(column(
            self._name, self._question, self._answer, self._naming, self._whom, self._times, self._another, margin=2 * GRID
        ))  # fmt: skip
        self._answer.picked.connect(self._answered)
        for choice in (self._identity, self._form):
            choice.picked.connect(self.edited)
        for line in (self._recipient, self._from, self._until):
            line.textEdited.connect(self.edited)
        self._show_details()

    def ask(self, question: str) -> None:
        """Put the question in the words of the text that is read aloud."""
        self._question.setText(question)

    def fill(self, permission: dict[str, Any]) -> None:
        """Show a permission of the document (see CONSENT.json)."""
        withdrawn = Decision.WITHDRAWN.value  # given in History, where it is asked twice; here only shown
        self._answer.offer(withdrawn, permission["decision"] == withdrawn)
        self._answer.pick(permission["decision"])
        self._identity.pick(permission["identity"])
        self._form.pick(permission["form"])
        self._recipient.setText(permission["recipient"])
        self._from.set_iso(permission["from"])
        self._until.set_iso(permission["until"])
        self._show_details()

    @property
    def decision(self) -> str:
        return self._answer.value

    def permission(self) -> dict[str, Any]:
        return {
            "purpose": self.purpose.value,
            "decision": self._answer.value,
            "identity": self._identity.value,
            "form": self._form.value,
            "recipient": self._recipient.text().strip(),
            "from": self._from.iso,
            "until": self._until.iso,
        }

    def _detail_rows(self, name: str, says: Wording) -> tuple[QWidget, QWidget, QWidget, QWidget]:
        """Under which name and in which form; for whom; from when to when; and the same question for another recipient."""
        another = button(name, says, mark("Answer for another recipient"), role="link")
        another.clicked.connect(lambda: self.another_wanted.emit(self.purpose.value))
        naming, whom, times = QWidget(), QWidget(), QWidget()
        naming.setLayout(row(
            field(says, mark("Under which name"), self._identity), field(says, mark("In which form"), self._form)
        ))  # fmt: skip
        whom.setLayout(row(field(says, mark("Only to this recipient"), self._recipient)))
        times.setLayout(row(field(says, mark("From"), self._from), field(says, mark("Until"), self._until)))
        return naming, whom, times, another

    def _answered(self) -> None:
        self._show_details()
        self.edited.emit()

    def _show_details(self) -> None:
        """Our own work has no recipient, form or name: only how long it may go on."""
        release, answer = self.purpose not in WORK_PURPOSES, self._answer.value
        self._naming.setVisible(release and answer in _WITH_DETAILS)
        self._whom.setVisible(release and answer in _FOR_SOMEBODY)
        self._times.setVisible(answer in _WITH_DETAILS)
        self._another.setVisible(release and answer in _FOR_SOMEBODY)
