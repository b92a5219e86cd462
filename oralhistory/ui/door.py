"""What the pages before the unlocked archive are given: the program, work beside the window, how to tell and to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.program import Program
from oralhistory.services.progress import Asked
from oralhistory.settings import SettingsFile
from oralhistory.ui.banner import Banner
from oralhistory.ui.jobs import Job, Jobs
from oralhistory.ui.look.theme import Theme


@dataclass(frozen=True, slots=True)
class Door:
    """`opened` takes the unlocked archive to the main window; `speak` switches the language of the whole window."""

    program: Program
    jobs: Jobs
    settings: SettingsFile
    theme: Theme
    banner: Banner
    opened: Callable[[OpenArchive], None]
    speak: Callable[[str], None]
    choose_folder: Callable[[str, Path], Path | None]

    def open_with(
        self,
        page: QWidget,
        work: Callable[[], OpenArchive],
        opened: Callable[[OpenArchive], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """As `open_stoppable`, what nobody stops."""
        self.open_stoppable(page, lambda _: work(), opened, failed)

    def open_stoppable(
        self,
        page: QWidget,
        work: Callable[[Asked], OpenArchive],
        opened: Callable[[OpenArchive], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Open an archive for `page`. Whoever left the page meanwhile does not want it any more: it is closed again, or it would
        be in use for as long as the window stands, by nobody."""

        def arrived(archive: OpenArchive) -> None:
            if isValid(page):
                opened(archive)
            else:
                archive.close()

        def refused(error: Exception) -> None:
            if isValid(page):
                failed(error)

        return self.jobs.run_stoppable(work, arrived, refused, owner=self.jobs)
