"""How a running take stands, readable from across the table: state, clock, level, what is safe. Nothing asks for attention."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from oralhistory.domain.ports import CopyState, Heartbeat, TakeState
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.take_words import copy_sentence
from oralhistory.ui.look.pieces import column, joined, label, restyle
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.record import running_words as words
from oralhistory.ui.record.level_meter import LevelMeter

_SIGN = 6 * GRID
_ROOMY = 32
"""Of height for each point of text."""


class RunningPanel(QFrame):
    """`break_minutes`: after how long without a pause one is suggested; 0 for never."""

    def __init__(self, theme: Theme, says: Wording) -> None:
        super().__init__()
        self._theme = theme
        self.break_minutes = 0
        self._sign = QLabel()
        self._state = self._line("record_state", "title")
        self._clock = self._line("record_clock", "clock", wrap=False)
        self.meter = LevelMeter(theme)
        says(self.meter.setAccessibleName, mark("Level of the microphone"))
        self._safe = self._line("record_safe", "large")
        self._missing = self._line("record_missing", "caution")
        self._again = self._line("record_begun_again", "caution")
        self._sealing = self._line("record_sealing", "large")
        self._copy = self._line("record_copy", "soft")
        self._left = self._line("record_left", "soft")
        self._break = self._line("record_break", "soft")
        policy = self.meter.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.meter.setSizePolicy(policy)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lines = column(self._sign, self._state, self._clock, self.meter, self._sealing, self._safe, self._again,
                             self._missing, self._copy, self._left, self._break, margin=2 * GRID, spacing=GRID)  # fmt: skip
        self.setLayout(self._lines)
        self.begin()

    def fit(self, height: int) -> None:
        """Let the clock be smaller where there is little height, so that nothing below it is out of sight."""
        roomy = height >= _ROOMY * self._theme.points()
        restyle(self._clock, "clock" if roomy else "clock_small")
        self._lines.setSpacing(GRID if roomy else GRID // 4)

    def begin(self) -> None:
        """A take has begun, or was found running; its first heartbeat is on the way."""
        restyle(self, "card")
        restyle(self._state, "title")
        self._sign.hide()
        self._state.setText(tr("One moment …"))
        self._clock.setText(clock(0))
        for one in (self._safe, self._again, self._missing, self._sealing, self._copy, self._left, self._break):
            one.clear()
            one.hide()
        self.meter.show()

    def tell_begun_again(self, sentence: str) -> None:
        """For as long as the take runs: what was said in between can perhaps be told once more."""
        self._tell(self._again, sentence)

    def show_away(self, state: str) -> None:
        """No heartbeat comes: neither level nor what is safe is known."""
        restyle(self, "card")
        restyle(self._state, "title")
        self._sign.hide()
        self.meter.hide()
        self._tell(self._state, state)
        for one in (self._safe, self._sealing, self._copy, self._left, self._break):
            self._tell(one, "")

    def show_state(self, state: TakeState) -> None:
        off = state is TakeState.OFF_RECORD
        resting = state in words.RESTING
        restyle(self, "note_caution" if off else "note" if resting else "card")
        restyle(self._state, "sign" if off else "title")
        for line in self.findChildren(QLabel):  # their colour follows the panel's
            line.style().unpolish(line)
            line.style().polish(line)
        icon = self._theme.icon("off-record" if off else "pause", "caution" if off else "text")
        self._sign.setPixmap(icon.pixmap(_SIGN, _SIGN))
        self._sign.setVisible(resting)
        self.meter.setVisible(not resting)

    def show_beat(self, beat: Heartbeat) -> None:
        self._clock.setText(clock(beat.elapsed_ms))
        self.meter.show_peaks(beat.peaks, resting=beat.state is not TakeState.RECORDING)
        self._tell(self._state, words.state(beat))
        self._tell(self._safe, words.safety(beat))
        self._tell(self._missing, words.missing(beat))
        self._tell(self._sealing, words.sealing(beat))
        self._tell(self._copy, copy_sentence(beat.copy))
        restyle(self._copy, "caution" if beat.copy is CopyState.FAILED else "soft")
        self._tell(self._left, joined([words.room_left(beat.room_ms, reserve=beat.in_fallback), *words.machine(beat)]))
        self._tell(self._break, words.break_due(beat, self.break_minutes))

    def _tell(self, line: QLabel, sentence: str) -> None:
        if line.text() != sentence:
            line.setText(sentence)
        if line.isHidden() == bool(sentence):
            line.setVisible(bool(sentence))

    def _line(self, name: str, role: str, *, wrap: bool = True) -> QLabel:
        made = label(role, wrap=wrap)
        made.setObjectName(name)
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return made
