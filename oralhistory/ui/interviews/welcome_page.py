"""What stands at the right while no interview is in hand: what to do next, and what is due."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from oralhistory.i18n import mark, tr
from oralhistory.services.due_list import Item
from oralhistory.ui.interviews.due_card import DueCard
from oralhistory.ui.look.pieces import button, card, column, ground, label, row, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import Page, PageContext

_WIDTH = 72 * GRID


class WelcomePage(Page):
    """`due_chosen` carries an item of what is due."""

    new_wanted = Signal()
    due_chosen = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._count = 0
        self._title, self._next = label("title"), label()
        new = button(
            "welcome_new",
            self.says,
            mark("New interview"),
            role="primary",
            icon=lambda b: context.theme.dress(b, "plus", "on_accent"),
        )
        new.clicked.connect(self.new_wanted)
        self._due = DueCard()
        self._due.chosen.connect(self.due_chosen)
        shown = card(self._title, self._next, new)
        layout = column(margin=3 * GRID, spacing=2 * GRID)
        layout.addStretch(1)
        for one in (shown, self._due):
            one.setMaximumWidth(_WIDTH)
            beside = row(one)
            beside.insertStretch(0, 1)
            beside.addStretch(1)
            beside.setStretch(1, 100)
            layout.addLayout(beside)
        layout.addStretch(2)
        inner = ground()
        inner.setLayout(layout)
        self.setLayout(column(scrolling(inner)))
        self.show_count(0)

    def show_count(self, interviews: int) -> None:
        self._count = interviews
        if interviews:
            self._title.setText(tr("Choose an interview"))
            self._next.setText(tr("Take one from the list at the left, or begin a new one."))
        else:
            self._title.setText(tr("The archive is open and empty"))
            self._next.setText(
                tr(
                    "Begin with a new interview. Its steps then lead on: take consent, record, correct the text, release."
                )
            )

    def show_due(self, items: Sequence[Item]) -> None:
        self._due.show_items(items)

    def retranslate(self) -> None:
        super().retranslate()
        self.show_count(self._count)
        self._due.retranslate()
