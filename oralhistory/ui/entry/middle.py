"""What stands in the middle of a window without an archive: as broad as its letters want, scrolled where it is too high."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from oralhistory.ui.look.pieces import column, ground, row, scrolling
from oralhistory.ui.look.theme import GRID, Theme


class Middle(QWidget):
    """`width` is that of the `cards` in letters of the usual size."""

    def __init__(self, theme: Theme, width: int, *cards: QWidget) -> None:
        super().__init__()
        self._theme, self._width, self._cards = theme, width, cards
        middle = row(column(*cards))  # an alignment would take no notice of how high sentences are at this width
        middle.insertStretch(0, 1)
        middle.addStretch(1)
        inner, layout = ground(), column()
        layout.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(2)
        inner.setLayout(layout)
        self.setLayout(column(scrolling(inner)))
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for card in self._cards:
            card.setFixedWidth(min(round(self._width * self._theme.scale), self.width() - 2 * GRID))
