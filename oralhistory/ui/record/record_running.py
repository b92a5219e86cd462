"""While a take runs: the clock, the level, what is safe on disk, and five large keys. Nothing here asks for attention."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from oralhistory.domain.ports import Heartbeat
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.take_words import LOSING, trouble_sentence
from oralhistory.ui.look.pieces import button, column, label, line_edit, restyle, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.record.level_meter import LevelMeter

RECORDING, PAUSED, OFF_RECORD = "recording", "paused", "off_record"
RESTING = {PAUSED, OFF_RECORD}
_SIGN = 8 * GRID

STATES = {
    RECORDING: mark("Recording"),
    PAUSED: mark("Paused – nothing is being recorded"),
    OFF_RECORD: mark("OFF THE RECORD – nothing is being recorded"),
    "stopping": mark("Stopping – the last sound is being written"),
    "finished": mark("Finished"),
}


def hours_left(free_bytes: int, channels: int) -> float:
    sound = SoundFormat(channels=max(channels, 1))
    return free_bytes / (sound.rate * sound.bytes_per_frame * 3600)


class RecordRunning(QWidget):
    """`asked` carries pause, resume, off_record or stop; `marked` the time and an optional word, if `words` are wanted."""

    asked = Signal(str)
    marked = Signal(int, str)

    def __init__(self, theme: Theme, says: Wording, *, words: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._beat: Heartbeat | None = None
        self._word_at_ms: int | None = None
        self._state: QLabel = label("title")
        self._state.setObjectName("record_state")
        self._sign = QLabel()
        self._clock: QLabel = label("clock", wrap=False)
        self._clock.setObjectName("record_clock")
        self._safe: QLabel = label("large")
        self._safe.setObjectName("record_safe")
        self._left: QLabel = label("soft")
        self._left.setObjectName("record_left")
        self._trouble: QLabel = label("large")
        self._trouble.setObjectName("record_trouble")
        self._trouble_frame = QFrame()
        self._trouble_frame.setLayout(column(self._trouble, margin=2 * GRID))
        self.meter = LevelMeter(theme)
        says(self.meter.setAccessibleName, mark("Level of the microphone"))
        self._pause = self._key(says, "record_pause", mark("Pause  (F6)"), "F6", "pause")
        self._mark = self._key(says, "record_mark", mark("Mark  (F7)"), "F7", "mark")
        self._off = self._key(says, "record_off_record", mark("Off the record  (F8)"), "F8", "off-record")
        self._stop = self._key(says, "record_stop", mark("Stop  (F9)"), "F9", "stop")
        self._word = line_edit("record_mark_word", says, mark("Word for the next mark"))
        says(self._word.setPlaceholderText, mark("a word for the mark, if you like"))
        if not words:
            self._word.hide()
        self._marks: QLabel = label("soft")
        self._marks.setObjectName("record_marks")
        self._panel = QFrame()
        self._panel.setProperty("role", "card")
        self._lay_out()
        self._connect()

    def _key(self, says: Wording, name: str, words: str, key: str, icon: str) -> QPushButton:
        made = button(name, says, words, icon=lambda one: self._theme.dress(one, icon))
        made.setStyleSheet(f"min-height: {7 * GRID}px")  # to be hit without looking
        QShortcut(QKeySequence(key), self).activated.connect(made.click)  # a button's own shortcut clicks 0.1 s late
        return made

    def _lay_out(self) -> None:
        for told in (self._sign, self._state, self._clock, self._safe, self._left, self._marks):
            told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        shown = (self._sign, self._state, self._clock, self.meter, self._safe, self._left)
        self._panel.setLayout(column(*shown, margin=4 * GRID, spacing=2 * GRID))
        policy = self.meter.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.meter.setSizePolicy(policy)
        keys = row(self._pause, self._mark, self._off, self._stop, spacing=2 * GRID)
        for at in range(4):
            keys.setStretch(at, 1)
        layout = column(margin=3 * GRID, spacing=2 * GRID)
        layout.addWidget(self._trouble_frame)
        layout.addStretch(1)
        layout.addWidget(self._panel)
        layout.addStretch(1)
        layout.addWidget(self._marks)
        layout.addWidget(self._word)
        layout.addLayout(keys)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._pause.clicked.connect(lambda: self.asked.emit("resume" if self._resting else "pause"))
        self._off.clicked.connect(lambda: self.asked.emit("resume" if self._now == OFF_RECORD else "off_record"))
        self._stop.clicked.connect(lambda: self.asked.emit("stop"))
        self._mark.clicked.connect(self._set_mark)
        self._word.returnPressed.connect(self._set_mark)
        self._word.textEdited.connect(self._word_begun)

    @property
    def _now(self) -> str:
        return self._beat.state if self._beat else ""

    @property
    def _resting(self) -> bool:
        return self._now in RESTING

    def begin(self) -> None:
        """A take has begun, or was found running; its first heartbeat is on the way."""
        self._beat = None
        self._word.clear()
        self._word_at_ms = None
        self._marks.clear()
        self._state.setText(tr("The microphone is being opened …"))
        self._clock.setText(clock(0))
        self._safe.clear()
        self._left.clear()
        self._trouble_frame.hide()
        for one in (self._pause, self._mark, self._off, self._stop):
            one.setEnabled(False)
        self._sign.hide()
        restyle(self._panel, "card")
        self.setFocus()

    def show_beat(self, beat: Heartbeat) -> None:
        new_state = beat.state != self._now
        self._beat = beat
        if new_state:
            self._show_state(beat.state)
        self._clock.setText(clock(beat.elapsed_ms))
        self.meter.show_peaks(beat.peaks, resting=beat.state != RECORDING)
        self._safe.setText(safety(beat))
        hours = hours_left(beat.free_bytes, len(beat.peaks))
        self._left.setText(room_left(hours))
        self._trouble_frame.setVisible(bool(beat.trouble))
        if beat.trouble:
            self._trouble.setText("\n".join(trouble_sentence(one) for one in beat.troubles))
            restyle(self._trouble_frame, "note_danger" if LOSING & set(beat.troubles) else "note_caution")

    def _show_state(self, state: str) -> None:
        self._state.setText(tr(STATES.get(state, STATES[RECORDING])))
        off = state == OFF_RECORD
        restyle(self._panel, "note_caution" if off else "note" if state == PAUSED else "card")
        icon = self._theme.icon("off-record" if off else "pause", "caution" if off else "text")
        self._sign.setPixmap(icon.pixmap(_SIGN, _SIGN))
        self._sign.setVisible(state in RESTING)
        self.meter.setVisible(state not in RESTING)
        going = state in (RECORDING, PAUSED, OFF_RECORD)
        for one in (self._pause, self._mark, self._off, self._stop):
            one.setEnabled(going)
        _say(self._pause, tr("Go on  (F6)") if state in RESTING else tr("Pause  (F6)"))
        _say(self._off, tr("Back on the record  (F8)") if off else tr("Off the record  (F8)"))

    def retranslate(self) -> None:
        """After the page has said its words again: the keys whose words follow the state."""
        if self._beat:
            self._show_state(self._beat.state)

    def _word_begun(self) -> None:
        """A mark means the moment at which somebody began to write it, not the one at which the word was finished."""
        if self._word_at_ms is None and self._beat:
            self._word_at_ms = self._beat.elapsed_ms

    def _set_mark(self) -> None:
        if self._beat is None or not self._mark.isEnabled():
            return
        at_ms = self._beat.elapsed_ms if self._word_at_ms is None else self._word_at_ms
        word = self._word.text().strip()
        self._word.clear()
        self._word_at_ms = None
        self._marks.setText(tr("Marked: {time} {word}", time=clock(at_ms), word=word).strip())
        self.marked.emit(at_ms, word)


def _say(key: QPushButton, words: str) -> None:
    key.setText(words)
    key.setAccessibleName(words)


def safety(beat: Heartbeat) -> str:
    """How old the youngest sound is that a power cut would take."""
    behind = max(beat.elapsed_ms - beat.safe_ms, 0)
    if beat.state in RESTING and behind == 0:
        return tr("Everything recorded is safe on disk.")
    seconds = max(1, -(-behind // 1000))
    return ntr("Safe on disk {n} second ago.", "Safe on disk {n} seconds ago.", seconds)


def room_left(hours: float) -> str:
    if hours < 1:
        return tr("Room on the disk for {n} minutes more.", n=int(hours * 60))
    return ntr("Room on the disk for {n} hour more.", "Room on the disk for {n} hours more.", int(hours))
