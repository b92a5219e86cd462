"""The window program: one frame in which the door (unlock, new archive) and the unlocked archive take turns.

Neutral title and icon, no recent files. Closing asks only when something would be lost. Locking never asks: it saves, stops
what runs and hands over to a new process, in which nothing of this one's memory is left. The door stands before the rest of the
window is loaded, which goes on while the passphrase is typed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from oralhistory import curtain, i18n, paths
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.archive import brought_back
from oralhistory.services.archive.calendar import in_words, until_then
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.program import Program
from oralhistory.services.progress import Asked
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed, become
from oralhistory.ui import pace, window_keys
from oralhistory.ui.banner import Banner
from oralhistory.ui.crash import CrashHook
from oralhistory.ui.door import Door
from oralhistory.ui.entry.front_rooms import FrontRooms
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.lock.clipboard import KeptOutOfHistories, forget_copies
from oralhistory.ui.lock.cover import Cover
from oralhistory.ui.lock.first_seen import FirstSeen
from oralhistory.ui.lock.idle import IdleWatch
from oralhistory.ui.lock.system_signals import SystemSignals
from oralhistory.ui.look import choosing, spoken_roles
from oralhistory.ui.look.qt_words import QtWords
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.stack import Stack
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.look.wording import Wording

if TYPE_CHECKING:
    from oralhistory.ui.main_window import MainWindow

_TITLE = mark("Archive")
_SIZE = (1280, 840)
_TITLE_BAR = 32
_LOCK_PATIENCE_MS = 20_000
"""What still works then is cut off: everything that takes so long is made to be (see `OpenArchive.go_on`)."""


def run(program: Program, handed: Handed | None) -> int:
    """Open the window and stay until it is closed; gives the program's exit code.

    `handed`: which archive, and what the window before this one left to do.
    """
    app = QApplication.instance() or QApplication(["archive"])
    assert isinstance(app, QApplication)
    pace.keep(app)
    settings = SettingsFile(paths.settings_file())
    system = i18n.preferred([QLocale.system().name()])
    i18n.use((handed.language if handed else "") or settings.current.language or system)
    frame = Frame(app, program, settings, become)
    frame.begin(handed or Handed(str(program.default_archive)))
    signals = SystemSignals(frame)
    signals.leaving.connect(frame.lock)
    frame.show()
    if handed:
        FirstSeen(frame, partial(curtain.lift, handed.curtain))
        if handed.take:  # its keys are pressed blindly: the new window has to have the keyboard
            frame.activateWindow()
    frame.make_ready()
    try:
        return app.exec()
    finally:
        frame.hook.remove()


class Frame(QMainWindow):
    """`succeed` starts a window in this one's place and does not return."""

    def __init__(
        self, app: QApplication, program: Program, settings: SettingsFile, succeed: Callable[[Handed], object]
    ) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.says = Wording()
        self._app, self._program, self._settings, self._succeed = app, program, settings, succeed
        self._qt_words = QtWords(app, self)
        app.setStyle("Fusion")
        spoken_roles.tell(app)
        self.theme = Theme(app, settings, paths.resources())
        self.theme.apply()
        KeptOutOfHistories(QGuiApplication.clipboard(), self)
        self.jobs = Jobs(self)
        self._rooms = Stack()
        self.setCentralWidget(self._rooms)
        self.banner = Banner(self.theme, self._rooms)
        self.hook = CrashHook(self.banner.trouble, self.banner.fault)
        self.hook.install()
        self.jobs.trouble.connect(self.banner.trouble)
        self.jobs.fault.connect(self.banner.fault)
        self._main: MainWindow | None = None
        self.says(self.setWindowTitle, _TITLE)
        self.setWindowIcon(self.theme.icon("folder"))
        QShortcut(QKeySequence(window_keys.CLOSE), self, autoRepeat=False).activated.connect(self.close)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - _TITLE_BAR))
        self._qt_words.speak()
        door = Door(
            program, self.jobs, settings, self.theme, self.banner, self.open_archive, self.speak, self.choose_folder
        )
        self.front = FrontRooms(door, self._rooms)
        self.idle = IdleWatch(
            lambda: settings.current.auto_lock_minutes, lambda: self._main is not None and self._main.listening, self,
            opening=lambda: self.front.opening)  # fmt: skip
        self.idle.due.connect(self.lock)

    @property
    def main(self) -> "MainWindow | None":
        """The unlocked archive, if one is open."""
        return self._main

    def make_ready(self) -> None:
        """Load what stands behind the door, beside whoever is typing the passphrase."""

        def load(cancelled: Asked) -> None:
            _main_window()
            self._program.make_ready(cancelled)

        self.jobs.run_stoppable(load, lambda _: None, owner=self)

    def show_door(self, folder: Path) -> None:
        self.front.show_door(folder)

    def open_archive(self, archive: OpenArchive) -> None:
        self.banner.hide()
        with self.theme.undressed():
            main = _main_window()(self._program, archive, self._settings, self.theme, self.banner)
            main.lock_wanted.connect(self.lock)
            main.language_chosen.connect(self.speak)
            main.passphrase_wanted.connect(self._change_passphrase)
            self._main = main
            self.front.show(main)
        self.idle.touched()  # however long the opening took
        main.begin()
        question = archive.calendar.question()
        if question:
            todo = tr("Set the clock right, or confirm it in the settings.")
            self.banner.tell(in_words(question), [until_then(), todo], role="note_caution")
        state = archive.brought_back.question
        if state:  # graver than a clock, which the settings tell of as well
            todo = tr("Confirm it in the settings.")
            self.banner.tell(brought_back.in_words(state), [brought_back.until_then(), todo], role="note_caution")

    def begin(self, handed: Handed) -> None:
        """Show what a new window shows first: the recording that goes on, or the door."""
        if handed.place:
            self.restoreGeometry(QByteArray.fromBase64(handed.place.encode()))
        if handed.told:
            self.banner.tell(handed.told[0], handed.told[1:], role="note_caution")
        take = self._program.at_the_door.running(handed.take, Path(handed.folder)) if handed.take else None
        if take is None:
            self.show_door(Path(handed.folder))
        else:
            self.front.show_keyless(take, Path(handed.folder))

    def lock(self) -> None:
        """Nothing can be read any more from here on, neither on the screen nor in memory. Asks nothing and loses nothing."""
        QGuiApplication.inputMethod().commit()
        if self._main is None:
            self.front.forget()
        else:
            self._hand_over(self._main)

    def _handed(self, folder: Path, take: str, told: tuple[str, ...]) -> Handed:
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        return Handed(str(folder), take, i18n.language(), place, told)

    def _hand_over(self, main: "MainWindow") -> None:
        self._cover()
        told: tuple[str, ...] = (tr("The program made a mistake while it locked. What was typed last may not be stored."),)
        try:
            told = self._close_archive(_LOCK_PATIENCE_MS)
        finally:  # behind a fault of the program, too, nothing of the archive stays in memory
            self._give_way(self._handed(main.archive.folder, main.take_address, told))

    def _give_way(self, handed: Handed) -> None:
        try:
            self._succeed(handed)
        except OSError:  # the program is gone from the disk: nothing stays open for that
            self.jobs.close()
            self._app.exit(1)

    def _cover(self) -> None:
        """From here on nothing can be read on the screen, however long the rest takes."""
        for other in QApplication.topLevelWidgets():
            if other is not self:
                other.hide()
        self.banner.hide()
        cover = Cover()
        self._rooms.addWidget(cover)
        self._rooms.setCurrentWidget(cover)
        self.repaint()

    def speak(self, language: str) -> None:
        """Switch the whole window to `language`, now and at the next start."""
        self._settings.change(language=language)
        i18n.use(language)
        self.theme.speak()
        self._qt_words.speak()
        self.says.again()
        self.banner.says.again()
        self.front.retranslate()
        if self._main is not None:
            self._main.retranslate()

    def choose_folder(self, title: str, begin: Path) -> Path | None:
        chosen = choosing.folder(self, title, str(begin))
        return Path(chosen) if chosen else None

    def closeEvent(self, event: QCloseEvent) -> None:
        hindrance = (self._main or self.front).hindrance()
        if hindrance and not closing_question(self, hindrance).agreed():
            event.ignore()
            return
        if self._main is not None:
            self._cover()  # what still works may take its time to end
        self._close_archive()
        self.front.leave()
        self.jobs.close()
        event.accept()

    def _close_archive(self, patience_ms: int = -1) -> tuple[str, ...]:
        """Gives the sentences that tell what could not be kept."""
        if self._main is None:
            return ()
        try:
            return self._main.close_archive(patience_ms)
        finally:
            self._main = None
            forget_copies(QGuiApplication.clipboard())

    def _change_passphrase(self, old: str, new: str) -> None:
        """The archive is closed for the moment in which its key slots are written, then opened again."""
        if self._main is None:
            return
        hindrance = self._main.hindrance()
        if hindrance and not passphrase_question(self, hindrance).agreed():
            return
        folder = self._main.archive.folder
        self._close_archive()
        self.show_door(folder)
        archives = self._program.archives

        def work() -> OpenArchive:
            archives.change_passphrase(folder, old, new)
            return archives.unlock(folder, new)

        def done(archive: OpenArchive) -> None:
            self.open_archive(archive)
            self.banner.tell(
                tr("The passphrase is changed."), [tr("The recovery code stays as it was.")], role="note_good"
            )

        def failed(error: Exception) -> None:
            """The door is shown already; what the memory holds goes as with every lock."""
            told = error.lines if isinstance(error, OralHistoryError) else ()
            self._succeed(self._handed(folder, "", told))

        self.jobs.run(work, done, failed, owner=self)



def closing_question(window: QWidget, hindrance: str) -> Question:
    """Asked when something would be lost or cut short by closing the window; `hindrance` is the sentence that tells what."""
    return Question(
        window, "close_question", hindrance, yes=("close", tr("Close anyway")), no=("stay", tr("Go on working"))
    )


def passphrase_question(window: QWidget, hindrance: str) -> Question:
    """Asked when changing the passphrase, for which the archive is closed for a moment, would cut something short."""
    return Question(
        window, "passphrase_question", hindrance, told=tr("It is broken off when the passphrase is changed now."),
        yes=("change", tr("Break it off and change the passphrase")), no=("wait", tr("Change nothing now")),
    )  # fmt: skip


def _main_window() -> "type[MainWindow]":
    from oralhistory.ui.main_window import MainWindow

    return MainWindow
