"""The locked window while a recording goes on: clock, meter, keys. No content, no name; stopping needs no passphrase.

It knows the recorder's address and nothing of the archive but its folder. The passphrase opens the archive from here too.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.ui.door import Door
from oralhistory.ui.look.pieces import button, column, foot, label, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.record.following import Following
from oralhistory.ui.record.kept_view import broken_off
from oralhistory.ui.record.record_running import RecordRunning
from oralhistory.ui.record.running_words import goes_on


class KeylessPage(QWidget):
    """`over` tells in sentences how the recording ended, and their role; `door_wanted` asks for the other ways in."""

    over = Signal(list, str)
    door_wanted = Signal()

    def __init__(self, door: Door, take: TakeInHand, folder: Path) -> None:
        super().__init__()
        self.setObjectName("keyless")
        self.says = Wording()
        self._door, self._folder = door, folder
        self._left = False
        self._following = Following(door.jobs, self)
        self._running = RecordRunning(door.theme, self.says, words=False)
        self._following.beat.connect(self._running.show_beat)
        self._following.ended.connect(self._ended)
        self._following.broken.connect(self._broken)
        self._following.away.connect(self._running.show_away)
        self._running.asked.connect(self._following.order)
        self._running.marked.connect(self._following.mark)
        self._running.seal_last_asked.connect(self._following.seal_last)
        layout = column(self._running, self._foot(), spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._running.begin()
        self._running.panel.break_minutes = door.settings.current.break_minutes
        self._following.follow(take)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._passphrase.setFocus()  # words typed blindly must not press a key of the recorder

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def opening(self) -> bool:
        """Whether an archive is being opened for this page."""
        return not self._open.isEnabled()

    def hindrance(self) -> str:
        return goes_on()

    def let_go(self) -> None:
        """The recording goes on without this page."""
        self._following.let_go()

    def forget(self) -> None:
        """What was typed and not sent is not kept; what is being opened is closed again: whoever asked for it has gone."""
        self._left = True
        self._passphrase.clear()

    def retranslate(self) -> None:
        self.says.again()
        self._running.retranslate()
        if self._open.isEnabled():
            self._say("")

    def _foot(self) -> QFrame:
        says = self.says
        self._passphrase = line_edit("keyless_passphrase", says, mark("Passphrase"), secret=True)
        says(self._passphrase.setPlaceholderText, mark("Passphrase"))
        self._passphrase.setFixedWidth(36 * GRID)
        self._open = button("keyless_open", says, mark("Open the archive"),
                            icon=lambda one: self._door.theme.dress(one, "key"))  # fmt: skip
        self._others = button("keyless_other", says, mark("Other ways to open it …"), role="link")
        self._told = label("soft")
        self._told.setObjectName("keyless_told")
        self._passphrase.returnPressed.connect(self._open.click)
        self._open.clicked.connect(self._unlock)
        self._others.clicked.connect(self.door_wanted)
        keys = row(self._passphrase, self._open, self._others)
        keys.addStretch(1)
        self._say("")
        return foot(column(self._told, keys))

    def _say(self, why: str) -> None:
        self._told.setText(why or tr("The archive is locked. The recording goes on; stopping it needs no passphrase."))
        self._passphrase.setReadOnly(bool(why))  # a field that is switched off would hand the keyboard on, to the next button
        for widget in (self._open, self._others):  # whoever left now would leave an archive behind that is open
            widget.setEnabled(not why)

    def _unlock(self) -> None:
        passphrase, folder = self._passphrase.text(), self._folder
        self._passphrase.clear()
        self._passphrase.setFocus()
        self._say(tr("Opening …"))
        self._left = False
        self._door.banner.hide()
        unlock = self._door.program.archives.unlock
        self._door.open_with(self, lambda: unlock(folder, passphrase), self._opened, self._failed)

    def _opened(self, archive: OpenArchive) -> None:
        if self._left:
            self._say("")
            return archive.close()
        return self._door.opened(archive)

    def _failed(self, error: Exception) -> None:
        self._say("")
        self._passphrase.setFocus()
        if isinstance(error, OralHistoryError):
            self._door.banner.trouble(error)

    def _ended(self) -> None:
        self.over.emit([
            tr("The recording has ended."),
            tr("Everything that was recorded is encrypted on the disk."),
            tr("It is put in its place when the archive is opened."),
        ], "note")  # fmt: skip

    def _broken(self, error: Exception) -> None:
        if isinstance(error, OralHistoryError):
            todo = tr("Open the archive to file it and to record again.")
            self.over.emit([broken_off(), error.safe, todo], "note_danger")
        else:  # a fault of this program: the recorder may well go on. The door looks whether it does, and leads back to it.
            self.door_wanted.emit()
