"""What stands at the right while no interview is in hand: what to do next."""

from PySide6.QtCore import Qt, Signal

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, card, column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import Page, PageContext

_WIDTH = 56 * GRID


class WelcomePage(Page):
    new_wanted = Signal()

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
        shown = card(self._title, self._next, new)
        shown.setFixedWidth(_WIDTH)
        layout = column(margin=3 * GRID)
        layout.addStretch(1)
        layout.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setLayout(layout)
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

    def retranslate(self) -> None:
        super().retranslate()
        self.show_count(self._count)
