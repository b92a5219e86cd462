"""Before a take: which microphone, how many channels, testimony or spoken consent, and what the consent on file says to it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QWidget

from oralhistory.domain.consent import Allowed, Context, Operation, Stage
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import Device
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.ui.look.form_grid import form_grid
from oralhistory.ui.look.pieces import Answers, Choice, button, card, column, ground, label, restyle, row, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

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
        self._microphone = QComboBox()
        self._microphone.setObjectName("record_microphone")
        says(self._microphone.setAccessibleName, mark("Microphone"))
        self._microphone.activated.connect(self._remember)
        look_again = button("record_look_again", says, mark("Look again"), role="link")
        look_again.clicked.connect(self.look_for_microphones)
        self._channels = Answers("record_channels", says, mark("Channels"), [
            ("1", mark("one, for the whole room")), ("2", mark("two, one for each person"))])  # fmt: skip
        self._purpose = Choice("record_purpose", says, mark("What is recorded"), [
            (TakePurpose.TESTIMONY.value, mark("the interview")),
            (TakePurpose.CONSENT.value, mark("the spoken consent, kept apart from the interview"))])  # fmt: skip
        self._purpose.picked.connect(self._show_consent)
        self._consent_text = label()
        self._consent_text.setObjectName("record_consent")
        self._consent = QFrame()
        self._consent.setLayout(column(self._consent_text, margin=2 * GRID))
        self._start = button("record_start", says, mark("Start recording (F5)"), role="primary",
                             icon=lambda one: context.theme.dress(one, "record", "on_accent"))  # fmt: skip
        QShortcut(QKeySequence("F5"), self).activated.connect(self._start.click)
        self._start.setStyleSheet(f"min-height: {6 * GRID}px")
        self._start.clicked.connect(self.start_wanted)
        self._import = button("record_import", says, mark("Import a sound file …"),
                              icon=lambda one: context.theme.dress(one, "import"))  # fmt: skip
        self._import.clicked.connect(self._import_file)
        self.kept = label()
        self.kept.setObjectName("record_kept")
        self._next = button("record_next", says, mark("Go on to the transcript"), role="primary")
        self._next.clicked.connect(lambda: context.open_step("transcript"))
        self._kept_card = card(self.kept, role="note_good")
        self._kept_card.layout().addLayout(_left(self._next))  # type: ignore[union-attr]
        self._lay_out(says, look_again)

    def _lay_out(self, says: Wording, look_again: QWidget) -> None:
        microphone = row(self._microphone, look_again)
        microphone.setStretch(0, 1)
        form = form_grid(says, [
            (mark("Microphone"), microphone), (mark("Channels"), self._channels), (mark("Recorded"), self._purpose),
        ], spacing=2 * GRID)  # fmt: skip
        self._total = label("soft")
        self._total.setObjectName("record_total")
        choices = card()
        choices.layout().addLayout(form)  # type: ignore[union-attr]
        inner = ground()
        layout = column(self._kept_card, choices, self._consent, margin=2 * GRID, spacing=2 * GRID)
        layout.addWidget(self._start)
        layout.addLayout(_left(self._import))
        layout.addWidget(self._total)
        layout.addStretch(1)
        inner.setLayout(layout)
        self.setLayout(column(scrolling(inner)))

    @property
    def device(self) -> str | None:
        """The microphone's name, None for the system's own choice."""
        return str(self._microphone.currentData() or "") or None

    @property
    def channels(self) -> int:
        return int(self._channels.value)

    @property
    def purpose(self) -> TakePurpose:
        return TakePurpose(self._purpose.value)

    def begin(self) -> None:
        """Another interview: what was chosen for the last one does not count, but for the microphone."""
        self._purpose.pick(TakePurpose.TESTIMONY.value)
        self.show_kept("")
        self._reasons = None
        self._show_consent()

    def show_reasons(self, reasons: list[str]) -> None:
        """What consent says against recording the interview."""
        self._reasons = reasons
        self._show_consent()

    def show_kept(self, sentence: str) -> None:
        """What the last take or import left; nothing to say when empty."""
        self.kept.setText(sentence)
        self._kept_card.setVisible(bool(sentence))

    def show_total(self, parts: int, time: str) -> None:
        told = ntr("On file: {time} in {n} part.", "On file: {time} in {n} parts.", parts, time=time)
        self._total.setText(told if parts else tr("Nothing has been recorded for this interview yet."))

    def show_busy(self, busy: bool) -> None:
        """A take is being started, or a file brought in."""
        self._busy = busy
        self._show_consent()

    def look_for_microphones(self) -> None:
        desk = self._context.desk
        self._context.jobs.run(desk.recording.microphones, self._found, owner=self)

    def point_to_microphone(self) -> None:
        self._microphone.setFocus()

    def _found(self, devices: Sequence[Device]) -> None:
        wanted = self._context.settings.current.microphone
        usual = next((one.name for one in devices if one.default), "")
        self._microphone.clear()
        self._microphone.addItem(
            tr("The system's choice ({name})", name=usual) if usual else tr("The system's choice"), ""
        )
        for one in devices:
            self._microphone.addItem(one.name, one.name)
        if not devices:
            self._microphone.setItemText(0, tr("No microphone was found"))
        self._microphone.setCurrentIndex(max(self._microphone.findData(wanted), 0))

    def _remember(self) -> None:
        self._context.settings.change(microphone=self.device or "")

    def _show_consent(self) -> None:
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
        self._consent_text.setText(told)
        restyle(self._consent, "note" if self._reasons is None else "note_caution" if refused else "note_good")
        self._start.setEnabled(not refused and not self._busy)
        self._start.setAccessibleDescription(told)
        self._import.setEnabled(self._reasons == [] and not self._busy)

    def _import_file(self) -> None:
        chosen = self.choose_file()
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def _choose_file(self) -> str:
        kinds = f"{tr('Sound and video')} ({SOUND_FILES});;{tr('All files')} (*)"
        return QFileDialog.getOpenFileName(self, tr("Import a sound file"), "", kinds)[0]


def _left(widget: QWidget) -> QHBoxLayout:
    made = row(widget)
    made.addStretch(1)
    return made
