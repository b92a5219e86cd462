"""What the consent on file says to this export, in one sentence; every reason against it, and where each can be put right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from oralhistory.domain.consent import Allowed, Reason
from oralhistory.domain.ports import ExportRecord
from oralhistory.i18n import language as language_in_use
from oralhistory.i18n import listed, mark, ntr, ours, sentences, tr
from oralhistory.services import refusal
from oralhistory.services.consent.consent_words import ASKED_BEFORE_SOUND, FORM, told_perhaps_meant
from oralhistory.services.release.release_state import ReleaseState
from oralhistory.services.release.releasing import Order
from oralhistory.services.release.subtitle_times import told_of_times
from oralhistory.ui.look.pieces import button, column, joined, label, restyle, row, told
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.release.second_view import nobody_asked
from oralhistory.zones import local_day

_SECOND = "review.second_reader"
_FILES_TOLD = 3


class ConsentNote(QFrame):
    """`elsewhere` carries the page on which a reason can be put right: "consent", "transcript", "second" or "about"."""

    elsewhere = Signal(str)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._told = label()
        self._told.setObjectName("release_consent")
        self._besides = label("caution")
        self._besides.setObjectName("release_times_missing")
        self._besides.hide()
        self._meant = label("caution")
        self._meant.setObjectName("release_perhaps_meant")
        self._meant.hide()
        self._since = label("caution")
        self._since.setObjectName("release_recorded_since")
        says(self._since.setText, ASKED_BEFORE_SOUND)
        self._since.hide()
        self._notes = label("soft")
        self._notes.setObjectName("release_notes")
        self._notes.hide()
        self._unasked = label("soft")
        self._unasked.setObjectName("release_unasked")
        self._unasked.hide()
        self._short = self._opened = False
        self._more = button("release_note_more", says, mark("More …"), role="link")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._turn)
        self._more.hide()
        self._ways: dict[str, QPushButton] = {}
        ways = row()
        for name, words in (("consent", mark("To the consent")), ("transcript", mark("To the transcript")),
                            ("second", mark("To the second reader")), ("about", mark("To the description"))):  # fmt: skip
            made = button(f"release_to_{name}", says, words, role="link")
            made.clicked.connect(lambda _checked=False, to=name: self.elsewhere.emit(to))
            made.hide()
            self._ways[name] = made
            ways.addWidget(made)
        ways.addStretch(1)
        head = row(self._told)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        head.setStretch(0, 1)
        self._inside = column(head, self._since, self._meant, self._besides, self._notes, self._unasked, spacing=0)
        self._inside.addLayout(ways)
        self.setLayout(self._inside)
        self.keep_short(False)

    def keep_short(self, short: bool) -> None:
        """Where there is little height, what stands against nothing waits behind a button."""
        if short is not self._short:
            self._opened = False
        self._short = short
        self._inside.setContentsMargins(GRID, GRID // 4 if short else GRID, GRID, GRID // 4 if short else GRID)
        self._fold()

    def _turn(self) -> None:
        self._opened = not self._opened
        self._fold()

    def _fold(self) -> None:
        waiting = [one for one in (self._notes, self._unasked) if one.text()]
        for one in (self._notes, self._unasked):
            one.setVisible(one in waiting and (self._opened or not self._short))
        self._more.setVisible(self._short and bool(waiting))
        self._more.setText(tr("Less") if self._opened else tr("More …"))
        self._more.setAccessibleName(self._more.text())

    def show_state(self, state: ReleaseState, against: Sequence[Reason], order: Order) -> None:
        """What the wanted format cannot show well is said below, and what else stands against nothing, with the reason."""
        restyle(self, "note_caution" if against else "note_good")
        self._besides.setText(told_of_times(order.format, state.outlook.state.segments))
        self._besides.setVisible(bool(self._besides.text()))
        self._since.setVisible(state.asked_before_sound)
        self._meant.setText(told_perhaps_meant(state.perhaps_meant))
        self._meant.setVisible(bool(state.perhaps_meant))
        notes = [one for one in (_given_before(state.given), _head_language(state.language)) if one]
        self._notes.setText("\n".join(notes))
        self._unasked.setText("" if against else "\n".join(_unasked(state, order)))
        self._fold()
        ways = {_way(one) for one in against}
        for name, way in self._ways.items():
            way.setVisible(name in ways)
        if against:
            lines = [tr("This export is not allowed:"), *(f"– {refusal.sentence(one)}" for one in against)]
            self._told.setText("\n".join(lines))
        elif isinstance(state.consent, Allowed):
            given = state.consent.permission
            self._told.setText(
                tr(
                    "The narrator allowed {purpose}: {form}, {identity}.",
                    purpose=tr(refusal.PURPOSES[given.purpose.value]),
                    form=tr(FORM[given.form.value]),
                    identity=tr(refusal.IDENTITY[given.identity.value]),
                )
            )
        else:
            self._told.setText(tr("The narrator allowed it, and has answered about the text."))


def _given_before(given: Sequence[ExportRecord]) -> str:
    """What the recipient has of this interview already, the latest first: a finer text beside a coarser one tells what was
    coarsened."""
    if not given:
        return ""
    files = [joined([local_day(one.made_at), one.format, told(refusal.PROFILE, one.profile)], " ")
             for one in reversed(given[-_FILES_TOLD:])]  # fmt: skip
    return sentences([
        ntr("{recipient} already received {n} file of this interview, under the same code: {files}.",
            "{recipient} already received {n} files of this interview, under the same code: {files}.",
            len(given), recipient=given[-1].recipient, files=listed(files)),
        tr("Whoever has two texts of one interview can compare them."),
    ])  # fmt: skip


def _head_language(language: str) -> str:
    """In which language the file speaks of itself, where that is not the one of the window."""
    if ours(language) in ("", language_in_use()):
        return ""
    return tr("The head of the file and its notices are in the language of the transcript: {language}.",
              language=told(LANGUAGE, language))  # fmt: skip


def _unasked(state: ReleaseState, order: Order) -> list[str]:
    """What is open at a stage and stands against nothing all the same: nobody is to take it for forgotten."""
    lines = []
    if not state.reading.needed and not state.reading.done:
        lines.append(nobody_asked(order.profile))
    lines.append(
        tr("The program cannot know whether somebody read the text through; “Read through” does not block an export."
           " After a change, read it again.")
    )  # fmt: skip
    return lines


def _way(reason: Reason) -> str:
    """Where a person goes to put it right; "" for what is chosen above."""
    if reason.field == _SECOND:
        return "second"
    if reason.field.startswith(("review", "transcript")):
        return "transcript"
    if reason.field in ("summary", "parts"):
        return "about"
    return "" if reason.field in ("profile", "archive") or reason.code == "not_a_release_purpose" else "consent"
