"""Finding a passage by ear: play, say where it begins and where it ends, hear it once more. By buttons or by keys.

The sound is opened when it is first played and let go when the page is left. What is heard here does not count as listened to:
only a review does.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from oralhistory.domain import timecode
from oralhistory.domain.spans import Span
from oralhistory.domain.timecode import clock
from oralhistory.errors import NotFound
from oralhistory.i18n import mark
from oralhistory.services.recording.listening import Timeline
from oralhistory.ui.listening.playback import SKIP_MS, Playback
from oralhistory.ui.listening.time_strip import TimeStrip
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

_STEP_BACK_MS = 1_500
_TIME_WIDTH = 18 * GRID


class PassagePicker(QWidget):
    """`name` begins the names of its widgets; `changed` when begin or end are other ones."""

    changed = Signal()

    def __init__(self, name: str, context: PageContext) -> None:
        super().__init__()
        self.setObjectName(f"{name}_picker")
        self.says = says = Wording()
        self._context = context
        self._code = ""
        self._until: int | None = None
        self._wanted: Span | None = None
        self._opened = False
        self.playback = Playback(context.player, self)
        self.playback.moved.connect(self._moved)
        self.playback.turned.connect(self._turned)
        self.playback.troubled.connect(context.jobs.trouble)
        self._play = button(f"{name}_play", says, mark("Listen"), icon=lambda made: context.theme.dress(made, "play"))
        self._time = label("soft", wrap=False)
        self._strip = TimeStrip(context.theme)
        self._strip.setObjectName(f"{name}_strip")
        self._strip.wanted.connect(self._go_to)
        self._begins = self._time_field(f"{name}_begins", mark("Begins at (hours:minutes:seconds)"))
        self._ends = self._time_field(f"{name}_ends", mark("Ends at (hours:minutes:seconds)"))
        begin_here = button(f"{name}_begin_here", says, mark("It begins here"))
        end_here = button(f"{name}_end_here", says, mark("It ends here"))
        self._again = button(f"{name}_hear", says, mark("Hear the passage"))
        self._play.clicked.connect(self.toggle)
        begin_here.clicked.connect(lambda: self._mark_here(self._begins))
        end_here.clicked.connect(lambda: self._mark_here(self._ends))
        self._again.clicked.connect(self._hear_again)
        self._keys: dict[str, Callable[[], object]] = {
            "Esc": self.toggle, "F2": lambda: self._skip(-SKIP_MS), "F3": lambda: self._skip(SKIP_MS),
            "F7": begin_here.click, "F8": end_here.click, "F9": self._hear_again,
        }  # fmt: skip
        self._wrong = sentence(says, mark("The passage must end after it begins."), "caution")
        self._wrong.setObjectName(f"{name}_wrong")
        sound = row(self._play, self._strip, self._time)
        sound.setStretch(1, 1)
        limits = Flow(
            _limit(says, mark("Begins at"), self._begins, begin_here), _limit(says, mark("Ends at"), self._ends, end_here),
            self._again, spacing=2 * GRID,
        )  # fmt: skip
        self.setLayout(column(
            sound, limits, self._wrong,
            sentence(says, mark("Keys here: Esc play and pause, F2 and F3 three seconds back and on, F7 it begins here, F8 it "
                                "ends here, F9 hear the passage."), "small"),
        ))  # fmt: skip
        self._judge()

    def take_keys_in(self, around: QWidget) -> None:
        """The keys mean this wherever the focus is in `around`: one need not leave the reason to say where it ends."""
        for key, act in self._keys.items():
            shortcut = QShortcut(QKeySequence(key), around)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def begin(self, code: str) -> None:
        """For this interview: nothing chosen, nothing played."""
        self.end()
        self._code = code
        self._strip.begin(0)
        self._time.clear()
        self.choose(None)

    def end(self) -> None:
        """Be silent, and let go of the sound; what was chosen stays."""
        self._until = self._wanted = None
        self.playback.close()
        self._opened = False

    @property
    def span(self) -> Span | None:
        """The passage, if begin and end make one."""
        begins, ends = _ms(self._begins), _ms(self._ends)
        return (begins, ends) if begins is not None and ends is not None and begins < ends else None

    def choose(self, span: Span | None) -> None:
        """Show this passage, or none."""
        for shown, ms in zip((self._begins, self._ends), span or (None, None), strict=True):
            shown.setText("" if ms is None else clock(ms, millis=True))
        self._judge()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playback.playing:
            return self.playback.pause()
        at_ms = self.playback.position_ms
        ended = self._opened and at_ms >= self.playback.duration_ms
        return self._hear((0 if ended else max(at_ms - _STEP_BACK_MS, 0), None))

    def hear(self, span: Span) -> None:
        """Play this passage, and be silent at its end; the same again stops it."""
        if self.playback.playing and self._until == span[1]:
            return self.playback.pause()
        return self._hear(span)

    # --- playing

    def _hear_again(self) -> None:
        if self.span is not None:
            self.hear(self.span)

    def _hear(self, stretch: tuple[int, int | None]) -> None:
        begins, self._until = stretch
        if self._opened:
            return self.playback.play(begins)
        code, listening = self._code, self._context.desk.listening
        self._context.jobs.run(
            lambda: listening.timeline(code), lambda found: self._open(code, found, begins), self._no_sound, owner=self
        )
        return None

    def _open(self, code: str, timeline: Timeline, begins: int) -> None:
        if code != self._code or self._opened or not self.isVisible():
            return timeline.close()
        self.playback.open(timeline)
        self._opened = True
        self._strip.begin(self.playback.duration_ms)
        self._judge()
        return self.playback.play(begins)

    def _skip(self, by_ms: int) -> None:
        if self._opened:
            self._until = None
            self.playback.skip(by_ms)

    def _go_to(self, ms: int) -> None:
        if self._opened:
            self._until = None
            self.playback.skip(ms - self.playback.position_ms)

    def _moved(self, ms: int) -> None:
        self._strip.show_position(ms)
        self._time.setText(f"{clock(ms)} / {clock(self.playback.duration_ms)}")
        if self.playback.playing and self._until is not None and ms >= self._until:
            self._until = None  # pausing tells the position once more
            self.playback.pause()

    def _turned(self, plays: bool) -> None:
        self._context.theme.dress(self._play, "pause" if plays else "play")

    def _no_sound(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._context.notify(error.happened)
        else:
            self._context.jobs.tell(error)

    # --- choosing

    def _time_field(self, name: str, message: str) -> QLineEdit:
        made = line_edit(name, self.says, message)
        made.setPlaceholderText("00:00:00")
        made.setMaximumWidth(_TIME_WIDTH)
        made.textChanged.connect(self._judge)
        return made

    def _mark_here(self, shown: QLineEdit) -> None:
        self.playback.look()
        shown.setText(clock(self.playback.position_ms, millis=True))

    def _judge(self) -> None:
        span = self.span
        self._wrong.setVisible(span is None and None not in (_ms(self._begins), _ms(self._ends)))
        self._again.setEnabled(span is not None)
        self._strip.show_heard([span] if span else [])
        self.changed.emit()


def _limit(says: Wording, message: str, shown: QLineEdit, here: QWidget) -> QWidget:
    """One end of the passage: its name, its time, and the button that takes it from the sound."""
    named = sentence(says, message, "small")
    named.setWordWrap(False)
    named.setBuddy(shown)
    made = QWidget()
    made.setLayout(row(named, shown, here))
    return made


def _ms(shown: QLineEdit) -> int | None:
    try:
        return timecode.parse(shown.text())
    except ValueError:
        return None
