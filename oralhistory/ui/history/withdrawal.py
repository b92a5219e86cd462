"""Withdrawing consent: as easy as giving it, and asked once more before it freezes. From everybody, or from one recipient."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from oralhistory.domain.consent import WORK_PURPOSES, ConsentFile, Decision, Purpose
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.services.consent.consent_words import DECISION
from oralhistory.services.refusal import PURPOSES
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import button, column, field, label, line_edit, row, sentence
from oralhistory.ui.look.suggestions import Suggestions
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping

_COLUMNS = 3


class WithdrawalForm(QFrame):
    """`confirmed` carries the purposes, none for everything, and the recipient, nobody's name for everybody, after the person
    said it twice. `gave`: how many files went to a recipient of this name."""

    confirmed = Signal(object, str)

    def __init__(self, gave: Callable[[str], int]) -> None:
        super().__init__()
        self._gave = gave
        self.setProperty("role", "card")
        self.says = Wording()
        says = self.says
        scope = [("all", mark("everything")), ("some", mark("only these purposes"))]
        self._scope = Answers("history_withdraw_scope", says, mark("What is withdrawn"), scope)
        self._purposes = self._purpose_boxes()
        self._recipient = line_edit("history_withdraw_recipient", says, mark("Recipient (empty: everybody)"))
        self._known = Suggestions(self._recipient, says)
        begin = button("history_withdraw", says, mark("Withdraw …"), role="danger")
        self._begin = begin
        self._sure = self._question()
        begin.clicked.connect(self._ask)
        self._scope.picked.connect(self._show)
        self._recipient.textChanged.connect(self._show)
        buttons = row(begin)
        buttons.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Withdraw consent"), "large"),
            sentence(says, mark("What is withdrawn is refused everywhere from then on, whatever any version says. Nothing "
                                "is deleted. What left the building before is listed above, so that the recipients can be "
                                "asked to return or remove it."), "soft"),
            self._scope, self._purposes, field(says, mark("Recipient (empty: everybody)"), self._recipient),
            buttons, self._sure, margin=2 * GRID,
        ))  # fmt: skip
        self.begin()

    def begin(self) -> None:
        """Back to the beginning: nothing chosen, nothing asked."""
        self._scope.pick("all")
        for box in self._boxes.values():
            box.setChecked(False)
        self._recipient.clear()
        self._show()

    def offer_recipients(self, known: Iterable[str]) -> None:
        """Whom the archive knows: a name that is written as before takes back what went there."""
        self._known.offer(known)

    def show_answers(self, consent: ConsentFile) -> None:
        """With each purpose stands what the narrator last said to it, so that a wish is found in it."""
        for purpose, box in self._boxes.items():
            asked = consent.last_asked(purpose)
            answer = asked.permission(purpose).decision if asked else Decision.NOT_ASKED
            if any(one.lasting and one.covers(purpose) for one in consent.withdrawals):
                answer = Decision.WITHDRAWN
            box.setText(tr("{purpose}: {answer}", purpose=tr(PURPOSES[purpose.value]), answer=tr(DECISION[answer.value])))
        self._purposes.fit()

    def _purpose_boxes(self) -> Wrapping:
        self._boxes = {purpose: QCheckBox() for purpose in Purpose}
        for purpose, box in self._boxes.items():
            box.setObjectName(f"history_withdraw_{purpose.value}")
            self.says(box.setText, PURPOSES[purpose.value])
            box.clicked.connect(self._show)
        return Wrapping(list(self._boxes.values()), most=_COLUMNS, spacing=GRID)

    def _question(self) -> QFrame:
        self._asked = label()
        yes = button("history_withdraw_confirm", self.says, mark("Yes, withdraw"), role="danger")
        no = self._no = button("history_withdraw_cancel", self.says, mark("No, leave it"))
        yes.clicked.connect(self._confirm)
        no.clicked.connect(self._leave_it)
        buttons = row(yes, no)
        buttons.addStretch(1)
        asked = QFrame()
        asked.setProperty("role", "note_caution")
        asked.setLayout(column(self._asked, buttons, margin=2 * GRID))
        return asked

    def _chosen(self) -> list[Purpose]:
        if self._scope.value == "all":
            return []
        return [purpose for purpose, box in self._boxes.items() if box.isChecked() and box.isEnabled()]

    def _whom(self) -> str:
        return self._recipient.text().strip()

    def _show(self) -> None:
        some = self._scope.value == "some"
        for purpose, box in self._boxes.items():  # no recipient has a part in our own work
            box.setEnabled(purpose not in WORK_PURPOSES or not self._whom())
        self._purposes.setVisible(some)
        self._begin.setEnabled(not some or bool(self._chosen()))
        self._begin.show()
        self._sure.hide()

    def _ask(self) -> None:
        what = listed(tr(PURPOSES[one.value]) for one in self._chosen()) or tr("everything")
        whom = self._whom()
        if whom:
            self._asked.setText("\n".join([
                tr("Withdraw now from {recipient} alone: {what}. It cannot be undone.",
                   recipient=whom, what=what),
                self._told_before(whom),
            ]))  # fmt: skip
        else:
            self._asked.setText(tr("Withdraw now from everybody: {what}. It cannot be undone.", what=what))
        self._sure.show()
        self._no.setFocus()  # a key pressed once more withdraws nothing
        self._begin.hide()

    def _confirm(self) -> None:
        """Once: the question goes with its answer."""
        wanted, whom = self._chosen(), self._whom()
        self._show()
        self._begin.setFocus()
        self.confirmed.emit(wanted, whom)

    def _leave_it(self) -> None:
        """What was chosen and written stays: without its recipient the next press would withdraw from everybody."""
        self._show()
        self._begin.setFocus()

    def _told_before(self, recipient: str) -> str:
        """A name that is written otherwise than before would take back nothing: what went to it is told."""
        given = self._gave(recipient)
        if not given:
            return tr("Nothing was ever given to a recipient of this name: look how it is written.")
        return ntr("{n} file was given to them.", "{n} files were given to them.", given)
