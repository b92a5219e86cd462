"""After a withdrawal: letters that ask for what was given out, what the narrator wants done, a legal hold.

The letters hold codes and no name. Printing is the system's: its spool keeps the text, and that is said beside the button.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton

from oralhistory.domain.consent import ConsentFile, Wish
from oralhistory.domain.form_text import places_in
from oralhistory.domain.paper import Paper, Section
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.services.withdrawal.withdrawing import Letter
from oralhistory.ui.consent.act_form import ActForm, Signature
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import Choice, button, column, field, label, row, sentence, values_of
from oralhistory.ui.look.printing import PrintRow
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE, WISH

HOLDS = (
    Signature("hold", mark("Set a legal hold …"),
              mark("A legal hold: nobody destroys this interview while it stands. Two people set it, and two lift it."),
              lambda acts, code, given: partial(acts.hold, code, given.reason, given.passphrase), second=True),
    Signature("lift", mark("Lift the legal hold …"), mark("The reason for the legal hold is over."),
              lambda acts, code, given: partial(acts.lift_hold, code, given.reason, given.passphrase), second=True),
)  # fmt: skip
SETTLED = (
    Signature("settled", mark("The withdrawal is dealt with …"),
              mark("What the narrator wanted is done, and whoever received something was written to."),
              lambda acts, code, given: partial(acts.carried_out, code, given.reason)),
)  # fmt: skip


class RecallView(QFrame):
    """`wished` carries what the narrator wants done, `language_picked` asks for the letters in another language, `written` tells
    that a letter about this code was printed or saved."""

    wished = Signal(object)
    language_picked = Signal()
    written = Signal(str)

    def __init__(self, languages: Sequence[str], acts: ConsentActs, jobs: Jobs) -> None:
        super().__init__()
        self._settle = ActForm("history_sign", acts, jobs, SETTLED, self._sure)
        self.setProperty("role", "card")
        self.says = says = Wording()
        self._letters: Sequence[Letter] = ()
        self._offered = ""
        """The letter as it was before somebody changed it."""
        self._due = label()
        self._wish = Answers("history_wish", says, mark("What the narrator wants done"), [
            (value, word) for value, word in values_of(Wish, WISH) if value != Wish.DESTROY
        ])  # fmt: skip
        keep = button("history_wish_keep", says, mark("Keep the answer"))
        keep.clicked.connect(lambda: self.wished.emit(Wish(self._wish.value)))
        self._language = Choice("history_letter_language", says, mark("Language of the letters"),
                                [(one, LANGUAGE[one]) for one in languages])  # fmt: skip
        self._language.picked.connect(self.language_picked)
        self._whom = Choice("history_letter_to", says, mark("Letter to"), [])
        self._whom.picked.connect(self._show_letter)
        self._text = QPlainTextEdit()
        self._text.setObjectName("history_letter")
        self._text.setMinimumHeight(26 * GRID)
        says(self._text.setAccessibleName, mark("The letter; it can be changed before it is printed"))
        self._unfilled = label("caution")
        self._unfilled.setObjectName("history_letter_unfilled")
        self._text.textChanged.connect(self._tell_unfilled)
        self._told = label("soft")
        self._told.setObjectName("history_letters_written")
        self._print = PrintRow("history_letter_print", says, mark("Print …"), mark("The letter holds codes and no name."),
                               lambda: _paper(self._text.toPlainText()))  # fmt: skip
        self._print.printed.connect(self._keep_written)
        self._none = sentence(says, mark("Nothing of what was withdrawn was ever given out: nobody is to be written to."), "soft")
        self._lay_out(says, keep)

    def show_file(self, code: str, file: ConsentFile, letters: Sequence[Letter]) -> None:
        """Only where something was withdrawn."""
        self.setVisible(bool(file.withdrawals))
        unsettled = file.unsettled
        self._settle.offer(code, {"settled"} if unsettled else set())
        day = min((one.due for one in unsettled if one.due), default=None)
        self._due.setText(tr("To be dealt with by {day}.", day=day.isoformat()) if day else tr("It is dealt with."))
        if file.wish and file.wish is not Wish.DESTROY:
            self._wish.pick(file.wish.value)
        self._letters = letters
        now = self._whom.value if self._whom.count() else ""
        self._whom.clear()
        for one in letters:
            self._whom.addItem(one.recipient, one.recipient)
        if now in {one.recipient for one in letters}:
            self._whom.pick(now)
        self._none.setVisible(not letters)
        self._written.setVisible(bool(letters))
        self._told.setText("\n".join(map(_written, letters)))
        self._show_letter()

    @property
    def language(self) -> str:
        return self._language.value

    def pick_language(self, language: str) -> None:
        self._language.pick(language)

    def retranslate(self) -> None:
        self.says.again()
        self._settle.retranslate()
        self._tell_unfilled()

    def forget(self) -> None:
        """Another page comes to the front, or the archive is locked."""
        self._settle.forget()

    @property
    def _letter(self) -> Letter | None:
        return next((one for one in self._letters if one.recipient == self._whom.value), None)

    def _keep_written(self) -> None:
        if self._letter is not None:
            self.written.emit(self._letter.code)

    def _tell_unfilled(self) -> None:
        places = places_in(self._text.toPlainText())
        self._unfilled.setText(
            tr("This letter is not ready to be sent: what stands in brackets is your organisation's to fill in. {places}",
               places=listed(places))
        )  # fmt: skip
        self._unfilled.setVisible(bool(places))

    def _sure(self) -> bool:
        """Whoever received something and was not written to would keep it: that is asked about before it is signed away."""
        left = [one.recipient for one in self._letters if one.written is None]
        if not left:
            return True
        asked = tr("No letter to these was printed or saved: {recipients}. Is it dealt with all the same?",
                   recipients=listed(left))  # fmt: skip
        yes, no = ("yes", tr("Yes, sign it")), ("no", tr("No, not yet"))
        return Question(self, "history_unwritten", asked, yes=yes, no=no).agreed()

    def _show_letter(self) -> None:
        text = self._letter.text if self._letter is not None else ""
        if text == self._offered:  # shown anew after any other change: what somebody wrote into it stays
            return
        self._offered = text
        self._print.begin()
        self._text.setPlainText(text)

    def _lay_out(self, says: Wording, keep: QPushButton) -> None:
        wish = row(self._wish, keep)
        wish.addStretch(1)
        choices = row(field(says, mark("Letter to"), self._whom), field(says, mark("Language of the letters"), self._language))
        choices.setStretch(0, 1)
        self._written = QFrame()
        self._written.setLayout(column(
            choices, self._unfilled, self._text, self._print, self._told,
        ))  # fmt: skip
        self.setLayout(column(
            sentence(says, mark("After the withdrawal"), "large"), self._due,
            sentence(says, mark("What does the narrator want done with what there is? Destroying it has its own place below."),
                     "soft"),
            wish, self._none, self._written, self._settle, margin=2 * GRID,
        ))  # fmt: skip


def _written(letter: Letter) -> str:
    if letter.written is None:
        return tr("{recipient}: no letter was printed or saved yet.", recipient=letter.recipient)
    day = letter.written.isoformat()
    return tr("{recipient}: the letter was printed or saved on {day}.", recipient=letter.recipient, day=day)


def _paper(letter: str) -> Paper:
    """Without a title: the recipient reads it from its first line."""
    return Paper("", (Section("", tuple(filter(None, letter.strip().split("\n\n")))),))
