"""Whether the list of interviews stands beside the page: it goes and comes as a person wants it, and not while a take runs.

Where no interview is chosen yet it always stands: without it there would be nothing to choose from. Beside anything else it
gives way where letters are large or the window is small: then it comes when it is wanted, and goes when one is chosen.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.look.settling import typed_into
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import PageContext

_WIDTH = 38 * GRID
_LEAST_PAGE = 80 * GRID
"""Of the list, and of a page beside it, in letters of the usual size; larger ones need as much more."""
_MOST_SHARE = 0.45


class ListRoom(QObject):
    """`places` are what stands beside the list, `welcome` the one that sends whoever sees it to the list. Made when the list has
    its place: before that it would come as a window of its own. `hand_on` takes the keyboard from a list that goes."""

    def __init__(
        self,
        shelf: InterviewList,
        context: PageContext,
        places: QStackedWidget,
        welcome: QWidget,
        hand_on: Callable[[], None],
    ) -> None:
        super().__init__(shelf)
        self._shelf, self._settings, self._theme = shelf, context.settings, context.theme
        self._places, self._welcome = places, welcome
        self._hand_on = hand_on
        self._filled = self._tight = False
        self._wanted = False
        """Whether somebody asked for the list where there is little room."""
        window = shelf.parentWidget()
        assert window is not None
        self._window = window
        window.installEventFilter(self)
        places.currentChanged.connect(lambda _at: self.fill(self._filled))
        shelf.chosen.connect(lambda _code: self._want(False))
        context.theme.changed.connect(self._fit)
        self._fit()
        # Then again: a window that gets its place in another one loses where the keyboard was.
        QTimer.singleShot(0, shelf, lambda: self.fill(self._filled))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def fill(self, filled: bool) -> None:
        """Whether the page wants the whole window for itself now."""
        self._filled = filled
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self._shelf.isAncestorOf(focused)
        self._shelf.setVisible(not filled and (self._needed or self._stands))
        if self._needed and not had_keyboard and not typed_into(focused):
            self._shelf.take_keyboard()
        if had_keyboard and self._shelf.isHidden():
            self._hand_on()  # Qt gives it to what comes next: a button that changes the interview, and Return was just pressed

    def turn(self) -> None:
        """The list gives its room to the page, or comes again; and so it stays."""
        if self._filled or self._needed:
            return
        if self._tight:
            self._want(self._shelf.isHidden())
        else:
            self._settings.change(interview_list="shown" if self._shelf.isHidden() else "hidden")
            self.fill(False)

    def come(self) -> None:
        """What the list shows is being chosen beside it."""
        self._want(True)

    def _want(self, wanted: bool) -> None:
        self._wanted = wanted
        if self._tight:
            self.fill(self._filled)

    def _fit(self) -> None:
        """Letters or the window are of another size."""
        larger, room = self._theme.scale, self._window.width()
        width = min(round(_WIDTH * larger), round(room * _MOST_SHARE))
        tight = room - width < _LEAST_PAGE * larger
        self._shelf.setMaximumWidth(width)  # as wide as that where there is room: a fixed width would make the window grow
        if tight is not self._tight:
            self._tight, self._wanted = tight, False
            self.fill(self._filled)

    @property
    def _stands(self) -> bool:
        return self._wanted if self._tight else self._settings.current.interview_list == "shown"

    @property
    def _needed(self) -> bool:
        return self._places.currentWidget() is self._welcome
