"""The demonstration at the door: made the first time, which can be stopped and leaves nothing then, and opened from then on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.errors import Cancelled, NotFound, OralHistoryError, WrongPassphrase
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.progress import Asked
from oralhistory.ui.door import Door
from oralhistory.ui.look.pieces import button, column
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.work_bar import WorkBar

FOLDER = "Oral history demonstration"


class Demonstration(QWidget):
    """`begun` tells what is being done, `said` how far it is, `stopped` that somebody did not want it after all;
    `other_passphrase` that it was given one, which has to be typed."""

    begun = Signal(str)
    said = Signal(str)
    stopped = Signal()
    other_passphrase = Signal()

    def __init__(
        self, door: Door, says: Wording, opened: Callable[[OpenArchive], None], failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._door, self._opened, self._failed = door, opened, failed
        self.folder = door.program.default_archive.parent / FOLDER / "archive"
        self.button = button("unlock_demo", says, "")
        self.button.clicked.connect(self._begin)
        self._work = WorkBar("unlock_demo", says)
        self.setLayout(column(self._work, self.button))
        self.name()

    def is_there(self) -> bool:
        return is_archive(self._door, self.folder)

    def name(self) -> None:
        words = tr("Open the demonstration again") if self.is_there() else tr("Try the demonstration")
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def _begin(self) -> None:
        self._door.banner.hide()
        if self.is_there():
            self.begun.emit(tr("The demonstration is being opened …"))
            self._door.open_with(self, self._open, self._open_ended, self._refused)
            return
        making = tr("The demonstration is being made. This takes one to two minutes, longer on a slow computer.")
        self.begun.emit(making)
        self._work.begin("")
        jobs, tell = self._door.jobs, self._work.progress(self._door.jobs)

        def say(line: str) -> None:
            jobs.post(self, lambda: self.said.emit(f"{making}\n{line}"))

        def make(cancelled: Asked) -> OpenArchive:
            from oralhistory.services.demonstrating import demonstrate  # every service at once, for this button

            demonstrate(self._door.program, self.folder.parent, say, cancelled, tell)
            return self._open()

        self._work.job = self._door.open_stoppable(self, make, self._open_ended, self._refused)

    def _open(self) -> OpenArchive:
        from oralhistory.services.demonstrating import PASSPHRASE

        return self._door.program.archives.unlock(self.folder, PASSPHRASE)

    def _open_ended(self, archive: OpenArchive) -> None:
        self._work.end()
        self._opened(archive)

    def _refused(self, error: Exception) -> None:
        self._work.end()
        if isinstance(error, Cancelled):
            self.stopped.emit()
            return
        self._failed(error)
        if isinstance(error, WrongPassphrase):
            self.other_passphrase.emit()


def is_archive(door: Door, folder: Path) -> bool:
    try:
        door.program.archives.slots(folder)
    except NotFound:
        return False
    except OralHistoryError:
        return True  # damaged: opening it says what is wrong
    return True
