"""What plays and where: back, play, forward, the time, the strip of the whole interview; and the way to the list of keys."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QWidget

from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark
from oralhistory.settings import SPEEDS
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.listening.playback import JoinedSound
from oralhistory.ui.listening.time_strip import TimeStrip
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.review_keys import Keys, shown
from oralhistory.ui.review.waveform import Waveform


class TimeShown(QWidget):
    """Where the sound is. Not a label: those lay the whole window out anew at each second, while somebody types."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("review_time")
        self._theme = theme
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else all that lies under it is painted each time
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._font, self._color, self._ground = self._theme.font(), self._theme.color("text_soft"), self._theme.color("surface")
        self.updateGeometry()

    def show_time(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance("00:00:00 / 00:00:00") + GRID, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        painter.setFont(self._font)
        painter.setPen(self._color)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.end()


class TransportBar(QFrame):
    """`commanded` carries the same commands as the keys. What a button is for stands in the table of keys, with its key as it is
    when `says` says it."""

    commanded = Signal(str)
    speed_chosen = Signal(int)
    """In percent."""

    def __init__(self, says: Wording, theme: Theme, jobs: Jobs, keys: Keys) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._theme, self._keys = theme, keys
        self._duration_ms = 0
        self.strip = TimeStrip(theme)
        self.waveform = Waveform(theme, jobs)
        says(self.strip.setAccessibleName, mark("The whole interview, and where one is in it"))
        says(self.waveform.setAccessibleName, mark("The sound around the place where one is, as a curve"))
        self._time = TimeShown(theme)
        self._saved: QLabel = label("small", wrap=False)
        self._saved.setObjectName("review_saved")
        self._today: QLabel = label("small", wrap=False)
        self._today.setObjectName("review_today")
        self._today.hide()
        self._back = self._button(says, "back", "back")
        self.play = self._button(says, "play", "play")
        self._forward = self._button(says, "forward", "forward")
        self._speed = self._words_button("speed")
        says(self._speed.setToolTip, mark("Speed of playing; the pitch stays"))
        says(self._speed.setAccessibleName, mark("Speed of playing; the pitch stays"))
        self._speed.setMenu(self._speed_menu())
        self.loop = self._words_button("loop")
        self._tell(says, self.loop, "loop")
        says(self.loop.setText, mark("Loop"))
        self.loop.setCheckable(True)
        self.loop.clicked.connect(lambda: self.commanded.emit("loop"))
        self.to_sound = self._words_button("jump")
        self._tell(says, self.to_sound, "jump")
        says(self.to_sound.setText, mark("Back to the sound"))
        self.to_sound.clicked.connect(lambda: self.commanded.emit("jump"))
        self.to_sound.hide()
        sheet = button("review_keys", says, mark("Keys"), role="link", icon=lambda one: theme.dress(one, "keyboard"))
        self._tell(says, sheet, "keys")
        sheet.clicked.connect(lambda: self.commanded.emit("keys"))
        layout = column(margin=GRID, spacing=GRID // 2)
        layout.addLayout(Flow(
            self._back, self.play, self._forward, self._time, self._speed, self.loop, sheet, self._today, self._saved,
            self.to_sound,
        ))  # fmt: skip
        layout.addWidget(self.strip)
        layout.addWidget(self.waveform)
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Base, self)
        self.begin(0)

    def _button(self, says: Wording, command: str, icon: str) -> QPushButton:
        made = button(f"review_{command}", Wording(), "", icon=lambda one: self._theme.dress(one, icon))
        self._tell(says, made, command)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        made.clicked.connect(lambda: self.commanded.emit(command))
        return made

    def _words_button(self, command: str) -> QPushButton:
        made = button(f"review_{command}", Wording(), "", role="link")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _tell(self, says: Wording, made: QPushButton, command: str) -> None:
        says(made.setAccessibleName, self._keys.key(command).says)
        says(partial(self._hint, made, command), self._keys.key(command).says)

    def _hint(self, made: QPushButton, command: str, words: str) -> None:
        key = shown(self._keys.key(command))
        made.setToolTip(f"{words} ({key})" if key else words)

    def _speed_menu(self) -> QMenu:
        menu = QMenu(self)
        for percent in SPEEDS:
            action = menu.addAction(times(percent))
            action.setObjectName(f"review_speed_{percent}")
            action.setCheckable(True)
            action.setData(percent)
            action.triggered.connect(lambda _on=False, chosen=percent: self.speed_chosen.emit(chosen))
        return menu

    def show_speed(self, percent: int) -> None:
        self._speed.setText(times(percent))
        for action in self._speed.menu().actions():
            action.setChecked(action.data() == percent)

    def begin(self, duration_ms: int, sounds: Sequence[JoinedSound] = ()) -> None:
        """Another interview's sound, or none (0)."""
        self.waveform.begin(sounds)
        self._duration_ms = duration_ms
        self.strip.begin(duration_ms)
        for one in (self._back, self.play, self._forward):
            one.setEnabled(duration_ms > 0)
        self.show_position(0)

    def show_position(self, ms: int) -> None:
        self._time.show_time(f"{clock(ms)} / {clock(self._duration_ms)}")
        self.strip.show_position(ms)
        self.waveform.show_position(ms)

    def show_playing(self, playing: bool) -> None:
        self._theme.dress(self.play, "pause" if playing else "play")

    def show_today(self, words: str) -> None:
        """How long was listened today; nothing is said of less than a minute."""
        self._today.setText(words)
        self._today.setVisible(bool(words))

    def show_saved(self, words: str) -> None:
        self._saved.setText(words)


def times(percent: int) -> str:
    """A speed as it is shown."""
    return f"{percent / 100:g} ×"
