"""Qt's own sentences (file dialogs, menus of text fields, standard buttons) in the language in use, where Qt has them.

Qt ships them in files of its own beside the library, in the packed program too. What they lack is named by whoever shows it (see
`choosing`): a translator written in Python would be asked from Qt's own threads (see `file_dialog`).
"""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from oralhistory import i18n


class QtWords:
    """As long as `window` lives."""

    def __init__(self, app: QApplication, window: QObject) -> None:
        self._app = app
        self._words = QTranslator(window)

    def speak(self) -> None:
        """Say them in the language in use from now on; in English where Qt does not know it."""
        self._app.removeTranslator(self._words)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words.load(f"qtbase_{i18n.language()}", place):
            self._app.installTranslator(self._words)
