"""What no detector sees: a reader goes through the text, first through the passages that tell much together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from oralhistory.domain.redaction import RenderedSegment
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.release.combining import Combination
from oralhistory.ui.look.pieces import column, ground, joined, scrolling, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

KINDS = {
    "place": mark("where"),
    "time": mark("when"),
    "age": mark("how old"),
    "unit": mark("which unit or workplace"),
    "other": mark("something particular"),
}


class ReadingView(QWidget):
    """`chosen` carries the segment of a passage."""

    chosen = Signal(str)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setObjectName("release_combinations")
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)  # what wraps is never cut short
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setSpacing(2)
        says(self._list.setAccessibleName, mark("Passages that tell much together"))
        for happens in (self._list.itemActivated, self._list.currentItemChanged):
            happens.connect(self._choose)
        self._none = sentence(says, mark("No passage tells the place, the time and who was there all together."), "soft")
        self._head = sentence(says, mark("These passages tell much together. Who could be meant by them, and how many?"))
        layout = column(
            sentence(says, mark(
                "Read the text through once. Someone who knows the family must not recognise the narrator by an office, a unit or"
                " a rare event. To decide on more words, show the original (Ctrl+O), select them and press Ctrl+M; relatives and"
                " offices are underlined with dots there."
            ), "soft"),
            self._head,
            self._none,
            margin=2 * GRID,
        )  # fmt: skip
        layout.addWidget(self._list, 100)
        layout.addStretch(1)
        inner = ground()
        inner.setLayout(layout)
        self.setLayout(column(scrolling(inner)))  # with large letters the page has not even room for what is to be done

    def show_passages(self, found: Sequence[Combination], rendered: Sequence[RenderedSegment]) -> None:
        texts = {one.segment: one.words(tr) for one in rendered}
        lines = [
            (f"{clock(one.at_ms)}   {joined([tr(KINDS[kind]) for kind in one.kinds])}\n{texts.get(one.segment, '')}", one.segment)
            for one in found
        ]
        self._none.setVisible(not lines)
        for one in (self._list, self._head):
            one.setVisible(bool(lines))
        if lines == [(item.text(), item.data(Qt.ItemDataRole.UserRole)) for item in self._items()]:
            return
        at = self._list.currentRow()
        self._list.blockSignals(True)
        self._list.clear()
        for text, segment in lines:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, segment)
            self._list.addItem(item)
        self._list.setCurrentRow(min(at, len(lines) - 1))
        self._list.blockSignals(False)

    def take_keyboard(self) -> None:
        self._list.setFocus()

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(at) for at in range(self._list.count())]

    def _choose(self, item: QListWidgetItem | None, *_: object) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
