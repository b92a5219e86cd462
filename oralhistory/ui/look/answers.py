"""A question with a row of answers, of which one is chosen or none yet: yes / no / not asked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from oralhistory.ui.look.pieces import button, row
from oralhistory.ui.look.wording import Wording


class Answers(QWidget):
    """A row of answers of which one is chosen: yes / no / not asked, reachable with arrow keys and Tab.

    An `open_` question has none until it is answered, and then its value is "".
    """

    picked = Signal()

    def __init__(
        self, name: str, says: Wording, accessible: str, values: Sequence[tuple[str, str]], *, open_: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        says(self.setAccessibleName, accessible)
        self._values = [value for value, _ in values]
        self._group = QButtonGroup(self)
        layout = row(spacing=0)
        for index, (value, message) in enumerate(values):
            answer = button(f"{name}_{value}", says, message, role="answer")
            answer.setCheckable(True)
            self._group.addButton(answer, index)
            layout.addWidget(answer)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(lambda _id: self.picked.emit())
        self.pick("" if open_ else self._values[0])
        self._round_ends()

    @property
    def value(self) -> str:
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else ""

    def pick(self, value: str) -> None:
        """Show this answer; for an empty one none, as nobody has answered yet."""
        if value:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)  # a group in which one must be chosen lets nobody take it back
        for one in self._group.buttons():
            one.setChecked(False)
        self._group.setExclusive(True)

    def focus(self) -> None:
        """Have the keyboard on the answer that is chosen, or on the first: nothing is chosen by that."""
        (self._group.checkedButton() or self._group.buttons()[0]).setFocus()

    def offer(self, value: str, offered: bool) -> None:
        """Leave an answer out where it is not a person's to give."""
        self._group.button(self._values.index(value)).setVisible(offered)
        self._round_ends()

    def _round_ends(self) -> None:
        shown = [one for one in self._group.buttons() if not one.isHidden()]
        for one in shown:
            one.setProperty("place", "first" if one is shown[0] else "last" if one is shown[-1] else "")
            one.style().unpolish(one)
            one.style().polish(one)
