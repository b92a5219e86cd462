"""While a take runs: how it stands, what is wrong in plain words, and large keys. Each order is on a key of the keyboard too."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from oralhistory.domain.ports import Heartbeat, TakeState
from oralhistory.domain.timecode import clock
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.recording.take_words import LOSING, trouble_sentence
from oralhistory.ui.look.pieces import Choice, boxed, button, column, ground, label, line_edit, restyle, row, scrolling
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.record.running_panel import RunningPanel
from oralhistory.ui.record.running_words import RESTING

_MINUTES = {"1": mark("1 minute"), "2": mark("2 minutes"), "5": mark("5 minutes"), "10": mark("10 minutes"),
            "15": mark("15 minutes"), "30": mark("30 minutes"), "60": mark("60 minutes")}  # fmt: skip
_USUAL_MINUTES = "5"
_ICON_ON = {"primary": "on_accent", "on": "on_accent_soft"}


class RecordRunning(QWidget):
    """`asked` carries pause, resume, off_record, stop, seal_from or seal_until; `marked` the time and an optional word.

    `seal_last_asked` carries minutes. `words`: whether a word for a mark may be typed (not where the window is locked).
    """

    asked = Signal(str)
    marked = Signal(int, str)
    seal_last_asked = Signal(int)
    lock_wanted = Signal()

    def __init__(self, theme: Theme, says: Wording, *, words: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._beat: Heartbeat | None = None
        self._word_at_ms: int | None = None
        self.panel = RunningPanel(theme, says)
        self._trouble = label("large")
        self._trouble.setObjectName("record_trouble")
        self._trouble_frame = QFrame()
        self._trouble_frame.setLayout(column(self._trouble, margin=2 * GRID))
        self._make_keys(says)
        self._word = line_edit("record_mark_word", says, mark("Word for the next mark"))
        says(self._word.setPlaceholderText, mark("a word for the mark, if you like"))
        _let_be_as_high_as_the_row(self._word)
        self._behind = label("caution")
        self._behind.setObjectName("record_behind")
        says(self._behind.setText, mark("The keys go to another window now. Click here, and they work again."))
        self._behind.hide()
        self._told = label("soft")
        self._told.setObjectName("record_marks")
        self._lock = self._key(says, "record_lock", mark("Lock the window"), "", "lock", high=4)
        says(self._lock.setToolTip, mark("The recording goes on (Ctrl+Shift+L)."))
        self._lock.clicked.connect(self.lock_wanted)
        self._lay_out(words=words)
        self._connect()
        self.begin()

    def _make_keys(self, says: Wording) -> None:
        self._pause = self._key(says, "record_pause", mark("Pause (F6)"), "F6", "pause")
        self._mark = self._key(says, "record_mark", mark("Mark (F7)"), "F7", "mark")
        self._off = self._key(says, "record_off_record", mark("Off the record (F8)"), "F8", "off-record")
        self._stop = self._key(says, "record_stop", mark("Stop (F9)"), "F9", "stop")
        self._seal_last = self._key(says, "record_seal_last", mark("Seal the last (F3)"), "F3", "eye-off", high=4)
        self._seal_from = self._key(says, "record_seal_from", mark("Seal from here on (F4)"), "F4", "eye-off", high=4)
        self._minutes = Choice("record_seal_minutes", says, mark("Minutes to seal"), list(_MINUTES.items()))
        self._minutes.pick(_USUAL_MINUTES)
        _let_be_as_high_as_the_row(self._minutes)

    def _key(self, says: Wording, name: str, words: str, key: str, icon: str, *, high: int = 7) -> QPushButton:
        made = button(name, says, words, icon=lambda one: self._theme.dress(one, icon))
        # To be hit without looking; and no broader while it stands out, which would put the others elsewhere.
        made.setStyleSheet(f"min-height: {high * GRID}px; font-weight: 400")
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(made.click)  # a button's own shortcut clicks 0.1 s late
            shortcut.setAutoRepeat(False)  # held down it would go off the record, and back on it
        made.installEventFilter(self)
        return made

    def _lay_out(self, *, words: bool) -> None:
        self._keys = Wrapping([self._pause, self._mark, self._off, self._stop], fewest=2)
        last = row(self._seal_last, self._minutes)
        last.setStretch(0, 1)
        self._seals = Wrapping([boxed(last), self._seal_from])
        self._notes = Wrapping([self._word, self._lock] if words else [])
        if not words:
            self._notes.hide()
        middle = ground()
        standing = column(self._trouble_frame, spacing=GRID)
        standing.addStretch(1)
        standing.addWidget(self.panel)
        standing.addStretch(1)
        middle.setLayout(standing)
        layout = column(margin=2 * GRID)
        self._middle = scrolling(middle)
        layout.addWidget(self._middle, 1)
        for part in (self._behind, self._told, self._notes, self._seals, self._keys):
            layout.addWidget(part)
        self.setLayout(layout)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A second click in haste means no second order: it would take the first one back."""
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate):
            self._behind.setVisible(event.type() == QEvent.Type.WindowDeactivate)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        trouble = self._trouble_frame
        above = 0 if trouble.isHidden() else trouble.heightForWidth(self._middle.width()) + GRID
        self.panel.fit(self._middle.height() - above)

    def _connect(self) -> None:
        self._pause.clicked.connect(lambda: self.asked.emit("resume" if self._now is TakeState.PAUSED else "pause"))
        self._off.clicked.connect(lambda: self.asked.emit("resume" if self._now is TakeState.OFF_RECORD else "off_record"))
        self._stop.clicked.connect(lambda: self.asked.emit("stop"))
        self._mark.clicked.connect(self._set_mark)
        self._word.returnPressed.connect(self._set_mark)
        self._word.textEdited.connect(self._word_begun)
        self._seal_last.clicked.connect(self._seal_what_was_said)
        self._seal_from.clicked.connect(lambda: self.asked.emit("seal_until" if self._sealing else "seal_from"))

    @property
    def _now(self) -> TakeState | None:
        return self._beat.state if self._beat else None

    @property
    def _sealing(self) -> bool:
        return self._beat is not None and self._beat.sealing_since_ms is not None

    def begin(self, *, sealable: bool = True) -> None:
        """A take has begun, or was found running. Of a spoken consent nothing can be sealed: it is never given out."""
        self._beat = None
        self._word.clear()
        self._word_at_ms = None
        self._told.clear()
        self._trouble.clear()
        self._trouble_frame.hide()
        self._seals.setVisible(sealable)
        for key in self._every_key():
            key.setEnabled(key is self._stop)  # whatever the recorder says or fails to say
        self.panel.begin()
        self.setFocus()

    def show_beat(self, beat: Heartbeat) -> None:
        changed = beat.state != self._now or (beat.sealing_since_ms is None) == self._sealing
        if self._beat and self._beat.sealing_since_ms is not None and beat.sealing_since_ms is None:
            since, now = clock(self._beat.sealing_since_ms), clock(beat.elapsed_ms)
            self._told.setText(tr("Sealed: from {since} to {now}.", since=since, now=now))
        self._beat = beat
        if changed:
            self._show_state(beat.state)
        self.panel.show_beat(beat)
        self._show_trouble([trouble_sentence(one) for one in beat.troubles], grave=bool(LOSING & set(beat.troubles)))

    def show_away(self, told: OralHistoryError, state: str = "") -> None:
        """The recorder does not answer, or another `state`: nothing that was said of it before is true any more, and only what
        ends it may reach it."""
        self._beat = None
        for key in self._every_key():
            key.setEnabled(key in (self._stop, self._off))
        self._show_key(self._off, "off-record", tr("Off the record (F8)"))  # also where it was: nobody comes back on it now
        self.panel.show_away(state or tr("The recorder does not answer"))
        self._show_trouble(told.lines, grave=True)

    def _show_trouble(self, sentences: Sequence[str], *, grave: bool) -> None:
        told = "\n".join(sentences)
        if told != self._trouble.text():
            self._trouble.setText(told)
            self._trouble_frame.setVisible(bool(told))
            self._fit()
        if told:
            restyle(self._trouble_frame, "note_danger" if grave else "note_caution")

    def retranslate(self) -> None:
        """After the page has said its words again: what follows the state."""
        if self._beat:
            self._show_state(self._beat.state)
            self.panel.show_beat(self._beat)

    def _show_state(self, state: TakeState) -> None:
        paused, off = state is TakeState.PAUSED, state is TakeState.OFF_RECORD
        for key in self._every_key():
            key.setEnabled(state is TakeState.RECORDING or state in RESTING)
        self._pause.setEnabled(state in (TakeState.RECORDING, TakeState.PAUSED))  # off the record one key alone leads back
        if paused:
            self._show_key(self._pause, "play", tr("Go on (F6)"), "primary")
        else:
            self._show_key(self._pause, "pause", tr("Pause (F6)"))
        if off:
            self._show_key(self._off, "record", tr("Back on the record (F8)"), "primary")
        else:
            self._show_key(self._off, "off-record", tr("Off the record (F8)"))
        if self._sealing:
            self._show_key(self._seal_from, "eye-off", tr("Sealing ends here (F4)"), "on")
        else:
            self._show_key(self._seal_from, "eye-off", tr("Seal from here on (F4)"))
        self._keys.fit()
        self._seals.fit()

    def _show_key(self, key: QPushButton, icon: str, words: str, role: str = "") -> None:
        restyle(key, role)
        self._theme.dress(key, icon, _ICON_ON.get(role, "text"))
        key.setText(words)
        key.setAccessibleName(words)

    def _every_key(self) -> tuple[QPushButton, ...]:
        return (self._pause, self._mark, self._off, self._stop, self._seal_last, self._seal_from)

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
        self._told.setText(tr("Marked: {time} {word}", time=clock(at_ms), word=word).strip())
        self.marked.emit(at_ms, word)

    def _seal_what_was_said(self) -> None:
        if self._beat is None:
            return
        minutes, now = int(self._minutes.value), self._beat.elapsed_ms
        since = now - minutes * 60_000
        if since >= 0:
            self._told.setText(ntr("Sealed: the last {n} minute, from {since} to {now}.",
                                   "Sealed: the last {n} minutes, from {since} to {now}.", minutes,
                                   since=clock(since), now=clock(now)))  # fmt: skip
        else:
            said = ntr("Sealed: the last {n} minute, of what was recorded before too, if there is anything.",
                       "Sealed: the last {n} minutes, of what was recorded before too, if there is anything.",
                       minutes)  # fmt: skip
            self._told.setText(f"{clock(now)}  {said}")
        self.seal_last_asked.emit(minutes)


def _let_be_as_high_as_the_row(widget: QWidget) -> None:
    policy = widget.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    widget.setSizePolicy(policy)
