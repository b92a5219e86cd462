"""The list of interviews at the left: filter, sort, and each one's state and consent at a glance."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from oralhistory.domain.library import Glance
from oralhistory.domain.query import Query
from oralhistory.domain.timecode import clock
from oralhistory.domain.voices import By
from oralhistory.i18n import listed, mark, tr
from oralhistory.services import due_words
from oralhistory.services.library.library_words import STATUS
from oralhistory.ui.interviews.filter_panel import FilterArea, FilterPanel
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.pictures import Pictures
from oralhistory.ui.look.pieces import Choice, button, column, joined, label, line_edit, row, told
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.look.wrapping import Wrapping

Index = QModelIndex | QPersistentModelIndex
_CHIPS = {"record": mark("record"), "transcribe": mark("transcribe"), "publish": mark("publish text")}
_SORTS: dict[str, tuple[str, Callable[[Glance], Any], bool]] = {
    "newest": (mark("newest first"), lambda one: one.interview.created_at, True),
    "oldest": (mark("oldest first"), lambda one: one.interview.created_at, False),
    "code": (mark("by code"), lambda one: one.code, False),
    "name": (mark("by pseudonym"), lambda one: one.pseudonyms.casefold(), False),
    "status": (mark("by state"), lambda one: list(STATUS).index(one.interview.status.value), False),
    "longest": (mark("longest first"), lambda one: one.line.testimony_ms, True),
}
GLANCE = Qt.ItemDataRole.UserRole
TOLD = GLANCE + 1
"""The words of a row, in order."""
_MOST_PICTURES = 40


class InterviewModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Glance] = ()
        self._told: dict[int, tuple[str, ...]] = {}
        """What is shown of a row that was asked for already: the list is painted at each move of the window."""

    def show(self, glances: Sequence[Glance]) -> None:
        self.beginResetModel()
        self._shown = glances
        self._told.clear()
        self.endResetModel()

    def row_of(self, code: str) -> int:
        return next((row for row, one in enumerate(self._shown) if one.code == code), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == GLANCE:
            return one
        if role == TOLD:
            if index.row() not in self._told:
                self._told[index.row()] = (one.code, one.pseudonyms, state_line(one), *chip_texts(one))
            return self._told[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return joined([one.code, one.pseudonyms, state_line(one), *chip_texts(one)], ", ")
        return None


class InterviewDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pictures = Pictures(_MOST_PICTURES)
        self._measure()
        theme.changed.connect(self._measure)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self._size

    def _measure(self) -> None:
        """Every line is as high as every other. Fonts and colours are asked for once: the list is painted at each move."""
        self._pictures.forget()
        fonts = self._theme.font(bold=True), self._theme.font(), self._theme.font("small")
        self._bold, self._plain, self._small = ((font, QFontMetrics(font)) for font in fonts)
        self._colors = {name: self._theme.color(name) for name in self._theme.tokens}
        lines = (self._plain, self._small, self._small)
        self._size = QSize(26 * GRID, sum(metrics.height() for _, metrics in lines) + 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Glance = index.data(GLANCE)
        place: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        key = (index.data(TOLD), one.allowed, chosen, hovered)
        self._pictures.paint(
            painter, place, self._colors["window"], key, lambda inside: self._draw(inside, place, one, chosen, hovered)
        )

    def _draw(self, painter: QPainter, place: QRect, one: Glance, chosen: bool, hovered: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = place.adjusted(4, 2, -4, -2)
        if chosen or hovered:
            path = QPainterPath()
            path.addRoundedRect(area, 8, 8)
            painter.fillPath(path, self._colors["accent_soft" if chosen else "hover"])
        self._lines(painter, area.adjusted(GRID + 4, GRID, -GRID - 4, -GRID), one, chosen)

    def _lines(self, painter: QPainter, area: QRect, one: Glance, chosen: bool) -> None:
        strong, faint = ("on_accent_soft", "on_accent_soft") if chosen else ("text", "text_soft")
        bold, plain, small = self._bold, self._plain, self._small
        y = self._text(painter, area, area.x(), area.y(), one.code, bold, strong)[1]
        x = area.x() + bold[1].horizontalAdvance(one.code) + GRID
        self._text(painter, area, x, area.y(), one.pseudonyms, plain, strong)
        y = self._text(painter, area, area.x(), y + GRID // 2, state_line(one), small, faint)[1] + GRID // 2
        x = area.x()
        for text, allowed in zip(chip_texts(one), [*(name in one.allowed for name in _CHIPS), False], strict=False):
            x = self._text(painter, area, x, y, text, small, "good" if allowed else faint)[0] + GRID

    def _text(
        self, painter: QPainter, area: QRect, x: int, y: int, text: str, written: tuple[QFont, QFontMetrics], token: str
    ) -> tuple[int, int]:
        """Paint one line from (x, y), cut off at the right; give where it ended and the line below begins."""
        font, metrics = written
        fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(area.right() - x, 0))
        painter.setFont(font)
        painter.setPen(self._colors[token])
        painter.drawText(x, y + metrics.ascent(), fitting)
        return x + metrics.horizontalAdvance(fitting), y + metrics.height()


def state_line(one: Glance) -> str:
    interview = one.interview
    languages = listed(told(LANGUAGE, language) for language in interview.languages)
    length = clock(one.line.testimony_ms) if one.line.testimony_ms else ""
    interrupted = tr("interrupted, kept") if one.line.interrupted else ""
    return joined([told(STATUS, interview.status.value), length, interrupted, languages])


def chip_texts(one: Glance) -> list[str]:
    """What consent covers today, each with a sign that does not need colour."""
    chips = [f"{'✓' if name in one.allowed else '–'} {tr(words)}" for name, words in _CHIPS.items()]
    return [*chips, tr("until {date} closed", date=one.embargo)] if one.embargo else chips


class InterviewList(QWidget):
    """`filtered` carries the query that the list shows now."""

    chosen = Signal(str)
    new_wanted = Signal()
    due_wanted = Signal()
    filtered = Signal(Query)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("interviews")
        self.says = Wording()
        self._all: list[Glance] = []
        self.narrowed = Query()
        """What `filtered` told last."""
        self._due_count = 0
        self._filter = line_edit("interviews_filter", self.says, mark("Filter by code or pseudonym"), clears=True)
        self.says(self._filter.setPlaceholderText, mark("Filter by code or pseudonym"))
        sorts = [(key, words) for key, (words, _, _) in _SORTS.items()]
        self._sort = Choice("interviews_sort", self.says, mark("Order"), sorts)
        states = [("", mark("all states")), *STATUS.items()]
        self._status = Choice("interviews_status", self.says, mark("Only this state"), states)
        self._model = InterviewModel()
        self._make_view(theme)
        self._empty = label("soft")
        new = button(
            "interviews_new",
            self.says,
            mark("New interview"),
            role="primary",
            icon=lambda b: theme.dress(b, "plus", "on_accent"),
        )
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self.panel = FilterPanel()
        filters = FilterArea(self.panel)
        filters.hide()
        self._more = button("interviews_more_filters", self.says, mark("More filters"), role="link")
        self._more.setCheckable(True)
        self._more.toggled.connect(filters.setVisible)
        self._clear = button("interviews_clear_filters", self.says, mark("Show all"), role="link")
        self._clear.clicked.connect(lambda: self._take(Query()))
        self.panel.changed.connect(self._show)
        self.panel.taken.connect(self._filter.setText)
        self.panel.taken.connect(lambda _words: self._show())
        self._filter.textChanged.connect(self._show)
        self._sort.picked.connect(self._show)
        self._status.picked.connect(self._show)
        new.clicked.connect(self.new_wanted)
        theme.changed.connect(self._view.doItemsLayout)
        layout = column(self._filter, margin=GRID)
        for one in (self._status, self._sort):
            one.setMinimumContentsLength(6)  # beside each other in letters of the usual size
        layout.addWidget(Wrapping([self._status, self._sort], spacing=GRID))
        more = row(self._more, self._clear)
        more.addStretch(1)
        layout.addLayout(more)
        layout.addWidget(filters)
        layout.addWidget(self._empty)
        layout.addWidget(self._view, 1)
        self._due = button("interviews_due", self.says, "", role="link", icon=lambda b: theme.dress(b, "caution", "accent"))
        self._due.clicked.connect(self.due_wanted)
        layout.addWidget(self._due)
        layout.addWidget(new)
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Window, self._filter, self._status, self._sort, self._more, self._clear, self._due, new)
        self.show_due(0)

    def sizeHint(self) -> QSize:
        """As wide as it may be, and narrower only where the page beside it needs the room."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def _make_view(self, theme: Theme) -> None:
        self._view = QListView()
        self._view.setObjectName("interviews_list")
        self._view.setProperty("role", "plain")
        self._view.setMouseTracking(True)
        self._view.setUniformItemSizes(True)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = InterviewDelegate(theme)
        self._view.setItemDelegate(self._delegate)
        self._view.setModel(self._model)
        self.says(self._view.setAccessibleName, mark("Interviews"))

    @property
    def code(self) -> str:
        """The interview that is chosen in the list; nothing when none is."""
        glance = self._view.currentIndex().data(GLANCE)
        return glance.code if glance else ""

    @property
    def everything(self) -> Sequence[Glance]:
        """What the list holds, shown or not."""
        return self._all

    @property
    def count(self) -> int:
        """How many interviews are shown."""
        return self._model.rowCount()

    def take_keyboard(self) -> None:
        """To the interviews: an arrow and Return are enough then. No focus proxy, by which Tab would pass the filters over."""
        self._view.setFocus()

    def filter_by(self, text: str) -> None:
        self._filter.setText(text)

    def sort_by(self, name: str) -> None:
        """`name` is one of the orders: newest, oldest, code, name, status, longest."""
        self._sort.pick(name)
        self._show()

    def fill(self, glances: list[Glance]) -> None:
        self._all = glances
        self._show()

    def select(self, code: str) -> None:
        """Mark the interview in the list without opening it."""
        row = self._model.row_of(code)
        self._view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def show_due(self, count: int) -> None:
        """How many things are due; nothing is said when none is."""
        self._due_count = count
        self._due.setText(due_words.counted(count))
        self._due.setAccessibleName(self._due.text())
        self._due.setVisible(count > 0)

    @property
    def query(self) -> Query:
        return self.panel.query(self._filter.text())

    def only(self, by: By, key: str) -> None:
        """Narrow the list to one group of narrators, or (without a key) to none of this kind."""
        if by is By.STATUS:
            self._status.pick(key)
            self._show()
        else:
            self.panel.pick(by, key)

    def retranslate(self) -> None:
        self.says.again()
        self.panel.retranslate()
        self.show_due(self._due_count)
        self._show()

    def _take(self, query: Query) -> None:
        self.panel.show_query(query)
        self._status.pick("")
        self._filter.setText(query.words)
        self._show()

    def _show(self) -> None:
        code = self.code
        _, key, downwards = _SORTS[self._sort.value]
        query, status = self.query, self._status.value
        found = [one for one in self._all if status in ("", one.interview.status.value) and query.matches(one)]
        self._model.show(sorted(found, key=key, reverse=downwards))
        self.select(code)
        self._clear.setVisible(len(found) < len(self._all))
        if status:
            query = replace(query, groups={**query.groups, By.STATUS: status})
        self.narrowed = query
        self.filtered.emit(query)
        self._empty.setVisible(not found)
        self._empty.setText(
            tr("No interview matches.") if self._all else tr("There is no interview yet. Begin with “New interview”.")
        )

    def _choose(self, index: QModelIndex) -> None:
        glance = index.data(GLANCE)
        if glance is not None:
            self.chosen.emit(glance.code)
