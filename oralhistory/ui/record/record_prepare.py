"""Before a take: microphone and its test, what is recorded, what the consent on file says to it; and Start."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.domain.consent import Allowed, Context, Operation, Stage
from oralhistory.domain.interview import TakePurpose
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.ui.look import choosing
from oralhistory.ui.look.pieces import Choice, button, card, column, field, foot, ground, label, restyle, row, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.record.before_list import BeforeList
from oralhistory.ui.record.kept_view import KeptView
from oralhistory.ui.record.microphone_choice import MicrophoneChoice
from oralhistory.ui.record.microphone_test import MicrophoneTest
from oralhistory.ui.record.notes_card import NotesCard, NotesOnFile

SOUND_FILES = "*.wav *.flac *.mp3 *.m4a *.ogg *.opus *.aac *.aif *.aiff *.mp4 *.mov *.mkv *.webm"


def against_recording(desk: Desk, code: str) -> list[str]:
    """The sentences that consent says against recording testimony today; none when it allows it."""
    latest = desk.consenting.on_file(code).latest(Stage.BEFORE)
    answer = desk.consenting.why(code, Operation.RECORD, Context(session=latest.session if latest else 1))
    return [] if isinstance(answer, Allowed) else [refusal.sentence(reason) for reason in answer.reasons]


class RecordPrepare(QWidget):
    """`start_wanted` and `file_chosen` carry what a person asked for; whether it is allowed is the service's to say."""

    start_wanted = Signal()
    file_chosen = Signal(object)

    def __init__(self, context: PageContext, says: Wording) -> None:
        super().__init__()
        self._context = context
        self._reasons: list[str] | None = None  # not known yet
        self._busy = False
        self.choose_file: Callable[[], str] = self._choose_file
        self.microphone = MicrophoneChoice(context, says)
        self.test = MicrophoneTest(context, says, self.microphone)
        self.kept = KeptView(says)
        self.notes = NotesCard(says)
        self._notes_on_file: NotesOnFile | None = None
        self._before = BeforeList(says)
        self._purpose = Choice("record_purpose", says, mark("What is recorded"), [
            (TakePurpose.TESTIMONY.value, mark("the interview")),
            (TakePurpose.CONSENT.value, mark("the spoken consent, kept apart from the interview"))])  # fmt: skip
        self._consent = label()
        self._consent.setObjectName("record_consent")
        self._consent_frame = QFrame()
        self._consent_frame.setLayout(column(self._consent, margin=GRID + 4))
        self._start = button("record_start", says, mark("Start recording (F5)"), role="primary",
                             icon=lambda one: context.theme.dress(one, "record", "on_accent"))  # fmt: skip
        self._start.setStyleSheet(f"min-height: {6 * GRID}px; padding: 0 {4 * GRID}px")
        self._import = button("record_import", says, mark("Import a sound file …"),
                              icon=lambda one: context.theme.dress(one, "import"))  # fmt: skip
        self._total = label("soft")
        self._total.setObjectName("record_total")
        self._why = label("soft")
        self._why.setObjectName("record_why")
        self._lay_out(says)
        self._connect()
        self._show_state()

    def _lay_out(self, says: Wording) -> None:
        what = card(field(says, mark("What is recorded"), self._purpose), self._consent_frame)
        imported = row(self._import, self._total)
        imported.setStretch(1, 1)
        inner = ground()
        layout = column(self.kept, what, self.microphone, self.test, self._before, imported, self.notes, margin=2 * GRID,
                        spacing=2 * GRID)  # fmt: skip
        self._order = layout
        layout.addStretch(1)
        inner.setLayout(layout)
        keys = row(self._why, self._start)
        keys.setStretch(0, 1)
        self._area = scrolling(inner)
        whole = column(self._area, foot(keys), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        QShortcut(QKeySequence("F5"), self).activated.connect(self._start.click)
        self._start.clicked.connect(self.start_wanted)
        self._import.clicked.connect(self._import_file)
        self._purpose.picked.connect(self._show_state)
        self.microphone.changed.connect(self.test.forget)
        # Its meter and what was heard stand below the button that was pressed: laid out first, then brought into sight.
        self.test.told.connect(lambda: QTimer.singleShot(0, self.test, lambda: self._area.ensureWidgetVisible(self.test)))
        self.microphone.changed.connect(self._show_state)
        self.kept.go_on.connect(self._context.open_step)

    @property
    def device(self) -> str | None:
        """The microphone's name, None for the system's own choice."""
        return self.microphone.device

    @property
    def channels(self) -> int:
        return self.microphone.channels

    @property
    def purpose(self) -> TakePurpose:
        return TakePurpose(self._purpose.value)

    def choose(self, purpose: TakePurpose) -> None:
        """What the next take is, as if somebody had picked it."""
        self._purpose.pick(purpose.value)
        self._show_state()

    def begin(self) -> None:
        """Another interview: what was chosen for the last one does not count, but for the microphone."""
        self._purpose.pick(TakePurpose.TESTIMONY.value)
        self.kept.clear()
        self.test.forget()
        self._before.begin()
        self._reasons = self._notes_on_file = None
        self._show_state()

    def show_reasons(self, reasons: list[str], notes: NotesOnFile) -> None:
        """What consent says against recording the interview; its notes and what is said against them."""
        self._reasons, self._notes_on_file = reasons, notes
        self._show_state()

    def show_total(self, parts: int, time: str) -> None:
        told = ntr("On file: {time} in {n} part.", "On file: {time} in {n} parts.", parts, time=time)
        self._total.setText(told if parts else tr("Nothing has been recorded for this interview yet."))

    def point_at_kept(self) -> None:
        """What was kept stands at the top: have it seen, and the keyboard on what comes next."""
        self.kept.point()
        self._area.verticalScrollBar().setValue(0)

    def point_at_start(self) -> None:
        """A take broke off: have that seen, and the keyboard on what records again."""
        self.kept.warn_broken_off()
        self._start.setFocus()
        self._area.verticalScrollBar().setValue(0)

    def show_busy(self, busy: bool) -> None:
        """A take is being started, or a file brought in."""
        self._busy = busy
        if busy:
            self.test.forget()
        self._show_state()

    def retranslate(self) -> None:
        self.microphone.retranslate()
        self.test.retranslate()
        self._show_state()

    def _show_state(self) -> None:
        spoken = self.purpose is TakePurpose.CONSENT
        refused = self._reasons != [] and not spoken
        if self._reasons is None:
            told = tr("The consent on file is being looked at …")
        elif spoken:
            told = tr(
                "A spoken consent may always be recorded. It is kept apart and never exported with the interview."
            )
        elif refused:
            told = "\n".join([tr("Recording is not allowed."), *(f"– {one}" for one in self._reasons)])
        else:
            told = tr("The narrator agreed to being recorded.")
        self._consent.setText(told)
        restyle(self._consent_frame, "note" if self._reasons is None else "note_caution" if refused else "note_good")
        why = self._hindrance(refused)
        self._why.setText(why)
        self._start.setEnabled(not why)
        self._start.setAccessibleDescription(why or told)
        self._import.setEnabled(self._reasons == [] and not self._busy)
        instead = bool(self._reasons) and self._notes_on_file is not None and not self._notes_on_file.reasons
        self.notes.show_state(self._notes_on_file, sound_refused=instead, busy=self._busy)
        self._order.removeWidget(self.notes)  # where there is to be no sound it stands next to the reason why
        self._order.insertWidget(2 if instead else self._order.count() - 1, self.notes)

    def _hindrance(self, refused: bool) -> str:
        """Why a recording cannot begin right now; nothing when it can."""
        if self._busy:
            return tr("One moment …")
        if refused:
            return tr("Recording is not allowed; the reasons stand above.") if self._reasons else " "
        if self.microphone.missing:
            return tr("There is no microphone. Plug one in; then it can begin.")
        return ""

    def _import_file(self) -> None:
        chosen = self.choose_file()
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def _choose_file(self) -> str:
        kinds = f"{tr('Sound and video')} ({SOUND_FILES});;{tr('All files')} (*)"
        return choosing.file_to_open(self, tr("Import a sound file"), kinds)
