"""A transcript that exists already, brought along as a file while an interview has no text: heard by nobody yet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.errors import MalformedInput
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.desk import Desk
from oralhistory.ui.look import choosing
from oralhistory.ui.look.pieces import button, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

LARGEST_BYTES = 64_000_000
"""More than a hundred hours of talk: a larger file is something else."""


class BringBar(QFrame):
    """`brought` carries the code of the interview that has a text now."""

    brought = Signal(str)

    def __init__(self, context: PageContext, says: Wording) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self.choose: Callable[[], str] = self._choose
        """Asks a person for a file; empty when there is none."""
        bring = button("review_bring", says, mark("Bring along a transcript …"), role="link")
        bring.clicked.connect(self._bring)
        kinds = label("soft")
        says(kinds.setText, mark("Plain text, VTT, SRT, or JSON of this program; times in it are laid on the sound."))
        layout = row(bring, kinds)
        layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_interview(self, code: str) -> None:
        self._code = code

    def _bring(self) -> None:
        chosen, code, desk = self.choose(), self._code, self._context.desk
        if not chosen:
            return

        def done(count: int) -> None:
            self._context.notify(ntr("{n} segment was brought along.", "{n} segments were brought along.", count))
            self.brought.emit(code)

        self._context.jobs.run(lambda: bring(desk, code, Path(chosen)), done, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self._context.jobs.tell(error)

    def _choose(self) -> str:
        kinds = tr("Transcripts (*.txt *.vtt *.srt *.json)")
        return choosing.file_to_open(self, tr("Bring along a transcript"), kinds)


def bring(desk: Desk, code: str, file: Path) -> int:
    """Read the file and take its text over; how many segments it has. MalformedInput for what is no transcript."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise MalformedInput(tr("The file is too large for a transcript."), safe=tr("Nothing was stored."))
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise MalformedInput(tr("The file cannot be read."), safe=tr("Nothing was stored.")) from fault
    except UnicodeDecodeError:
        raise MalformedInput(
            tr("The file is not text in UTF-8."),
            safe=tr("Nothing was stored."),
            todo=tr("Save it as UTF-8 text, then try again."),
        ) from None
    return desk.transcripts.import_file(code, file.name, text)
