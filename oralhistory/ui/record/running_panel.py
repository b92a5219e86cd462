"""How a running take stands, readable from across the table: state, clock, level, what is safe. Nothing asks for attention."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from oralhistory.domain.ports import CopyState, Heartbeat, TakeState
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.take_words import copy_sentence
from oralhistory.ui.look.pieces import column, label, restyle
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.record import running_words as words
from oralhistory.ui.record.level_meter import LevelMeter

_SIGN, _SMALL_SIGN = 5 * GRID, 3 * GRID


@dataclass(frozen=True, slots=True)
class _Look:
    """The roles of the panel and of the words that tell the state, and the sign above them."""

    panel: str
    words: str
    sign: str
    colour: str


_LOOKS = {
    TakeState.RECORDING: _Look("card", "title", "record", "accent"),
    TakeState.PAUSED: _Look("note", "title", "pause", "on_accent_soft"),
    TakeState.OFF_RECORD: _Look("note_caution", "sign", "off-record", "caution"),
    TakeState.STOPPING: _Look("card", "title", "stop", "text"),
    TakeState.FINISHED: _Look("card", "title", "stop", "text"),
}
_SEALING = _Look("card_in_hand", "title", "eye-off", "accent")
_BROKEN_OFF = _Look("note_danger", "sign_danger", "caution", "danger")
_UNKNOWN = _Look("card", "title", "", "text")


def _look(beat: Heartbeat) -> _Look:
    if words.broken_off(beat):
        return _BROKEN_OFF
    if beat.state is TakeState.RECORDING and beat.sealing_since_ms is not None:
        return _SEALING
    return _LOOKS[beat.state]


class RunningPanel(QFrame):
    """`break_minutes`: after how long without a pause one is suggested; 0 for never."""

    def __init__(self, theme: Theme, says: Wording) -> None:
        super().__init__()
        self._theme = theme
        self.break_minutes = 0
        self._look = _UNKNOWN
        self._fitted: tuple[object, ...] = ()
        self._height = 0
        self._sign = QLabel()
        theme.changed.connect(self._draw_sign)
        self._state = self._line("record_state", "title")
        self._clock = self._line("record_clock", "clock", wrap=False)
        self.meter = LevelMeter(theme)
        says(self.meter.setAccessibleName, mark("Level of the microphone"))
        self._safe = self._line("record_safe", "large")
        self._warnings = self._line("record_warnings", "caution")
        self._missing = self._line("record_missing", "caution")
        self._again = self._line("record_begun_again", "caution")
        self._sealing = self._line("record_sealing", "large")
        self._copy = self._line("record_copy", "soft")
        self._left = self._line("record_left", "soft")
        self._break = self._line("record_break", "soft")
        self._sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._more = (self._sealing, self._warnings, self._again, self._missing, self._copy, self._left, self._break)
        self._lines = column(self._sign, self._state, self._sealing, self._clock, self.meter, self._safe, self._warnings,
                             self._again, self._missing, self._copy, self._left, self._break, margin=2 * GRID,
                             spacing=GRID)  # fmt: skip
        self.setLayout(self._lines)
        self.begin()

    def fit(self, height: int) -> None:
        """Let clock and sign be smaller where there is little height, so that nothing below them is out of sight."""
        self._height = height
        to_fit = (height, self.width(), self._theme.scale, self._look, *(one.text() for one in self._more))
        if to_fit == self._fitted:
            return
        self._fitted = to_fit
        self._be_roomy(True)
        if self.heightForWidth(self.width()) > height:
            self._be_roomy(False)

    def _be_roomy(self, roomy: bool) -> None:
        if roomy != self._roomy:
            self._lines.setSpacing(GRID if roomy else GRID // 4)
            restyle(self._clock, "clock" if roomy else "clock_small")
            self._draw_sign()

    @property
    def _roomy(self) -> bool:
        return bool(self._clock.property("role") == "clock")

    def begin(self) -> None:
        """A take has begun, or was found running; its first heartbeat is on the way."""
        self._show_look(_UNKNOWN)
        self._state.setText(tr("One moment …"))
        self._clock.setText(clock(0))
        for one in (self._safe, *self._more):
            one.clear()
            one.hide()
        self.meter.show()

    def tell_begun_again(self, sentence: str) -> None:
        """For as long as the take runs: what was said in between can perhaps be told once more."""
        self._tell(self._again, sentence)

    def show_away(self, state: str) -> None:
        """No heartbeat comes: neither level nor what is safe is known."""
        self._show_look(_UNKNOWN)
        self.meter.hide()
        self._tell(self._state, state)
        for one in (self._safe, self._sealing, self._warnings, self._copy, self._left, self._break):
            self._tell(one, "")

    def show_beat(self, beat: Heartbeat) -> None:
        look = _look(beat)
        if look is not self._look:
            self._show_look(look)
        self._clock.setText(clock(beat.elapsed_ms))
        arriving = words.arriving(beat)
        self.meter.setVisible(arriving or beat.state is TakeState.STOPPING)
        self.meter.show_peaks(beat.peaks, resting=not arriving)
        self._tell(self._state, words.state(beat))
        self._tell(self._safe, words.safety(beat))
        self._tell(self._warnings, "\n".join(words.warnings(beat)))
        self._tell(self._missing, words.missing(beat))
        self._tell(self._sealing, words.sealing(beat))
        self._tell(self._copy, copy_sentence(beat.copy))
        restyle(self._copy, "caution" if beat.copy is CopyState.FAILED else "soft")
        self._tell(self._left, "\n".join(words.lasting(beat)))
        self._tell(self._break, words.break_due(beat, self.break_minutes))
        self.fit(self._height)

    def _show_look(self, look: _Look) -> None:
        self._look = look
        restyle(self, look.panel)
        restyle(self._state, look.words)
        self._draw_sign()

    def _draw_sign(self) -> None:
        self._sign.setVisible(bool(self._look.sign))
        if self._look.sign:
            side = _SIGN if self._roomy else _SMALL_SIGN
            self._sign.setPixmap(self._theme.icon(self._look.sign, self._look.colour).pixmap(side, side))

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
