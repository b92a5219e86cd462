"""Whether the list of interviews stands beside the page: it goes and comes as a person wants it, and not while a take runs.

Where no interview is chosen yet it always stands: without it there would be nothing to choose from.
"""

from PySide6.QtWidgets import QStackedWidget, QWidget

from oralhistory.settings import SettingsFile


class ListRoom:
    """`places` are what stands beside the list, `welcome` the one that sends whoever sees it to the list. Made when the list has
    its place: before that it would come as a window of its own."""

    def __init__(self, shelf: QWidget, settings: SettingsFile, places: QStackedWidget, welcome: QWidget) -> None:
        self._shelf, self._settings, self._places, self._welcome = shelf, settings, places, welcome
        self._filled = False
        places.currentChanged.connect(lambda _at: self.fill(self._filled))
        self.fill(False)

    def fill(self, filled: bool) -> None:
        """Whether the page wants the whole window for itself now."""
        self._filled = filled
        self._shelf.setVisible(not filled and (self._needed or self._settings.current.interview_list == "shown"))

    def turn(self) -> None:
        """The list gives its room to the page, or comes again; and so it stays."""
        if not self._filled and not self._needed:
            self._settings.change(interview_list="shown" if self._shelf.isHidden() else "hidden")
            self.fill(False)

    @property
    def _needed(self) -> bool:
        return self._places.currentWidget() is self._welcome
