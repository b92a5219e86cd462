"""A long page of cards with a list of them: at its left where there is room, else one line above it.

What is chosen in the list comes to the top of the page, and while the page is scrolled the list says which card is in view.
A card is called what the large sentence at its top says; a hidden one is not in the list.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QScrollArea, QWidget

from oralhistory.ui.look.pieces import Choice, column, row, scrolling, stacked
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_LEAST_CARDS = 28
"""Of width for the cards, in heights of a line: with less the tables and fields in them are too narrow to be read."""
_SHOWN_OR_HIDDEN = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class Parts(QWidget):
    """`name` is that of the list; the line in its place is called the same with ``_line`` behind it.

    Arrow keys in the list bring one card after the other; Return puts the keyboard into the card.
    """

    def __init__(
        self, name: str, says: Wording, accessible: str, keys: str, cards: Sequence[QFrame], *, widest: int
    ) -> None:
        """`keys` says how the list is used; no card is broader than `widest`, in device-independent pixels."""
        super().__init__()
        self._cards = list(cards)
        self._aim: QFrame | None = None  # stays chosen when the page ends before it can come to the top
        self._moving = False
        inner = stacked(*self._cards)
        inner.setMaximumWidth(widest)  # of the whole: narrower parts would be given the height that they need when they are wide
        self._inner, self._area = inner, scrolling(inner)
        self._list = QListWidget()
        self._list.setObjectName(name)
        self._list.setProperty("role", "contents")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._line = Choice(f"{name}_line", says, accessible, ())
        for one in (self._list, self._line):
            says(one.setAccessibleName, accessible)
            says(one.setAccessibleDescription, keys)
            says(one.setToolTip, keys)
        self._above = QWidget()
        self._above.setLayout(row(self._line, margin=2 * GRID))
        self._above.layout().setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)  # type: ignore[union-attr]
        beside = row(self._list, spacing=0)
        beside.addWidget(self._area, 1)
        whole = column(self._above, spacing=0)
        whole.addLayout(beside, 1)
        self.setLayout(whole)
        self._connect()
        self.name_parts()

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._chosen)
        self._list.itemClicked.connect(lambda _: self._chosen(self._list.currentRow()))
        self._line.activated.connect(self._chosen)
        for one in (self._list, self._line):
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                within = QShortcut(QKeySequence(key), one, context=Qt.ShortcutContext.WidgetShortcut)
                within.activated.connect(self._enter)
        bar = self._area.verticalScrollBar()
        bar.valueChanged.connect(self._follow)
        bar.rangeChanged.connect(self._bring)
        for card in self._cards:
            card.installEventFilter(self)

    @property
    def area(self) -> QScrollArea:
        return self._area

    def name_parts(self) -> None:
        """Read the cards' names: the language, or what is shown, has changed."""
        names = [_name(one) for one in self._shown()]
        at = max(self._line.currentIndex(), 0)
        self._moving = True
        self._list.clear()
        self._line.clear()
        self._list.addItems(names)
        self._line.addItems(names)
        self._moving = False
        self._point(min(at, len(names) - 1))
        self._share_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SHOWN_OR_HIDDEN:
            self.name_parts()
            self._follow()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The list stands beside the cards if they keep the width that they need."""
        width, bar = self._list.sizeHintForColumn(0) + 4 * GRID, self._area.verticalScrollBar().sizeHint().width()
        self._above.setContentsMargins(0, 0, bar, 0)  # as broad as the cards
        self._list.setFixedWidth(width)
        needed = max(self._inner.minimumSizeHint().width() + 2 * GRID, _LEAST_CARDS * self.fontMetrics().height())
        beside = self.width() - width >= needed
        self._list.setVisible(beside)
        self._above.setVisible(not beside)

    def _shown(self) -> list[QFrame]:
        return [one for one in self._cards if not one.isHidden()]

    def _chosen(self, at: int) -> None:
        if not self._moving and at >= 0:
            self._aim = self._shown()[at]
            self._point(at)
            self._bring()

    def _bring(self) -> None:
        """Have the card that was chosen at the top, also when those above it have grown since."""
        if self._aim is not None:
            self._moving = True
            self._area.verticalScrollBar().setValue(self._aim.y() - GRID)
            self._moving = False

    def _follow(self) -> None:
        """Somebody scrolled, or Tab went on to a field further down."""
        if self._moving:
            return
        self._aim = None
        bar, shown = self._area.verticalScrollBar(), self._shown()
        reached = bar.value() + self._area.viewport().height() // 3
        above = [at for at, one in enumerate(shown) if one.y() <= reached]
        if bar.value() == bar.minimum():
            self._point(0)
        else:
            self._point(len(shown) - 1 if bar.value() == bar.maximum() else max(above, default=0))

    def _point(self, at: int) -> None:
        self._moving = True
        self._list.setCurrentRow(at)
        self._line.setCurrentIndex(at)
        self._moving = False

    def _enter(self) -> None:
        """Have the keyboard on the first thing in the card that takes it."""
        card = self._shown()[self._line.currentIndex()]
        self._chosen(self._line.currentIndex())
        one = card.nextInFocusChain()
        while one is not None and card.isAncestorOf(one):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return
            one = one.nextInFocusChain()


def _name(card: QFrame) -> str:
    return next((one.text() for one in card.findChildren(QLabel) if one.property("role") == "large"), "")
