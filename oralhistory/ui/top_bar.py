"""The places of the window, the search box, who opened the archive, the lock; and the quiet line that says what was just done.

The line stands between them where it has room, and otherwise below them for its moment, over what is there: it makes no window
grow, moves nothing and lets every click through.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from oralhistory.i18n import mark, tr
from oralhistory.ui import window_keys
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.pieces import button, label, line_edit, restyle, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording

_SEARCH, _LEAST_SEARCH = 34 * GRID, 24 * GRID
_ACTOR = 12 * GRID
"""As broad as a staff code may stand; of a longer one the middle is left out, and the tooltip has it whole."""


class TopBar(QFrame):
    interviews_wanted = Signal()
    voices_wanted = Signal()
    settings_wanted = Signal()
    search_wanted = Signal(str)
    lock_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.says = Wording()
        says = self.says
        interviews = button(
            "place_interviews", says, mark("Interviews"), role="place", icon=lambda b: theme.dress(b, "interviews")
        )
        settings = button(
            "place_settings", says, mark("Settings"), role="place", icon=lambda b: theme.dress(b, "settings")
        )
        voices = button("place_voices", says, mark("Voices"), role="place", icon=lambda b: theme.dress(b, "person"))
        self._places = {"interviews": interviews, "voices": voices, "settings": settings}
        group = QButtonGroup(self)
        for place in self._places.values():
            place.setCheckable(True)
            group.addButton(place)
        self._demonstration = label("caution", wrap=False)
        self._demonstration.setObjectName("demonstration")
        says(self._demonstration.setText, mark("Demonstration"))
        says(self._demonstration.setToolTip, mark("Both narrators are fictional, and nothing in this archive is a secret."))
        self._demonstration.hide()
        self._theme = theme
        self._said = label("soft")
        self._said.setObjectName("status_line")
        self._said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said.hide()
        self._search = line_edit("search", says, mark("Search in the transcripts"), clears=True)
        says(self._search.setPlaceholderText, mark("Search in the transcripts"))
        self._search.setToolTip(window_keys.SEARCH)
        self._search.setMinimumWidth(_LEAST_SEARCH)
        self._code, self._actor = "", label("soft", wrap=False)
        self._actor.setObjectName("signed_in")
        self._actor.hide()
        lock = self._lock = button("lock", says, mark("Lock"), icon=lambda b: theme.dress(b, "lock"))
        lock.setToolTip(window_keys.LOCK)
        says(interviews.setToolTip, mark("Interviews; once more: their list goes, or comes ({key})"), key=window_keys.LIST)
        interviews.clicked.connect(self.interviews_wanted)
        voices.clicked.connect(self.voices_wanted)
        settings.clicked.connect(self.settings_wanted)
        self._search.returnPressed.connect(self._ask)
        lock.clicked.connect(self.lock_wanted)
        layout = row(interviews, voices, settings, self._demonstration, self._search, self._actor, lock, margin=GRID)
        layout.insertStretch(4, 1)
        layout.setStretch(5, 1_000)  # as broad as it may be, and the rest is left free
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Base, self)
        self._said.setParent(self)  # now: it does not stand in the bar, but floats over what is there
        theme.changed.connect(self._fit)
        self._fit()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a page that needs room takes none of its own

    def show_demonstration(self, shown: bool) -> None:
        """Whether it is said that nothing in this archive is real."""
        self._demonstration.setVisible(shown)

    def show_actor(self, code: str) -> None:
        """Under which staff code what is done stands in the history."""
        self._code = code
        self._actor.setVisible(bool(code))
        under = tr("Opened by {code}: what is done now stands in the history under this code.", code=code) if code else ""
        self._actor.setToolTip(under)
        self._actor.setAccessibleName(under)
        self._lock.setAccessibleDescription(under)
        self._fit()

    def show_place(self, name: str) -> None:
        self._places[name].setChecked(True)

    def say(self, message: str) -> None:
        self._said.setText(message)
        self._said.setAccessibleName(message)
        self._place_said()

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def retranslate(self) -> None:
        self.says.again()
        self.show_actor(self._code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_said()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_said()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said.hide()

    def _fit(self) -> None:
        scale = max(self._theme.scale, 1)
        self._search.setMaximumWidth(round(_SEARCH * scale))
        metrics = QFontMetrics(self._theme.font())
        self._actor.setText(metrics.elidedText(self._code, Qt.TextElideMode.ElideMiddle, round(_ACTOR * scale)))

    def _place_said(self) -> None:
        """Where what was said is seen whole."""
        within, said = self.parentWidget(), self._said
        if not said.text() or within is None or not self.isVisible():
            said.hide()
            return
        if said.parentWidget() is not within:
            said.setParent(within)
        last = self._places["settings"] if self._demonstration.isHidden() else self._demonstration
        left, right = last.geometry().right() + 2 * GRID, self._search.x() - GRID
        fits = said.fontMetrics().horizontalAdvance(said.text()) + GRID <= right - left
        restyle(said, "soft" if fits else "said")
        said.setContentsMargins(*((0, 0, 0, 0) if fits else (2 * GRID, GRID, 2 * GRID, GRID)))
        if fits:
            place = QRect(self.pos() + QPoint(left, 0), QSize(right - left, self.height()))
        else:
            place = QRect(self.geometry().bottomLeft(), QSize(self.width(), said.heightForWidth(self.width())))
        said.setGeometry(place)
        said.show()
        said.raise_()

    def _ask(self) -> None:
        if self._search.text().strip():
            self.search_wanted.emit(self._search.text().strip())
