"""The window program: one frame in which the door (unlock, new archive) and the unlocked archive take turns.

Neutral title and icon, no recent files. Closing or locking asks only when something would be lost.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox, QStackedWidget, QWidget

from oralhistory import i18n, paths
from oralhistory.i18n import mark, tr
from oralhistory.services.opened import OpenArchive
from oralhistory.services.program import Program
from oralhistory.settings import SettingsFile
from oralhistory.ui.banner import Banner
from oralhistory.ui.crash import CrashHook
from oralhistory.ui.entry.create_wizard import CreateWizard
from oralhistory.ui.entry.door import Door
from oralhistory.ui.entry.unlock_page import UnlockPage
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.pieces import column
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow

_TITLE = mark("Archive")
_SIZE = (1280, 840)


_SWITCH_S = 0.0005
"""A tenth of Python's own: a job on another thread then keeps a keystroke waiting for half a millisecond, not five."""


def run(program: Program, archive: Path | None) -> int:
    """Open the window and stay until it is closed; gives the program's exit code."""
    app = QApplication.instance() or QApplication(["archive"])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(_SWITCH_S)
    settings = SettingsFile(paths.settings_file())
    i18n.use(settings.current.language or i18n.preferred([QLocale.system().name()]))
    frame = Frame(app, program, settings, archive)
    frame.show()
    try:
        return app.exec()
    finally:
        frame.hook.remove()


class Frame(QMainWindow):
    def __init__(self, app: QApplication, program: Program, settings: SettingsFile, archive: Path | None) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.says = Wording()
        self._app, self._program, self._settings = app, program, settings
        self._qt_words = QTranslator(self)
        app.setStyle("Fusion")
        self.theme = Theme(app, settings, paths.resources())
        self.theme.apply()
        self.jobs = Jobs(self)
        self.banner = Banner(self.theme)
        self.hook = CrashHook(self.banner.trouble, self.banner.fault)
        self.hook.install()
        self.jobs.trouble.connect(self.banner.trouble)
        self.jobs.fault.connect(self.banner.fault)
        self._rooms = QStackedWidget()
        self._main: MainWindow | None = None
        inner = QWidget()
        inner.setLayout(column(self.banner, self._rooms, spacing=0))
        self.setCentralWidget(inner)
        self.says(self.setWindowTitle, _TITLE)
        self.setWindowIcon(self.theme.icon("folder"))
        self.resize(*_SIZE)
        self._load_qt_words()
        self._door = Door(
            program, self.jobs, settings, self.theme, self.banner, self.open_archive, self.speak, self.choose_folder
        )
        self.show_door(archive or program.default_archive)

    @property
    def main(self) -> MainWindow | None:
        """The unlocked archive, if one is open."""
        return self._main

    def show_door(self, folder: Path) -> None:
        page = UnlockPage(self._door, folder)
        page.create_wanted.connect(self._show_wizard)
        self._show(page)

    def open_archive(self, archive: OpenArchive) -> None:
        self.banner.hide()
        main = MainWindow(self._program, archive, self._settings, self.theme, self.banner)
        main.lock_wanted.connect(self.lock)
        main.language_chosen.connect(self.speak)
        main.passphrase_wanted.connect(self._change_passphrase)
        self._main = main
        self._show(main)
        main.begin()

    def lock(self) -> bool:
        """Close the archive and show the door; False when the person would rather go on."""
        if self._main is None:
            return True
        hindrance = self._main.hindrance()
        if hindrance and not self._agreed(hindrance):
            return False
        folder = self._main.archive.folder
        self._close_archive()
        self.show_door(folder)
        return True

    def speak(self, language: str) -> None:
        """Switch the whole window to `language`, now and at the next start."""
        self._settings.change(language=language)
        i18n.use(language)
        self._load_qt_words()
        self.says.again()
        self.banner.says.again()
        room = self._rooms.currentWidget()
        if isinstance(room, UnlockPage | CreateWizard | MainWindow):
            room.retranslate()

    def choose_folder(self, title: str, begin: Path) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, str(begin))
        return Path(chosen) if chosen else None

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._main is not None and (hindrance := self._main.hindrance()) and not self._agreed(hindrance):
            event.ignore()
            return
        self._close_archive()
        room = self._rooms.currentWidget()
        if isinstance(room, CreateWizard):
            room.give_up()
        self.jobs.close()
        event.accept()

    def _show_wizard(self) -> None:
        here = self._rooms.currentWidget()
        folder = here.folder if isinstance(here, UnlockPage) else self._program.default_archive
        wizard = CreateWizard(self._door, folder)
        wizard.cancelled.connect(lambda: self.show_door(folder))
        self._show(wizard)

    def _show(self, room: QWidget) -> None:
        before = self._rooms.currentWidget()
        self._rooms.addWidget(room)
        self._rooms.setCurrentWidget(room)
        if before is not None:
            self._rooms.removeWidget(before)
            before.deleteLater()

    def _close_archive(self) -> None:
        if self._main is not None:
            self._main.close_archive()
            self._main = None

    def _change_passphrase(self, old: str, new: str) -> None:
        """The archive is closed for the moment in which its key slots are written, then opened again."""
        if self._main is None:
            return
        folder = self._main.archive.folder
        if not self.lock():
            return
        archives = self._program.archives

        def work() -> OpenArchive:
            archives.change_passphrase(folder, old, new)
            return archives.unlock(folder, new)

        def done(archive: OpenArchive) -> None:
            self.open_archive(archive)
            self.banner.tell(
                tr("The passphrase is changed."), [tr("The recovery code stays as it was.")], role="note_good"
            )

        self.jobs.run(work, done, owner=self)

    def _agreed(self, hindrance: str) -> bool:
        question = QMessageBox(QMessageBox.Icon.NoIcon, tr(_TITLE), hindrance, parent=self)
        question.setObjectName("close_question")
        close = question.addButton(tr("Close anyway"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
        question.exec()
        return question.clickedButton() is close

    def _load_qt_words(self) -> None:
        """Qt's own sentences (file dialogs, text menus) in the language in use, where Qt has them."""
        self._app.removeTranslator(self._qt_words)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_words.load(f"qtbase_{i18n.language()}", place):
            self._app.installTranslator(self._qt_words)
