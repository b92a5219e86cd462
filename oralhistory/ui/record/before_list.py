"""What to see to before a recording begins: a list to tick for oneself. Nothing depends on it and nothing is kept."""

from PySide6.QtWidgets import QCheckBox, QFrame

from oralhistory.i18n import mark
from oralhistory.ui.look.pieces import column, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

ITEMS = {
    "quiet": mark("Door closed, telephones off and out of the room"),
    "close": mark("Microphone within an arm's length of the narrator, on something soft"),
    "power": mark("Machine on mains power, its own disk encryption on"),
    "stop": mark("The narrator knows: pause, off the record and sealing may be asked for at any time"),
    "alone": mark("Nobody is in the room or within hearing whom the narrator does not want there"),
}


class BeforeList(QFrame):
    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._ticks = [QCheckBox() for _ in ITEMS]
        lines = []
        for (name, words), tick in zip(ITEMS.items(), self._ticks, strict=True):
            tick.setObjectName(f"record_before_{name}")
            says(tick.setAccessibleName, words)
            line = row(tick, sentence(says, words), spacing=0)  # beside it, because the words of a check box do not wrap
            line.setStretch(1, 1)
            lines.append(line)
        self.setLayout(column(sentence(says, mark("Before it begins"), "large"), *lines, margin=2 * GRID))

    def begin(self) -> None:
        """Another interview."""
        for tick in self._ticks:
            tick.setChecked(False)
