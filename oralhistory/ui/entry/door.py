"""What the pages before the unlocked archive are given: the program, work beside the window, how to tell and to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.program import Program
from oralhistory.settings import SettingsFile
from oralhistory.ui.banner import Banner
from oralhistory.ui.jobs import Jobs
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
