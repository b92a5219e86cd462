"""What every page of the window is, and what it is given to work with."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from oralhistory.services.archive.opened import Notice
from oralhistory.services.backup.restoring import Restoring
from oralhistory.services.desk import Desk
from oralhistory.services.program import Player
from oralhistory.settings import SettingsFile
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.look.wording import Wording


@dataclass(frozen=True, slots=True)
class PageContext:
    """`notify` writes the status line; `player` gives the one loudspeaker; `fill_window` hides all but the page;
    `restoring` needs no open archive."""

    desk: Desk
    jobs: Jobs
    settings: SettingsFile
    theme: Theme
    notify: Callable[[str], None]
    open_interview: Callable[[str], None]
    open_step: Callable[[str], None]
    player: Callable[[], Player]
    fill_window: Callable[[bool], None]
    restoring: Restoring


class Page(QWidget):
    """Shows one interview (or the archive). `says` remembers its words for a switch of language."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.says = Wording()

    def show_interview(self, code: str) -> None:
        """Show this interview; called each time the page comes to the front."""

    def show_segment(self, segment: str) -> None:
        """Go to this passage of the interview that is shown (from a search hit)."""

    def leave(self) -> None:
        """Settle and save: another page comes to the front, or the archive is locked."""

    def retranslate(self) -> None:
        """Say everything again in the language now in use."""
        self.says.again()

    def changed(self, notice: Notice) -> None:
        """Something changed in the archive; called on the window's thread."""

    def hindrance(self) -> str:
        """What would be lost or cut short if the window closed now, as a sentence; empty when nothing would."""
        return ""

    def end(self) -> None:
        """The archive is being locked, and any question was asked before: stop whatever still runs."""
        self.leave()

    def lost(self) -> str:
        """After `end`: what could not be kept after all (the disk refused it), as a sentence; empty when all was."""
        return ""
