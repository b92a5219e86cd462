"""The interview in hand: its code and narrator, and the steps of its way.

Where there is not room enough for all of it the tabs leave out their drawings, and where there is still less, the words of
all but the one in hand: no word is ever cut.
"""

from enum import Enum, auto

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame

from oralhistory.i18n import listed, mark, tr
from oralhistory.services.library.interviews import InterviewCard
from oralhistory.services.library.library_words import ROUTE, STATUS
from oralhistory.ui import window_keys
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.pieces import button, column, joined, label, row, told
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE

STEPS = {
    "consent": mark("1  Consent"),
    "record": mark("2  Record"),
    "transcript": mark("3  Transcript"),
    "release": mark("4  Release"),
    "history": mark("History"),
    "about": mark("Details"),
}
_DRAWN = {"about": "info"}
"""Steps whose drawing has another name."""
_LEAST_WIDTH = 50 * GRID
_AROUND, _BESIDE_ICON = 3 * GRID, GRID // 2
"""Around the words of a tab and between them and its drawing, in pixels, as the style sheet and Qt have it."""


class _Form(Enum):
    """What a tab shows, from the broadest on."""

    WHOLE = auto()
    WORDS = auto()
    DRAWN = auto()


class InterviewHeader(QFrame):
    step_chosen = Signal(str)
    change_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.says = Wording()
        self._card: InterviewCard | None = None
        self._theme = theme
        self._form: _Form | None = None
        self._wants: dict[_Form, int] = {}
        """How wide all tabs are in a form, where that is known: it is asked at each step of a resize."""
        self._code, self._who, self._more = label("title", wrap=False), label("large", wrap=False), label("soft")
        self._code.setObjectName("interview_code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        change = button("interview_change", self.says, mark("Change"), role="link",
                        icon=lambda b: theme.dress(b, "edit", "accent"))  # fmt: skip
        change.clicked.connect(self.change_wanted)
        about = row(self._code, self._who, self._more, spacing=2 * GRID)
        about.setStretch(2, 1)
        about.addWidget(change)
        about.setContentsMargins(2 * GRID, GRID, GRID, 0)
        self._steps = QButtonGroup(self)
        tabs = row(spacing=0)
        tabs.setContentsMargins(GRID, 0, GRID, 0)
        for number, (name, words) in enumerate(STEPS.items()):
            tab = button(f"step_{name}", self.says, words, role="tab", icon=lambda b, n=name: self._dress(b, n))  # type: ignore[misc]
            tab.setCheckable(True)
            self._steps.addButton(tab, number)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._steps.idClicked.connect(lambda number: self.step_chosen.emit(list(STEPS)[number]))
        self._name_tabs()
        theme.changed.connect(self._measure)
        self.setLayout(column(about, tabs, spacing=GRID // 2))
        stand_on(QPalette.ColorRole.Base, self)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        """Words or letters are others now."""
        self._wants.clear()
        self._fit()

    def _fit(self) -> None:
        """Show as much in the tabs as there is room for."""
        room = self.width() - 2 * GRID
        form = next((one for one in _Form if self._width(one) <= room), _Form.DRAWN)
        if form is self._form and form is not _Form.DRAWN:
            return
        self._form = form
        for name, tab in zip(STEPS, self._steps.buttons(), strict=True):
            tab.setText(self._words(name, form, in_hand=tab.isChecked()))
            if form is _Form.WORDS:
                self._theme.undress(tab)
            else:
                self._dress(tab, name)

    def _width(self, form: _Form) -> int:
        if form not in self._wants:
            self._wants[form] = self._wanted(form)
        return self._wants[form]

    def _wanted(self, form: _Form) -> int:
        """The width of all tabs, whichever of them is in hand."""
        metrics = QFontMetrics(self._theme.font())

        def long(words: str) -> int:
            return metrics.horizontalAdvance(words)

        icon = 0 if form is _Form.WORDS else round(self._theme.points() * 1.8) + _BESIDE_ICON
        shown = [long(self._words(name, form)) for name in STEPS]
        in_hand = max(long(self._words(name, form, in_hand=True)) - width for name, width in zip(STEPS, shown, strict=True))
        return sum(shown) + max(in_hand, 0) + len(STEPS) * (_AROUND + icon)

    def _words(self, name: str, form: _Form, *, in_hand: bool = False) -> str:
        words = tr(STEPS[name])
        if form is not _Form.DRAWN or in_hand:
            return words
        return next((one for one in words.split() if one.isdecimal()), "")

    def _dress(self, tab: QAbstractButton, name: str) -> None:
        self._theme.dress(tab, _DRAWN.get(name, name))

    def _name_tabs(self) -> None:
        """What a tab is called and its key, for who points at it."""
        for number, tab in enumerate(self._steps.buttons()):
            tab.setToolTip(f"{tab.accessibleName()}  ({window_keys.step(number + 1)})")

    def show_interview(self, card: InterviewCard) -> None:
        self._card = card
        self._code.setText(card.interview.code)
        self._who.setText(listed(one.pseudonym or one.code for one in card.narrators))
        languages = listed(told(LANGUAGE, one) for one in card.interview.languages)
        routes = listed(told(ROUTE, one.route.value) for one in card.narrators)
        self._more.setText(joined([languages, routes, told(STATUS, card.interview.status.value)]))
        self._more.setAccessibleName(tr("About this interview"))

    def show_step(self, name: str) -> None:
        tab = self._steps.button(list(STEPS).index(name))
        tab.setChecked(True)
        self.setFocusProxy(tab)
        self._fit()

    def retranslate(self) -> None:
        self.says.again()
        self._form = None
        self._name_tabs()
        self._measure()
        if self._card is not None:
            self.show_interview(self._card)
