"""A plain table to read: rows of text in columns as wide as they need, the last one takes what room is left; one is chosen.

Where there is no room for all of them the broadest give way first, and show how their texts begin: none is cut off unseen.
"""

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from oralhistory.i18n import tr
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_MOST_ROWS_SHOWN = 12
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
"""What stays in one line: a word, or a Chinese character; a line may end between two of those."""
_HIGHEST_SCRIPT = 1.2
"""How much higher a line of Korean or Chinese is than one of the font's own letters."""
_HIGHEST = 10_000
_AROUND = 9 * GRID // 4
"""Pixels around the words of a cell: what the style sheet and Qt leave free, and a little more."""


class Table(QTableWidget):
    """`columns` are messages for the heads; cells are (text, tooltip) or text. The columns `whole` never give way;
    `wraps`: what has no room in a line goes on in the next one, and no word is cut; where there is no room for the longest of
    each column the table scrolls to the side."""

    def __init__(
        self, name: str, says: Wording, accessible: str, columns: Sequence[str], *, whole: Collection[int] = (),
        wraps: bool = False,
    ) -> None:
        super().__init__(0, len(columns))
        self._whole = whole
        self._wanted: list[int] = []
        self._least: list[int] = []
        self._advances: list[list[int]] = []
        """Of the longest line of each cell's text, before it is turned, for a table that wraps."""
        self._tight = False
        self.setObjectName(name)
        self.setProperty("role", "plain")
        says(self.setAccessibleName, accessible)
        self._columns = columns
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(wraps)
        if wraps:
            self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fill([])

    @property
    def chosen(self) -> int:
        """The row that is chosen; -1 when none is."""
        return next((one.row() for one in self.selectionModel().selectedRows()), -1)

    def choose(self, y: int) -> None:
        """Unlike `selectRow` whatever keys are down: with Ctrl held that one lets go of a row that is chosen already."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.model().index(y, 0), flags.ClearAndSelect | flags.Rows)

    def fill(self, rows: Sequence[Sequence[str | tuple[str, str]]]) -> None:
        chosen, before = self.chosen, self._texts()
        for x, head in enumerate(map(tr, self._columns)):
            self.setHorizontalHeaderItem(x, _told(head))
        self.setRowCount(len(rows))
        for y, cells in enumerate(rows):
            for x, cell in enumerate(cells):
                text, tip = cell if isinstance(cell, tuple) else (cell, "")
                self.setItem(y, x, _told(text, tip))
        if chosen >= 0 and len(before) != len(rows):
            self._choose_again(before[chosen])
        self.setVisible(bool(rows))
        self._measure()
        self._fit()

    def _texts(self) -> list[list[str]]:
        rows = [[self.item(y, x) for x in range(self.columnCount())] for y in range(self.rowCount())]
        return [[one.text() if one else "" for one in cells] for cells in rows]

    def _choose_again(self, row: list[str]) -> None:
        """A row that went takes the choice with it: the one that slides into its place was chosen by nobody."""
        now = self._texts()
        if row in now:
            self.choose(now.index(row))
        else:
            self.clearSelection()

    def _measure(self) -> None:
        if self.wordWrap():  # Qt would give what a text needs in the width that its column has just now
            self._advances = [[self._advance(one) for one in row] for row in self._texts()]
            longest = [max(column) + _AROUND for column in zip(*self._advances, strict=True)] or [0] * self.columnCount()
        else:
            longest = [self.sizeHintForColumn(x) for x in range(self.columnCount())]
        self._wanted = [max(wanted, self._head(x)) for x, wanted in enumerate(longest)]
        words = [wanted if x in self._whole else self._longest_word(x) for x, wanted in enumerate(self._wanted)]
        self._least = words if self.wordWrap() else []
        self._share_width()

    def _advance(self, text: str) -> int:
        return max((self.fontMetrics().horizontalAdvance(line) for line in text.split("\n")), default=0)

    def _head(self, x: int) -> int:
        """The width that the words of a head need. What Qt gives for it has room for an arrow, which none has."""
        return self.horizontalHeader().fontMetrics().horizontalAdvance(tr(self._columns[x])) + _AROUND

    def _longest_word(self, x: int) -> int:
        """The width below which a word of this column, or its head, is cut."""
        texts = (self.item(y, x) for y in range(self.rowCount()))
        words = (word for one in texts if one is not None for word in _WORD.findall(one.text()))
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return min(self._wanted[x], max(longest + _AROUND, self._head(x)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        room = self.viewport().width()
        self._tight = sum(self._least) > room
        scrolls = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._tight else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(scrolls)
        widths = list(self._least) if self._tight else fitting(self._wanted, room, self._whole, self._least)
        if widths:
            widths[-1] += max(room - sum(widths), 0)
        for x, width in enumerate(widths):
            self.setColumnWidth(x, width)
        if self.wordWrap():
            self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a number of them; the page scrolls the rest."""
        if self.wordWrap():
            self._fit_rows()
        else:
            self.resizeRowsToContents()
        shown = min(self.rowCount(), _MOST_ROWS_SHOWN)
        head = self.horizontalHeader().sizeHint().height()
        if self._tight:
            head += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(head + sum(self.rowHeight(y) for y in range(shown)) + 4)

    def _fit_rows(self) -> None:
        """As high as what is turned over into further lines. Qt leaves out what the sheet keeps free around the words, finds that
        they fit where they do not, and cuts them."""
        metrics, flags = self.fontMetrics(), Qt.TextFlag.TextWordWrap
        usual = round(metrics.height() * _HIGHEST_SCRIPT)
        widths = [self.columnWidth(x) - _AROUND for x in range(self.columnCount())]
        for y, advances in enumerate(self._advances):
            high = usual
            for x, advance in enumerate(advances):
                cell = self.item(y, x)
                if cell is not None and (advance > widths[x] or "\n" in cell.text()):
                    place = metrics.boundingRect(QRect(0, 0, max(widths[x], 1), _HIGHEST), flags, cell.text())
                    high = max(high, place.height())
            self.setRowHeight(y, high + 2 * GRID)


def _told(text: str, tip: str = "") -> QTableWidgetItem:
    """A cell; what does not fit into it is said when one points at it."""
    made = QTableWidgetItem(text)
    made.setToolTip(tip or text)
    return made


def fitting(
    wanted: Sequence[int], room: int, whole: Collection[int] = (), least: Sequence[int] = ()
) -> list[int]:
    """Widths that fit into `room`: everybody's own, as far as no one is broader than what the broadest are left with.

    Those of `whole` have their own before the others share. So has every column its `least`, where there is room for that; beyond
    it one has all that it wants where that is no more than half of what is left: a part of it would spare no line.
    """
    if least and sum(least) <= room:
        lacking = {x: width - least[x] for x, width in enumerate(wanted)}
        widths, left = list(least), room - sum(least)
        for x in sorted(lacking, key=lambda x: lacking[x]):
            if lacking[x] <= left // 2 or len(lacking) == 1:
                added = min(lacking.pop(x), left)
                widths[x] += added
                left -= added
        for x, added in zip(lacking, fitting(list(lacking.values()), left), strict=True):
            widths[x] += added
        return widths
    widths = list(wanted)
    left = room - sum(wanted[x] for x in whole if x < len(wanted))
    open_ = sorted((x for x in range(len(wanted)) if x not in whole), key=lambda x: wanted[x])
    while open_:
        share = left // len(open_)
        widths[open_[0]] = min(wanted[open_[0]], max(share, 0))
        left -= widths[open_.pop(0)]
    return widths
