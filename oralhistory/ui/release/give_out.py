"""The foot of the page: how many decisions are open, the last one taken back, and the door out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame

from oralhistory.domain.consent import Reason
from oralhistory.domain.taking_back import to_bring_back, to_take_back
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.release.release_state import ReleaseState
from oralhistory.services.release.releasing import Order
from oralhistory.ui.look.pieces import button, joined, label, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.log_view import told_of


class GiveOut(QFrame):
    back_wanted = Signal()
    again_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.held = False
        """Whether a decision is being taken back just now."""
        self._told = label("large")
        self._told.setObjectName("release_open")
        self._back = button("release_undo", says, mark("Undo"), role="link",
                            icon=lambda one: theme.dress(one, "undo", "accent"))  # fmt: skip
        self._again = button("release_redo", says, mark("Redo"), role="link",
                             icon=lambda one: theme.dress(one, "redo", "accent"))  # fmt: skip
        self._export = button("release_export", says, mark("Export …"), role="primary",
                              icon=lambda one: theme.dress(one, "export", "on_accent"))  # fmt: skip
        self._back.clicked.connect(self.back_wanted)
        self._again.clicked.connect(self.again_wanted)
        self._export.clicked.connect(self.export_wanted)
        self._back.setToolTip("Ctrl+Z")
        self._again.setToolTip("Ctrl+Y")
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.back_wanted)  # where nothing is left, that is told
        for keys in ("Ctrl+Y", "Ctrl+Shift+Z"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._again.click)
        inside = row(margin=GRID)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.addWidget(self._told, 1)
        for made in (self._back, self._again, self._export):
            inside.addWidget(made)
        self.setLayout(inside)

    def wait(self) -> None:
        """Nothing is known yet of the interview."""
        self._hold_back(tr("Looking for names and places …"))

    def wait_for_search(self) -> None:
        """Nothing is known, and nobody looks."""
        self._hold_back(tr("The search for names and places was stopped."))

    def _hold_back(self, why: str) -> None:
        self._told.setText(why)
        for one in (self._back, self._again, self._export):
            one.setEnabled(False)

    def hold(self) -> None:
        """A decision is being taken back: which one comes next is not known yet."""
        self.held = True
        self._back.setEnabled(False)

    def shut(self) -> None:
        """An export is under way. The keyboard waits here for what is told of it, and does not go to the head of the window."""
        if self._export.hasFocus():
            self._told.setFocus()
        self._export.setEnabled(False)

    @property
    def keyboard_waits(self) -> bool:
        return self._told.hasFocus()

    def show_state(self, state: ReleaseState, against: Sequence[Reason], order: Order, *, marked: int, exporting: bool) -> None:
        """`marked` passages wait for an answer that nothing but the window knows of: they are open like any other."""
        self.held, last = False, to_take_back(state.log)
        self._back.setEnabled(last is not None)
        self._back.setToolTip(joined([told_of(last, order.profile) if last else "", "Ctrl+Z"]))
        self._again.setVisible(to_bring_back(state.log) is not None)
        self._again.setEnabled(True)
        open_now, cards = len(state.outlook.state.open) + marked, len(state.cards) + marked
        if open_now:
            told = ntr("{n} decision is open.", "{n} decisions are open.", open_now)
            if 0 < cards < open_now:
                told = joined([told, ntr("{n} card", "{n} cards", cards)])
        elif against:
            told = tr("No decision is open; the reasons above still stand against it.")
        elif not order.recipient:
            told = tr("Say who receives it.")
        else:
            told = tr("Nothing stands against it.")
        self._told.setText(told)
        self._export.setEnabled(not open_now and not state.outlook.reasons and bool(order.recipient) and not exporting)
