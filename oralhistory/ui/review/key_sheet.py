"""The cheat sheet: every key of the review page and what it does, and those of the whole window. Any key of the page can be
changed to one that is free."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QKeySequenceEdit, QLabel, QPushButton, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.settings import SettingsFile
from oralhistory.ui import window_keys
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, boxed, button, column, ground, label, row, rule, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.review_keys import HEADINGS, SPEAKER, Clash, Key, Keys, combination, kept_keys, shown

_PEDALS = [("toggle", mark("plays or pauses")), ("hold", mark("plays while it is held down"))]


_WIDE, _WIDEST = 45, 120 * GRID
"""Of the sheet: in heights of a line, and in pixels."""


class KeySheet(QDialog):
    def __init__(self, parent: QWidget, keys: Keys, settings: SettingsFile) -> None:
        super().__init__(parent)
        self.setObjectName("review_key_sheet")
        self.setWindowTitle(tr("Keys"))
        self._keys, self._settings = keys, settings
        self._labels: dict[str, QLabel] = {}
        self._asking: QKeySequenceEdit | None = None
        inner, self._grid = ground(), QGridLayout()
        inner.setLayout(self._grid)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setContentsMargins(0, 0, 3 * GRID, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        for key in keys.table:
            self._head(HEADINGS.get(key.command, ""))
            self._add(self._grid.rowCount(), key)
        self._add_window_keys()
        self._told = label("caution")
        self._told.setObjectName("review_key_told")
        self._told.hide()
        says = Wording()
        pedal = Choice("review_pedal", says, mark("The foot pedal"), _PEDALS)
        pedal.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        pedal.pick(settings.current.pedal)
        pedal.picked.connect(lambda: settings.change(pedal=pedal.value))
        named = label("soft", wrap=False)
        named.setText(tr("The foot pedal"))
        named.setBuddy(pedal)
        back = button("review_keys_delivered", says, mark("Reset to the default keys"), role="link")
        back.clicked.connect(self._as_delivered)
        close = button("review_key_sheet_close", says, mark("Close"), role="primary")
        close.clicked.connect(self.accept)
        foot = row(boxed(Flow(named, pedal, back)), close)
        foot.setStretch(0, 1)
        self.setLayout(column(scrolling(inner), rule(), self._told, foot, margin=2 * GRID))
        self._show()
        self.resize(min(_WIDE * self.fontMetrics().height(), _WIDEST), 78 * GRID)

    def _head(self, words: str) -> None:
        """What the keys behind it are for; nothing where they go on."""
        if words:
            heading = label("large")
            heading.setText(tr(words))
            heading.setContentsMargins(0, GRID, 0, 0)
            self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 3)

    def _add(self, place: int, key: Key) -> None:
        keys, words = _strong(), label()
        words.setText(self._meaning(key))
        change = button(f"review_key_{key.command}", Wording(), "", role="link")
        change.setText(tr("Change …"))
        change.setAccessibleName(tr("Change the key for: {does}", does=self._meaning(key)))
        change.clicked.connect(lambda: self._ask(key.command, place, change))
        self._labels[key.command] = keys
        for at, one in enumerate((keys, words, change)):
            self._grid.addWidget(one, place, at)

    def _add_window_keys(self) -> None:
        self._head(mark("The whole window"))
        for sequence, message in window_keys.SAYS:
            keys, words, at = _strong(), label(), self._grid.rowCount()
            keys.setText(QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText))
            words.setText(tr(message))
            self._grid.addWidget(keys, at, 0)
            self._grid.addWidget(words, at, 1, 1, 2)

    def _meaning(self, key: Key) -> str:
        if key.command.startswith(SPEAKER):
            return tr("Speaker {n}", n=key.command.removeprefix(SPEAKER))
        return tr(key.says)

    def _show(self) -> None:
        for key in self._keys.table:
            told, keys = self._labels[key.command], shown(key)
            told.setText(keys)
            told.ensurePolished()  # else it is measured in letters of another size
            longest = max(told.fontMetrics().horizontalAdvance(one) for one in f"{keys},".split(" "))
            told.setMinimumWidth(max(longest, 16 * GRID))  # it wraps between two keys, never within one

    def _ask(self, command: str, place: int, change: QPushButton) -> None:
        """Take the next key that is pressed."""
        self._stop_asking()
        self._tell(tr("Press the new key now, or the foot pedal."))
        asking = QKeySequenceEdit(self)
        asking.setObjectName("review_key_new")
        asking.setMaximumSequenceLength(1)
        asking.setAccessibleName(change.accessibleName())
        asking.keySequenceChanged.connect(lambda given: self._given(command, given))
        self._labels[command].hide()
        self._grid.addWidget(asking, place, 0)
        self._asking = asking
        asking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _given(self, command: str, given: QKeySequence) -> None:
        sequence = given.toString(QKeySequence.SequenceFormat.PortableText)
        if not sequence:
            return
        self._stop_asking()
        clash = self._keys.hindrance(command, sequence)
        if clash is not None:
            self._tell(self._why(sequence, clash))
            return
        others = [one for one in self._keys.key(command).sequences[1:] if combination(one) != combination(sequence)]
        self._use({**self._keys.own, command: (sequence, *others)})
        self._tell("")

    def _why(self, sequence: str, clash: Clash) -> str:
        if clash.does:
            return tr("{key} is taken already: {does}. Nothing was changed.", key=sequence, does=tr(clash.does))
        return tr("{key} is needed for typing. Nothing was changed.", key=sequence)

    def _as_delivered(self) -> None:
        self._stop_asking()
        self._use({})
        self._tell("")

    def _use(self, own: dict[str, tuple[str, ...]]) -> None:
        self._keys.use(own)
        self._settings.change(keys=kept_keys(own))
        self._show()

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
            self._asking = None
        for one in self._labels.values():
            one.show()

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.setVisible(bool(words))


def _strong() -> QLabel:
    made = label()
    letters = made.font()
    letters.setBold(True)
    made.setFont(letters)
    return made
