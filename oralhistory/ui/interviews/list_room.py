"""Whether the list of interviews stands beside the page: it goes and comes as a person wants it, and not while a take runs.

Where no interview is chosen yet it always stands: without it there would be nothing to choose from.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from oralhistory.settings import SettingsFile
from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.look.settling import typed_into


class ListRoom:
    """`places` are what stands beside the list, `welcome` the one that sends whoever sees it to the list. Made when the list has
    its place: before that it would come as a window of its own. `hand_on` takes the keyboard from a list that goes."""

    def __init__(
        self,
        shelf: InterviewList,
        settings: SettingsFile,
        places: QStackedWidget,
        welcome: QWidget,
        hand_on: Callable[[], None],
    ) -> None:
        self._shelf, self._settings, self._places, self._welcome = shelf, settings, places, welcome
        self._hand_on = hand_on
        self._filled = False
        places.currentChanged.connect(lambda _at: self.fill(self._filled))
        self.fill(False)
        # Then again: a window that gets its place in another one loses where the keyboard was.
        QTimer.singleShot(0, shelf, lambda: self.fill(self._filled))

    def fill(self, filled: bool) -> None:
        """Whether the page wants the whole window for itself now."""
        self._filled = filled
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self._shelf.isAncestorOf(focused)
        self._shelf.setVisible(not filled and (self._needed or self._settings.current.interview_list == "shown"))
        if self._needed and not had_keyboard and not typed_into(focused):
            self._shelf.take_keyboard()
        if had_keyboard and self._shelf.isHidden():
            self._hand_on()  # Qt gives it to what comes next: a button that changes the interview, and Return was just pressed

    def turn(self) -> None:
        """The list gives its room to the page, or comes again; and so it stays."""
        if not self._filled and not self._needed:
            self._settings.change(interview_list="shown" if self._shelf.isHidden() else "hidden")
            self.fill(False)

    @property
    def _needed(self) -> bool:
        return self._places.currentWidget() is self._welcome
