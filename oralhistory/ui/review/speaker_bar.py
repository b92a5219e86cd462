"""Who speaks: the speakers of the interview with their keys, for the row being edited; a new one, or a new name everywhere; how
their voice sounds."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.drawn_once import Button, stand_on
from oralhistory.ui.look.folding import Folding
from oralhistory.ui.look.pieces import button, clear, column, label, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.label_dialog import LabelDialog
from oralhistory.ui.review.review_keys import SPEAKER, Keys, shown
from oralhistory.ui.review.speaker_labels import in_words

MOST = 9
_LABELS = mark(
    "N1 is the first narrator, I1 the first interviewer, T1 the first interpreter. Labels stand in what is exported: take no"
    " real name."
)


class SpeakerBar(QFrame):
    """`chosen` carries a speaker's label for the current row; `renamed` the old and the new one, meant everywhere."""

    chosen = Signal(str)
    voice_wanted = Signal()
    same_wanted = Signal()
    channels_wanted = Signal()
    renamed = Signal(str, str)

    def __init__(self, says: Wording, theme: Theme, keys: Keys) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._theme, self._keys = theme, keys
        self._names: list[str] = []
        self._current = ""
        self.ask: Callable[[str, str], str] = self._ask
        """Asks a person for a name: (question, what stands there) -> answer, empty when there is none."""
        title = label("soft", wrap=False)
        says(title.setText, mark("Speaker"))
        self._buttons = row()
        other = button("review_speaker_other", says, mark("Other …"), role="link")
        says(other.setToolTip, _LABELS)
        other.clicked.connect(self._other)
        self._same_on = button("review_speaker_on", says, mark("Following segments too"), role="link")
        self._same_on.clicked.connect(self.same_wanted)
        self._rename = button("review_speaker_rename", says, mark("Rename everywhere …"), role="link")
        self._rename.clicked.connect(self._new_name)
        self._voice = button("review_voice", says, mark("Hear the voice"), role="link")
        self._voice.clicked.connect(self.voice_wanted)
        self._by_channel = button("review_by_channel", says, mark("By microphone …"), role="link")
        self._by_channel.clicked.connect(self.channels_wanted)
        known = QWidget()
        known.setLayout(self._buttons)
        wishes = (other, self._same_on, self._voice, self._rename, self._by_channel)
        for one in wishes:
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        margins = QMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        self._line = Folding(
            "review_speaker_more", says, mark("More on speakers"), title, known, *wishes, foldable=wishes, margins=margins
        )
        self.setLayout(column(self._line))
        stand_on(QPalette.ColorRole.Base, self)
        self.offer_channels(False)

    def name(self, number: int) -> str:
        """The label behind a key from 1; empty when there is none."""
        return self._names[number - 1] if number <= len(self._names) else ""

    def offer_channels(self, offered: bool) -> None:
        """Whether each speaker may have a microphone of their own."""
        self._line.offer(self._by_channel, offered)

    def show_speakers(self, names: Sequence[str], current: str) -> None:
        if list(names[:MOST]) != self._names:
            self._names = list(names[:MOST])
            clear(self._buttons)
            for number, name in enumerate(self._names, 1):
                self._buttons.addWidget(self._button(number, name))
        self._current = current
        self._rename.setEnabled(bool(current))
        self._voice.setEnabled(bool(current))
        self._voice.setToolTip(shown(self._keys.key("voice")))
        self._same_on.setEnabled(bool(current))
        self._same_on.setToolTip(shown(self._keys.key("same_speaker_on")))
        for at in range(self._buttons.count()):
            item = self._buttons.itemAt(at)
            one = item.widget() if item else None
            if isinstance(one, QPushButton):
                one.setChecked(self._names[at] == current)
                who = in_words(self._names[at])
                one.setAccessibleDescription(who)
                one.setToolTip("\n".join(filter(None, (who, shown(self._keys.key(f"{SPEAKER}{at + 1}"))))))

    def _button(self, number: int, name: str) -> QPushButton:
        made = Button(f"{number}  {name}".replace("&", "&&"))
        stand_on(QPalette.ColorRole.Base, made)
        made.setObjectName(f"review_speaker_{number}")
        made.setAccessibleName(tr("Speaker {n}", n=name))
        made.setProperty("role", "place")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.chosen.emit(name))
        return made

    def _other(self) -> None:
        name = self.ask("\n".join((tr("Label of the speaker of this segment"), tr(_LABELS))), "")
        if name:
            self.chosen.emit(name)

    def _new_name(self) -> None:
        old = self._current
        name = self.ask(tr("New label for {name}, everywhere in this interview", name=old), old)
        if name and name != old:
            self.renamed.emit(old, name)

    def _ask(self, question: str, standing: str) -> str:
        dialog = LabelDialog(self, question, standing)
        answer = dialog.answer()
        dialog.deleteLater()
        return answer
