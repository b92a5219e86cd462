"""The calm strip at the top of the window: what happened, what is safe, what to do. Takes no focus and never blinks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QToolButton

from oralhistory.errors import NotAllowed, OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.ui.look.pieces import column, label, restyle, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording


class Banner(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.says = Wording()
        self._happened = label("large")
        self._happened.setObjectName("banner_happened")
        self._more = label()
        self._more.setObjectName("banner_more")
        for told in (self._happened, self._more):
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setObjectName("banner_close")
        self.says(close.setAccessibleName, mark("Close this message"))
        self.says(close.setToolTip, mark("Close this message"))
        theme.dress(close, "close")
        close.clicked.connect(self.hide)
        layout = row(margin=2 * GRID)
        layout.addLayout(column(self._happened, self._more, spacing=GRID // 2), 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.hide()

    def tell(self, happened: str, lines: Sequence[str] = (), *, role: str = "note") -> None:
        """Show a message; `role` is note, note_good, note_caution or note_danger."""
        restyle(self, role)
        self._happened.setText(happened)
        self._more.setText("\n".join(line for line in lines if line))
        self._more.setVisible(any(lines))
        self.setAccessibleName(happened)
        self.show()

    def trouble(self, error: OralHistoryError) -> None:
        """A fault of the world, with every reason in words."""
        reasons = [f"– {refusal.sentence(one)}" for one in error.reasons] if isinstance(error, NotAllowed) else []
        self.tell(error.happened, [*reasons, error.safe, error.todo], role="note_caution")

    def fault(self, kind: str) -> None:
        """A fault of the program: told by its type, never by its text, which may hold a person's words."""
        self.tell(
            tr("The program made a mistake ({kind}).", kind=kind),
            [tr("What was stored before is safe. You can go on; if it happens again, close the window and open it.")],
            role="note_danger",
        )
