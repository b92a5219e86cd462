"""Who the narrator really is: shown for a reason that is kept, hidden again when the page is left. How they may be reached."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.domain.person import Recontact, Revealed
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import (
    Choice,
    button,
    card,
    clear,
    column,
    field,
    label,
    line_edit,
    row,
    sentence,
    values_of,
)
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import RECONTACT
from oralhistory.ui.page import PageContext


class IdentityCard(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context, self._code = context, ""
        self._asked: object = None
        """What is waited for; what comes after something was hidden again is not shown."""
        self.says = says = Wording()
        self._reason = line_edit("consent_reveal_reason", says, mark("Why (kept with who did it)"))
        self._show = button("consent_reveal", says, mark("Show the real name"))
        self._hide = button("consent_reveal_hide", says, mark("Hide it again"))
        self._shown = column()
        self._ask, self._answer = QWidget(), QWidget()
        ask = row(self._show)
        ask.addStretch(1)
        self._ask.setLayout(column(field(says, mark("Why (kept with who did it)"), self._reason), ask))
        self._answer.setLayout(column(self._shown, self._hide))
        self.setLayout(column(
            sentence(says, mark("Who it is"), "large"),
            sentence(says, mark("Real names, and how the narrator may be reached, are kept apart from everything else."), "soft"),
            self._ask, self._answer, margin=2 * GRID,
        ))  # fmt: skip
        self._reason.textChanged.connect(self._judge)
        self._show.clicked.connect(self._reveal)
        self._hide.clicked.connect(self.forget)
        self.forget()

    def begin(self, code: str) -> None:
        """For this interview; what was shown of another is hidden."""
        if code != self._code:
            self._code = code
            self.forget()

    def forget(self) -> None:
        """Nothing is shown any more."""
        self._asked = None
        clear(self._shown)
        self._reason.clear()
        self._ask.show()
        self._answer.hide()
        self._judge()

    def _judge(self) -> None:
        self._show.setEnabled(bool(self._code) and bool(self._reason.text().strip()))

    def _reveal(self) -> None:
        identities, code, reason = self._context.desk.identities, self._code, self._reason.text()
        if self._asked is not None:  # one look is one line in the history
            return
        self._asked = asked = object()

        def shown(people: tuple[Revealed, ...]) -> None:
            if asked is not self._asked:
                return
            self._asked = None
            clear(self._shown)
            for one in people:
                person = _Person(one)
                person.kept.connect(lambda one=person: self._keep(one))
                self._shown.addWidget(person)
            self._reason.clear()
            self._answer.show()
            self._hide.setFocus()
            self._ask.hide()

        def failed(error: Exception) -> None:
            if asked is self._asked:
                self._asked = None
            self._context.jobs.tell(error)

        self._context.jobs.run(lambda: identities.reveal(code, reason), shown, failed, owner=self)

    def _keep(self, person: "_Person") -> None:
        identities, (code, *told) = self._context.desk.identities, person.contact()
        wish = Recontact(told[0])

        def kept(_: object) -> None:
            self._context.notify(tr("How the narrator may be reached is on file."))

        self._context.jobs.run(lambda: identities.set_contact(code, wish, *told[1:]), kept, owner=self)


class _Person(QFrame):
    """One narrator: real names, and the fields of how they may be reached."""

    kept = Signal()

    def __init__(self, revealed: Revealed) -> None:
        super().__init__()
        says, contact = Wording(), revealed.contact
        self._code = revealed.code
        head, names = label("small"), label("large")
        head.setText(revealed.code)
        names.setText("\n".join(revealed.names) or tr("No real name is on file."))
        names.setObjectName("consent_real_name")
        self._wish = Choice("consent_contact_wish", says, mark("May be contacted again"), values_of(Recontact, RECONTACT))
        self._wish.pick(contact.wish.value)
        self._channel = line_edit("consent_contact_channel", says, mark("Safe channel"))
        self._hours = line_edit("consent_contact_hours", says, mark("Hours"))
        self._alias = line_edit("consent_contact_alias", says, mark("Name to ask for"))
        for line, text in ((self._channel, contact.channel), (self._hours, contact.hours), (self._alias, contact.alias)):
            line.setText(text)
        keep = button("consent_contact_keep", says, mark("Keep it"))
        keep.clicked.connect(self.kept)
        buttons = row(keep)
        buttons.addStretch(1)
        fields = [(mark("May be contacted again"), self._wish), (mark("Safe channel"), self._channel),
                  (mark("Hours"), self._hours), (mark("Name to ask for"), self._alias)]  # fmt: skip
        self.setLayout(column(card(head, names, *(field(says, name, one) for name, one in fields), buttons, role="note")))

    def contact(self) -> tuple[str, str, str, str, str]:
        return self._code, self._wish.value, self._channel.text(), self._hours.text(), self._alias.text()
