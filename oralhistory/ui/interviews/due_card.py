"""What is due, each with the interview it is about; choosing one goes where it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from oralhistory.i18n import mark, tr
from oralhistory.services import due_words
from oralhistory.services.due_list import Item
from oralhistory.ui.look.pieces import HangingLink, button, clear, column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

MOST_SHOWN = 30


class DueCard(QFrame):
    """`chosen` carries the item."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._items: Sequence[Item] = ()
        self._head = label("large")
        self._head.setObjectName("due_head")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(GRID)
        self._lines.setVerticalSpacing(GRID // 2)
        self._lines.setColumnStretch(1, 1)
        self.setLayout(column(self._head, self._lines, margin=2 * GRID))
        self.show_items(())

    def show_items(self, items: Sequence[Item]) -> None:
        self._items = items
        self._head.setText(due_words.counted(len(items)))
        clear(self._lines)
        for number, one in enumerate(items[:MOST_SHOWN]):
            self._add_line(number, one)
        if len(items) > MOST_SHOWN:
            more = label("soft")
            more.setText(tr("The first {n} are shown.", n=MOST_SHOWN))
            self._lines.addWidget(more, MOST_SHOWN, 0, 1, 2)
        self.setVisible(bool(items))

    def retranslate(self) -> None:
        self.show_items(self._items)

    def _add_line(self, number: int, one: Item) -> None:
        where = button(f"due_{number}", Wording(), mark("Open"), role="link")
        where.setText(one.code or tr("Archive"))
        where.setAccessibleName(" ".join(filter(None, (one.code, due_words.sentence(one)))))
        where.setMinimumWidth(9 * GRID)
        where.clicked.connect(lambda: self.chosen.emit(one))
        said = label("" if one.overdue else "soft")
        said.setText(due_words.sentence(one))
        self._lines.addChildWidget(where)
        self._lines.addItem(HangingLink(where), number, 0)
        self._lines.addWidget(said, number, 1)
