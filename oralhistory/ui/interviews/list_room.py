"""Whether the list of interviews stands beside the page: it goes and comes as a person wants it, and not while a take runs."""

from PySide6.QtWidgets import QWidget

from oralhistory.settings import SettingsFile


class ListRoom:
    def __init__(self, shelf: QWidget, settings: SettingsFile) -> None:
        self._shelf, self._settings = shelf, settings
        self._filled = False
        self.fill(False)

    def fill(self, filled: bool) -> None:
        """Whether the page wants the whole window for itself now."""
        self._filled = filled
        self._shelf.setVisible(not filled and self._settings.current.interview_list == "shown")

    def turn(self) -> None:
        """The list gives its room to the page, or comes again; and so it stays."""
        if not self._filled:
            self._settings.change(interview_list="shown" if self._shelf.isHidden() else "hidden")
            self.fill(False)
