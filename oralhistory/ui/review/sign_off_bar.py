"""What a person attests of a transcript: heard, corrected, second-checked, approved by the narrator. Refusals in plain words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from oralhistory.domain.review import can_be_heard, hinders_sign_off
from oralhistory.domain.spans import length
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment
from oralhistory.errors import NotAllowed, OralHistoryError
from oralhistory.i18n import mark, sentences, tr
from oralhistory.services import refusal
from oralhistory.services.review.attesting import ReviewState
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.folding import Folding
from oralhistory.ui.look.pieces import button, column, label, line_edit, row
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

_ALL = 1_000
"""Of the room, for what is told: up to the width that its words have in one line."""


class SignOffBar(QFrame):
    """A signature comes behind what was heard and, through `edits`, behind the corrections that were made before it.

    `listened` carries the stretches that were ever heard, as (from, to) in ms. `segments` gives the text as it is in front.
    """

    listened = Signal(list)

    def __init__(
        self, context: PageContext, says: Wording, edits: InOrder, settle: Callable[[], None],
        segments: Callable[[], Sequence[Segment]],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("role", "foot")
        self._context, self._edits, self._settle, self._segments = context, edits, settle, segments
        self._listened = InOrder(context.jobs, self)  # apart, so that no correction waits for it
        self._code = ""
        self._heard = 0.0
        self._signed = False
        self._changes = 0
        """Of the text, as far as this was told: an answer that knows of fewer says nothing of the text as it stands."""
        self._known = 0
        """How many of them the state that is shown knows of."""
        self._told = label()
        self._told.setObjectName("review_state")
        self._why = label("caution")
        self._why.setObjectName("review_refused")
        self._why.hide()
        self._heard_it = heard = button("review_heard", Wording(), "")
        says(lambda _words: self._name_heard(), mark("I have listened to all of it"))
        self.setFocusProxy(heard)
        heard.clicked.connect(self._heard_all)
        self._sign = button("review_sign_off", says, mark("Sign off"), role="primary")
        self._sign.clicked.connect(self._sign_off)
        self._second = button("review_second", says, mark("Second check"))
        self._second.clicked.connect(self._second_check)
        self._other = line_edit("review_second_passphrase", says, mark("Passphrase of the second person"), secret=True)
        says(self._other.setPlaceholderText, mark("Passphrase of the second person"))
        self._other.setMinimumWidth(30 * GRID)
        self._other.returnPressed.connect(self._second.click)
        self._other.hide()
        narrator = button("review_narrator", says, mark("Note the narrator's answer"))
        narrator.setMenu(self._narrator_menu(says))
        actions = Folding(
            "review_sign_off_more", says, mark("More checks"), heard, self._sign, self._other, self._second, narrator,
            foldable=(self._second, narrator),
        )  # fmt: skip
        layout = column(self._why)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        # What is told takes a third whatever it says, in as many lines as it needs: no button moves because of it.
        self._told.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        context.theme.changed.connect(self._fit)
        told = row(self._told)
        told.insertStretch(0, 1)
        told.setStretch(1, _ALL)
        line = row(actions, told, spacing=2 * GRID)
        line.setStretch(0, 2)
        line.setStretch(1, 1)
        layout.addLayout(line)
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Base, self)

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code, self._heard, self._signed = code, 0.0, False  # until it is known: never what is so of another interview
            self._tell([])
            self._sign.setToolTip("")
            self._second.setEnabled(False)
            self._why.hide()
            self._ask_no_other()
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is attested of the text as it stands, behind the corrections that are not stored yet."""
        code, knows = self._code, self._changes
        if not code:
            return

        def ask() -> None:
            self._listened.add(lambda: self._context.desk.attesting.state(code), lambda state: self._show(code, state, knows))

        self._edits.add(lambda: None, lambda _: ask())

    def changing(self) -> None:
        """Something is being stored: an answer of before may be that of the text as it was, and is not shown. What is asked
        behind it is (`refresh`)."""
        self._changes += 1
        if not self._other.isVisible():
            self._why.hide()  # what stood in the way may be what was done now

    def text_changed(self) -> None:
        """What was signed is another text now: what was said of it holds no more, until it is asked again."""
        if self._signed:
            self._signed = False
            self._second.setEnabled(False)
            self._tell([tr("Not signed off: the text was changed since.")])
            self._sign.setToolTip("")
            self._sign.setEnabled(True)  # the signature comes behind the change

    def add_heard(self, start_ms: int, end_ms: int) -> None:
        """A stretch was really played."""
        code, heard, knows = self._code, self._context.desk.attesting.heard, self._known
        self._listened.add(lambda: heard(code, start_ms, end_ms), lambda state: self._show(code, state, knows))

    def when_stored(self, then: Callable[[], None]) -> None:
        """Call back when what was heard up to now is stored."""
        self._listened.add(lambda: None, lambda _: then())

    def finish(self) -> None:
        """What was heard is stored when this returns."""
        self._listened.finish()
        self._other.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front: no passphrase stays in a field."""
        super().hideEvent(event)
        self._other.clear()

    def _heard_all(self) -> None:
        code, percent, knows = self._code, int(self._heard * 100), self._known
        if percent < 100 and not listened_question(self, percent).agreed():
            return
        self._why.hide()  # it may have said that nobody listened

        def noted(state: ReviewState) -> None:
            self._show(code, state, knows)
            read, listened = tr("It is noted that you read all of it."), tr("It is noted that you listened to all of it.")
            self._context.notify(read if self._without_sound else listened)

        self._listened.add(lambda: self._context.desk.attesting.heard(code), noted)

    def _sign_off(self) -> None:
        """Once it is known how much sound has no text: nobody stands for a text without knowing what is not in it."""
        code, attesting = self._code, self._context.desk.attesting

        def asked(state: ReviewState) -> None:
            silent = bool(state.unwritten) and not hinders_sign_off(self._segments(), state.stretches)
            if code == self._code and (not silent or unwritten_question(self, length(state.unwritten)).agreed()):
                self._attest(attesting.sign_off)

        self._settle()
        self.when_stored(lambda: self._edits.add(lambda: attesting.state(code), asked))

    def _second_check(self) -> None:
        """By whoever opened the archive or, once that was refused, by who types a passphrase of their own beside them."""
        desk, passphrase = self._context.desk, self._other.text()
        self._other.clear()
        if self._other.isVisible():
            self._other.setFocus()  # where the button has the keyboard, a wrong one would be typed anew into nothing

        def attest(code: str) -> ReviewState:
            return desk.attesting.second(code, desk.admitting.second_person(passphrase) if passphrase else "")

        self._attest(attest)

    def _ask_no_other(self) -> None:
        self._other.clear()
        self._other.hide()

    def _attest(self, attest: Callable[[str], ReviewState]) -> None:
        self._settle()
        code, knows = self._code, self._changes
        self._why.hide()

        def work() -> ReviewState | NotAllowed:
            try:
                return attest(code)
            except NotAllowed as refused:
                return refused

        def sign() -> None:
            self._edits.add(work, lambda answer: self._answered(code, answer, knows))

        self.when_stored(sign)

    def _answered(self, code: str, answer: ReviewState | NotAllowed, knows: int) -> None:
        if isinstance(answer, OralHistoryError):
            if code == self._code:
                reasons = (refusal.sentence(one) for one in answer.reasons)
                self._why.setText("\n".join(filter(None, [answer.happened, *reasons, answer.todo])))
                self._why.show()
                if self._second.isEnabled():  # signed already: it was the second check that was refused
                    self._other.show()
                    self._other.setFocus()
        else:
            self._show(code, answer, knows)

    def _show(self, code: str, state: ReviewState, knows: int) -> None:
        if code != self._code:
            return
        self._heard = state.heard
        self.listened.emit([(one.start_ms, one.end_ms) for one in state.stretches])
        if knows != self._changes:
            return
        self._known, self._signed = knows, state.signed_off
        self._say_why(state)
        self._second.setEnabled(state.signed_off and not state.second_checked)
        self._sign.setEnabled(not state.signed_off)  # last: Qt hands its keyboard on, and not to what the narrator answers
        if not self._second.isEnabled():
            self._ask_no_other()
        if state.signed_off:
            self._why.hide()

    def _say_why(self, state: ReviewState) -> None:
        """How far it is, and why it can or cannot be signed off now."""
        if state.signed_off:
            second = tr("Checked by a second person.") if state.second_checked else ""
            self._tell([tr("Signed off."), second, unwritten_told(state)])
            return self._sign.setToolTip(tr("The text is signed off as it stands. It can be signed off again after a change."))
        waits = [refusal.sentence(one) for one in hinders_sign_off(self._segments(), state.stretches)]
        changed = tr("Not signed off: the text was changed since.") if state.signed_before else tr("Not signed off.")
        self._tell([changed, *waits, unwritten_told(state)])
        return self._sign.setToolTip("\n".join([changed, *waits]) if state.signed_before or waits else "")

    @property
    def _without_sound(self) -> bool:
        """Whether the text stands for itself."""
        segments = self._segments()
        return bool(segments) and not can_be_heard(segments)

    def _name_heard(self) -> None:
        """Nobody is to say that they listened where there is no sound."""
        words = tr("I have read all of it") if self._without_sound else tr("I have listened to all of it")
        self._heard_it.setText(words)
        self._heard_it.setAccessibleName(words)

    def _tell(self, parts: list[str]) -> None:
        self._name_heard()
        told = bool(parts) and not self._without_sound
        heard = [tr("Listened to: {percent}%.", percent=int(self._heard * 100))] if told else []
        self._told.setText(sentences([*heard, *parts]))
        self._told.setToolTip(self._told.text())
        self._fit()

    def _fit(self) -> None:
        """What is told stands at the right margin: its label is no broader than its words."""
        wanted = self._told.fontMetrics().horizontalAdvance(self._told.text()) + 2
        self._told.setMaximumWidth(max(wanted, 1))
        self._told.setMinimumWidth(min(wanted, 20 * GRID))

    def _narrator_menu(self, says: Wording) -> QMenu:
        menu = QMenu(self)
        for outcome, words in (
            ("approved", mark("The narrator has seen and approved the text")),
            ("waived", mark("The narrator does not need to see the text")),
        ):
            action = menu.addAction("")
            action.setObjectName(f"review_narrator_{outcome}")
            says(action.setText, words)
            action.triggered.connect(
                lambda _on=False, given=outcome: self._attest(
                    lambda code: self._context.desk.attesting.narrator(code, given)
                )
            )
        return menu


def unwritten_told(state: ReviewState) -> str:
    """How much sound has no text, and whether it came after the signature; empty where there is none."""
    if state.came_ms:
        return tr("Signed off before {duration} of sound came, which has no text.", duration=clock(state.came_ms))
    silent = length(state.unwritten)
    return tr("{duration} of the sound has no text.", duration=clock(silent)) if silent else ""


def unwritten_question(bar: QWidget, silent_ms: int) -> Question:
    """Asked of who signs a text that says nothing of some of the sound."""
    asked = tr("{duration} of the sound has no text. Sign off the text without it?", duration=clock(silent_ms))
    return Question(
        bar, "review_unwritten_signed", asked, yes=("yes", tr("Sign off without it")), no=("no", tr("Not yet")),
        told=tr("A draft of that sound can be made first: it is named above the text."),
    )  # fmt: skip


def listened_question(bar: QWidget, percent: int) -> Question:
    """Asked of who says that they listened to more than was played to them: Return alone swears to nothing."""
    asked = tr("The program played {percent}% of it to you. Did you really listen to all of it?", percent=percent)
    return Question(
        bar, "review_listened", asked, yes=("yes", tr("I listened to all of it")), no=("no", tr("Not to all of it"))
    )
