"""The way through a release, one stage behind the other, each with how much waits there; Ctrl and its number go to it."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QStackedWidget, QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

STAGES = {
    "known": mark("Known names"),
    "decide": mark("Decide"),
    "read": mark("Read through"),
    "decided": mark("Decided"),
    "second": mark("Second reader"),
    "found": mark("Leak check"),
}


class StageBar(QFrame):
    """The tabs over a stack of pages, which are added in the order of `STAGES`."""

    turned = Signal(str)

    def __init__(self, stack: QStackedWidget, pages: Mapping[str, QWidget], owner: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._stack = stack
        self._group = QButtonGroup(self)
        self._tabs: dict[str, QPushButton] = {}
        layout = Flow(spacing=0)
        layout.setContentsMargins(GRID, 0, GRID, 0)
        for number, name in enumerate(STAGES):
            tab = button(f"release_stage_{name}", Wording(), "", role="tab")
            tab.setCheckable(True)
            keys = f"Ctrl+{number + 1}"
            tab.setToolTip(keys)
            QShortcut(QKeySequence(keys), owner).activated.connect(lambda n=name: self.turn(n))
            self._group.addButton(tab, number)
            self._tabs[name] = tab
            layout.addWidget(tab)
            stack.addWidget(pages[name])
        self._group.idClicked.connect(lambda number: self.turn(list(STAGES)[number]))
        self.setLayout(layout)
        self.count({})
        self.turn("decide")

    @property
    def shown(self) -> str:
        return list(STAGES)[self._stack.currentIndex()]

    def turn(self, name: str) -> None:
        self._tabs[name].setChecked(True)
        self._stack.setCurrentIndex(list(STAGES).index(name))
        self.turned.emit(name)

    def count(self, waiting: Mapping[str, int]) -> None:
        """Say how much waits at each stage; nothing is said of what is empty."""
        for name, tab in self._tabs.items():
            n = waiting.get(name, 0)
            words = tr(STAGES[name])
            tab.setText(f"{words} ({n})" if n else words)
            tab.setAccessibleName(tab.text())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
