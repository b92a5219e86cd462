"""The places of the window, the search box, the lock; and, between them, the quiet line that says what was just done."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from oralhistory.i18n import mark
from oralhistory.ui import window_keys
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.pieces import button, label, line_edit, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording


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
        self._said = label("soft", wrap=False)
        self._said.setObjectName("status_line")
        self._search = line_edit("search", says, mark("Search in the transcripts"), clears=True)
        says(self._search.setPlaceholderText, mark("Search in the transcripts"))
        self._search.setToolTip(window_keys.SEARCH)
        self._search.setFixedWidth(34 * GRID)
        lock = button("lock", says, mark("Lock"), icon=lambda b: theme.dress(b, "lock"))
        lock.setToolTip(window_keys.LOCK)
        says(interviews.setToolTip, mark("Interviews; once more: their list goes, or comes ({key})"), key=window_keys.LIST)
        interviews.clicked.connect(self.interviews_wanted)
        voices.clicked.connect(self.voices_wanted)
        settings.clicked.connect(self.settings_wanted)
        self._search.returnPressed.connect(self._ask)
        lock.clicked.connect(self.lock_wanted)
        layout = row(interviews, voices, settings, self._said, self._search, lock, margin=GRID)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        stand_on(QPalette.ColorRole.Base, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a page that needs room takes none of its own

    def show_place(self, name: str) -> None:
        self._places[name].setChecked(True)

    def say(self, message: str) -> None:
        self._said.setText(message)
        self._said.setAccessibleName(message)

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def retranslate(self) -> None:
        self.says.again()

    def _ask(self) -> None:
        if self._search.text().strip():
            self.search_wanted.emit(self._search.text().strip())
