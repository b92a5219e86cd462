"""After Stop: what was kept, and where sound is missing, in words."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.sound import Gap, GapReason
from oralhistory.domain.timecode import clock
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, ntr, sentences, tr
from oralhistory.ui.look.pieces import button, column, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_REASONS = {
    GapReason.OVERRUN: mark("the machine was too slow"),
    GapReason.DEVICE: mark("the microphone stopped"),
    GapReason.DAMAGED: mark("a record is damaged"),
    GapReason.ASLEEP: mark("the machine slept"),
    GapReason.SILENT: mark("the microphone delivered nothing"),
    GapReason.CHANGED: mark("from here on the system delivered another microphone"),
}
"""Suffered; pauses that a person chose are not listed."""
_MOST_GAPS = 6


class KeptView(QFrame):
    """`go_on` is asked for with the step that comes next; `again`: what could not be filed is to be tried again."""

    go_on = Signal(str)
    again = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "note_good")
        self._told = label("large")
        self._told.setObjectName("record_kept")
        self._gaps = label()
        self._gaps.setObjectName("record_gaps")
        self._transcript = button("record_next", says, mark("Go on to the transcript"), role="primary")
        self._consent = button("record_next_consent", says, mark("Go on to the consent form"))
        self._transcript.clicked.connect(lambda: self.go_on.emit("transcript"))
        self._consent.clicked.connect(lambda: self.go_on.emit("consent"))
        self._again = button("record_file_again", says, mark("Try again"), role="primary")
        self._again.clicked.connect(self.again)
        buttons = row(self._transcript, self._consent, self._again)
        buttons.addStretch(1)
        self.setLayout(column(self._told, self._gaps, buttons, margin=2 * GRID))
        self.clear()

    def clear(self) -> None:
        self.hide()

    def tell(self, sentence: str, role: str = "note_good") -> None:
        """Something else was kept (an imported file)."""
        restyle(self, role)
        self._told.setText(sentence)
        self._gaps.hide()
        self._transcript.show()
        self._consent.hide()
        self._again.hide()
        self.show()

    def tell_notes(self, sentence: str, *, any_kept: bool, untaken: bool) -> None:
        """`untaken`: they are all that is there, and no transcript yet."""
        self.tell(sentence, "note_good" if any_kept else "note")
        self._gaps.setText(tr("In the next step the notes can be taken as the transcript."))
        self._gaps.setVisible(any_kept and untaken)
        self._transcript.setVisible(any_kept)
        self._consent.setVisible(any_kept)

    def show_waiting(self, error: OralHistoryError) -> None:
        """The take is over and sealed, but `error` came in the way of putting it in its place."""
        self.tell(tr("The recording is encrypted and safe, but could not be put in its place yet."), "note_caution")
        self._gaps.setText("\n".join(line for line in (error.happened, error.todo) if line))
        self._gaps.show()
        self._transcript.hide()
        self._again.show()

    def warn_broken_off(self) -> None:
        """The recorder died: above what was kept stands that nothing is being recorded any more."""
        kept = [self._told.text(), "" if self._gaps.isHidden() else self._gaps.text()]
        restyle(self, "note_danger")
        self._told.setText(broken_off())
        self._gaps.setText("\n".join(filter(None, [tr("Press F5 to record on."), *kept])))
        self._gaps.show()

    def point(self) -> None:
        """Let the keyboard be on what comes next."""
        shown = (one for one in (self._transcript, self._consent, self._again) if not one.isHidden())
        if (first := next(shown, None)) is not None:
            first.setFocus()

    def show_take(self, purpose: TakePurpose, parts: Sequence[Recording], missing: str) -> None:
        """`missing` tells of sound that was safe on some disk and is not to be found."""
        if not parts:
            self.tell(tr("Nothing was recorded."), "note")
            self._transcript.hide()
            self._warn(missing)
            return
        time = clock(sum(one.duration_ms for one in parts))
        kept = ntr("{time} was recorded and is safe, in {n} part.", "{time} were recorded and are safe, in {n} parts.",
                   len(parts), time=time)  # fmt: skip
        if purpose is TakePurpose.CONSENT:
            spoken = tr("It is the spoken consent. See that the consent form names it as evidence, and save the form.")
            kept = sentences((kept, spoken))
        self.tell(kept)
        self._transcript.setVisible(purpose is TakePurpose.TESTIMONY)
        self._consent.show()  # after an interview too: the second moment is due while the narrator is still there
        gaps = list(told_gaps(parts))
        more = len(gaps) - _MOST_GAPS
        if more > 0:
            gaps[_MOST_GAPS:] = [ntr("and {n} more", "and {n} more", more)]
        self._gaps.setText("\n".join([tr("Sound is missing here; each place is marked in the recording:"), *gaps]))
        self._gaps.setVisible(bool(gaps))
        self._warn(missing)

    def _warn(self, missing: str) -> None:
        if missing:
            restyle(self, "note_caution")
            self._gaps.setText("\n".join(filter(None, [missing, self._gaps.text() if not self._gaps.isHidden() else ""])))
            self._gaps.show()


def broken_off() -> str:
    return tr("The recording broke off. Nothing is being recorded now.")


def told_gaps(parts: Sequence[Recording]) -> Iterator[str]:
    """A line for each place where sound is missing that nobody chose."""
    for one in parts:
        counted = {(gap.frame, gap.reason) for gap in one.gaps if gap.lost_frames}
        for gap in one.gaps:
            if gap.reason in _REASONS and (gap.lost_frames or (gap.frame, gap.reason) not in counted):
                yield _told(one, gap)


def _told(recording: Recording, gap: Gap) -> str:
    at = clock(recording.start_ms + recording.format.frames_to_ms(gap.frame))
    why = tr(_REASONS[gap.reason])
    if not gap.lost_frames:
        return tr("– {time}: {why}", time=at, why=why)
    seconds = recording.format.frames_to_ms(gap.lost_frames) / 1000
    return tr("– {time}: {seconds} s ({why})", time=at, seconds=f"{seconds:.1f}", why=why)
