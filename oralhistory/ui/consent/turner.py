"""All at once, or one part at a time: how a form is read aloud together."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import button, label, row
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.look.wording import Wording


class Turner(QWidget):
    """`turned` is emitted when another part is to be shown: see `part`."""

    turned = Signal()

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self._at, self._count = 0, 1
        modes = [("all", mark("All at once")), ("one", mark("One at a time"))]
        self._mode = Answers("consent_reading", says, mark("How the form is read"), modes)
        self._back = button("consent_previous", says, mark("Back"), icon=lambda b: theme.dress(b, "back"))
        self._on = button("consent_next", says, mark("Next"), icon=lambda b: theme.dress(b, "forward"))
        self._place = label("soft", wrap=False)
        self._mode.picked.connect(self._changed)
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=step: self._turn(by))
        self.setLayout(row(self._mode, self._back, self._on, self._place))
        self._show()

    @property
    def part(self) -> int | None:
        """The one part to show; None for all of them."""
        return self._at if self._mode.value == "one" else None

    def begin(self, count: int) -> None:
        """There are `count` parts; start with the first."""
        self._at, self._count = 0, count
        self._show()

    def recount(self, count: int) -> None:
        """Other parts are read than before; the place is kept."""
        self._at, self._count = min(self._at, count - 1), count
        self._show()

    def go_to(self, part: int) -> None:
        """Have this part read, where one is read at a time."""
        if self.part is not None:
            self._at = part
            self._changed()

    def retranslate(self) -> None:
        self._show()

    def _turn(self, by: int) -> None:
        if self.part is not None:
            self._at = min(max(self._at + by, 0), self._count - 1)
            self._changed()

    def _changed(self) -> None:
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        one = self.part is not None
        for widget in (self._back, self._on, self._place):
            widget.setVisible(one)
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at < self._count - 1)
        self._place.setText(tr("{n} of {count}", n=self._at + 1, count=self._count))
