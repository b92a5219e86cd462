"""Signing for something about a consent: why, and, where two people must, the passphrase of the second one typed right here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.i18n import mark
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import Day, button, column, field, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


@dataclass(frozen=True, slots=True)
class Signed:
    """What was typed. `day` is ISO 8601 or nothing, `yes` the answer where one was asked for."""

    reason: str
    passphrase: str
    day: str | None
    yes: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One thing that can be signed: `key` names its widgets, `head` says what is stated. `work` gets the services, the
    interview's code and what was typed, and answers what is to be done beside the window's thread: for whom it is signed is
    read at once."""

    key: str
    label: str
    head: str
    work: Callable[[ConsentActs, str, Signed], Callable[[], object]]
    second: bool = False
    day: str = ""
    answers: bool = False


class ActForm(QWidget):
    """The buttons of what may be signed now, and under them the form of the one that was chosen. `signed` comes afterwards."""

    signed = Signal()

    def __init__(
        self, page: str, acts: ConsentActs, jobs: Jobs, signatures: Sequence[Signature], sure: Callable[[], bool] = lambda: True
    ) -> None:
        """`sure` is asked before anything is signed."""
        super().__init__()
        self._sure = sure
        self._acts, self._jobs, self._code = acts, jobs, ""
        self.says = says = Wording()
        self._forms: dict[str, _Form] = {}
        self._openers: dict[str, QWidget] = {}
        for one in signatures:
            opener = button(f"{page}_{one.key}", says, one.label, role="link")
            opener.clicked.connect(lambda _=False, key=one.key: self._open(key))
            form = _Form(page, one, says)
            form.kept.connect(lambda one=one: self._sign(one))
            form.left.connect(self._close)
            form.hide()
            self._openers[one.key], self._forms[one.key] = opener, form
        self.setLayout(column(column(*self._openers.values()), column(*self._forms.values())))

    def offer(self, code: str, keys: set[str]) -> None:
        """Offer to sign these, for this interview; a form that is no longer among them is closed and forgotten."""
        if code != self._code:
            self._close()
        self._code = code
        for key, opener in self._openers.items():
            opener.setVisible(key in keys)
            if key not in keys and self._forms[key].isVisibleTo(self):
                self._forms[key].begin()
                self._forms[key].hide()
        self.setVisible(bool(keys))

    def retranslate(self) -> None:
        self.says.again()

    def forget(self) -> None:
        """Another page comes to the front, or the archive is locked: no passphrase stays in a field."""
        for form in self._forms.values():
            form.forget_passphrase()

    def _open(self, key: str) -> None:
        self._close()
        self._forms[key].begin()
        self._forms[key].show()
        self._forms[key].reason.setFocus()

    def _close(self) -> None:
        for form in self._forms.values():
            form.begin()
            form.hide()

    def _sign(self, one: Signature) -> None:
        if not self._sure():
            return
        acts, code, form = self._acts, self._code, self._forms[one.key]
        work = one.work(acts, code, form.given())
        form.setEnabled(False)

        def done(_: object) -> None:
            form.setEnabled(True)
            self._close()
            self.signed.emit()

        def failed(error: Exception) -> None:
            form.setEnabled(True)
            form.forget_passphrase()
            if form.isVisible():
                form.point()  # what is typed anew must not go to whatever field comes next
            self._jobs.tell(error)

        self._jobs.run(work, done, failed, owner=self)


class _Form(QFrame):
    kept = Signal()
    left = Signal()

    def __init__(self, page: str, signature: Signature, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "note")
        name = f"{page}_{signature.key}"
        self.reason = line_edit(f"{name}_reason", says, mark("Why (kept with who did it)"))
        self._day = Day(f"{name}_day", says, signature.day or mark("Day"))
        yes_no = [("no", mark("no")), ("yes", mark("yes"))]
        self._answer = Answers(f"{name}_answer", says, mark("The narrator's answer"), yes_no, open_=True)
        self._second = line_edit(f"{name}_second", says, mark("Passphrase of the second person"), secret=True)
        self._keep = button(f"{name}_keep", says, mark("Sign"), role="primary")
        leave = button(f"{name}_leave", says, mark("Cancel"))
        self._keep.clicked.connect(self.kept)
        leave.clicked.connect(self.left)
        self._needs_second, self._needs_day, self._needs_answer = signature.second, bool(signature.day), signature.answers
        parts: list[QWidget] = [sentence(says, signature.head)]
        made = column(*parts, margin=GRID)
        made.addLayout(field(says, mark("Why (kept with who did it)"), self.reason))
        if signature.day:
            made.addLayout(field(says, signature.day, self._day))
        if signature.answers:
            made.addLayout(field(says, mark("The narrator's answer"), self._answer))
        if signature.second:
            made.addLayout(field(says, mark("Passphrase of the second person"), self._second))
        buttons = row(self._keep, leave)
        buttons.addStretch(1)
        made.addLayout(buttons)
        self.setLayout(made)
        for line in (self.reason, self._second, self._day):
            line.textChanged.connect(self._judge)
        self._answer.picked.connect(self._judge)
        self._judge()

    def begin(self) -> None:
        """Nothing typed yet."""
        for line in (self.reason, self._second, self._day):
            line.clear()
        self._answer.pick("")
        self._judge()

    def point(self) -> None:
        """Let the keyboard be where something is to be typed once more."""
        (self._second if self._needs_second else self.reason).setFocus()

    def forget_passphrase(self) -> None:
        self._second.clear()

    def given(self) -> Signed:
        return Signed(self.reason.text(), self._second.text(), self._day.iso, self._answer.value == "yes")

    def _judge(self) -> None:
        typed = bool(self.reason.text().strip())
        proven = not self._needs_second or bool(self._second.text())
        dated = not self._needs_day or self._day.iso is not None
        answered = not self._needs_answer or bool(self._answer.value)
        self._keep.setEnabled(typed and proven and dated and answered)
