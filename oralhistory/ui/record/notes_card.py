"""Before a session without sound: what the consent on file says to it, the sessions that are written, and where to begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from oralhistory.domain.consent import Allowed, Context, Operation, Stage
from oralhistory.domain.interview import WrittenSession
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.services.recording.note_words import size_sentence
from oralhistory.ui.look.pieces import button, clear, column, label, restyle, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.zones import local_day


@dataclass(frozen=True, slots=True)
class NotesOnFile:
    """`reasons` are the sentences that consent says against taking notes today; none when it allows it."""

    reasons: Sequence[str]
    sessions: Sequence[WrittenSession]

    @classmethod
    def of(cls, desk: Desk, code: str) -> "NotesOnFile":
        latest = desk.consenting.on_file(code).latest(Stage.BEFORE)
        answer = desk.consenting.why(code, Operation.TAKE_NOTES, Context(session=latest.session if latest else 1))
        reasons = [] if isinstance(answer, Allowed) else [refusal.sentence(one) for one in answer.reasons]
        return cls(reasons, desk.note_taking.sessions(code))


class NotesCard(QFrame):
    """`begin_wanted`: begin, or go on with what was not ended; `session_chosen` carries the number of one that is to be read."""

    begin_wanted = Signal()
    session_chosen = Signal(int)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._found: NotesOnFile | None = None
        self._sound_refused = self._busy = False
        self._about = label()
        self._about.setObjectName("notes_about")
        self._begin = button("notes_begin", says, mark("Write notes without recording"))
        self._go_on = button("notes_go_on", says, mark("Go on with the notes"), role="primary")
        for one in (self._begin, self._go_on):
            one.clicked.connect(self.begin_wanted)
        self._written = column(spacing=GRID // 2)
        act = row(self._begin, self._go_on)
        act.addStretch(1)
        title = sentence(says, mark("Without sound"), "large")
        self.setLayout(column(title, self._about, self._written, act, margin=2 * GRID))
        self.show_state(None)

    def show_state(self, found: NotesOnFile | None, *, sound_refused: bool = False, busy: bool = False) -> None:
        """`found` None: not known yet. `sound_refused`: nothing may be recorded."""
        self._found, self._sound_refused, self._busy = found, sound_refused, busy
        self.retranslate()

    def retranslate(self) -> None:
        found = self._found
        allowed = found is not None and not found.reasons
        going_on = found is not None and any(one.ended_at is None for one in found.sessions)
        self._about.setText(self._words())
        self._begin.setVisible(not going_on)
        self._go_on.setVisible(going_on)
        for one in (self._begin, self._go_on):
            one.setEnabled(allowed and not self._busy)
        role = "primary" if allowed and self._sound_refused else ""
        if self._begin.property("role") != role:
            restyle(self._begin, role)
        clear(self._written)
        for session in found.sessions if found is not None else ():
            if session.ended_at is not None:
                self._written.addWidget(self._line(session), 0, Qt.AlignmentFlag.AlignLeft)

    def _words(self) -> str:
        if self._found is None:
            return tr("The consent on file is being looked at …")
        if self._found.reasons:
            return "\n".join([tr("Notes are not allowed either."), *(f"– {one}" for one in self._found.reasons)])
        if self._sound_refused:
            return tr("Nothing may be recorded. What is said may be written down all the same.")
        return tr("If the narrator would rather not be recorded, what is said can be written down instead.")

    def _line(self, session: WrittenSession) -> QPushButton:
        words = tr("Written session {number}, {day}: {size}", number=session.number, day=local_day(session.started_at),
                   size=size_sentence(session.text) or tr("nothing written"))  # fmt: skip
        made = QPushButton(words)
        made.setObjectName(f"notes_session_{session.number}")
        made.setProperty("role", "link")
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.session_chosen.emit(session.number))
        return made
