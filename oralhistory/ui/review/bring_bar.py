"""A transcript that exists already, brought along while an interview has no text: heard by nobody yet. It comes from a file, or
from what was written while the narrator spoke.

Once a file is in, this tells that the file still lies where it lay, for anybody to read, until somebody says that they know.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.errors import MalformedInput
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.desk import Desk
from oralhistory.ui.look import choosing
from oralhistory.ui.look.pieces import button, column, label, row
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
        self._notes = button("review_bring_notes", says, mark("Take the written notes as the transcript"), role="link")
        self._notes.clicked.connect(self._take_notes)
        self._notes.hide()
        kinds = label("soft")
        says(kinds.setText, mark("Plain text, VTT, SRT, or JSON of this program; times in it are laid on the sound."))
        self._offer, self._left = QWidget(), QWidget()
        self._told = label("caution")
        self._told.setObjectName("review_brought_file")
        known = button("review_brought_known", says, mark("Understood"))
        known.clicked.connect(self._forget)
        for inside, parts, stretched in ((self._offer, (bring, kinds, self._notes), 1), (self._left, (self._told, known), 0)):
            line = row(*parts)
            line.setStretch(stretched, 1)
            inside.setLayout(line)
        layout = column(self._offer, self._left)
        layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self.setLayout(layout)
        self._has_text = True
        self._forget()

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self._forget()
        self._look_for_notes()

    def show_offer(self, has_text: bool) -> None:
        """Where there is no text yet one can be brought along."""
        self._has_text = has_text
        self._offer.setVisible(not has_text)
        self.setVisible(not has_text or bool(self._told.text()))

    def _look_for_notes(self) -> None:
        code, words = self._code, self._context.desk.note_taking.words

        def found(text: str) -> None:
            if code == self._code:
                self._notes.setVisible(bool(text))

        self._notes.hide()
        self._context.jobs.run(lambda: words(code), found, owner=self)

    def _tell(self, file: Path) -> None:
        self._told.setText(_still_there(file))
        self._left.show()

    def _forget(self) -> None:
        self._told.clear()
        self._left.hide()
        self.show_offer(self._has_text)

    def _bring(self) -> None:
        chosen, code, desk = self.choose(), self._code, self._context.desk
        if not chosen:
            return

        def done(count: int) -> None:
            self._say(count)
            if code == self._code:
                self._tell(Path(chosen))
            else:
                self._context.notify(_still_there(Path(chosen)))
            self.brought.emit(code)

        self._context.jobs.run(lambda: bring(desk, code, Path(chosen)), done, self._failed, owner=self)

    def _take_notes(self) -> None:
        """They stay where they are: the history of the interview begins with them."""
        code, desk = self._code, self._context.desk

        def done(count: int) -> None:
            self._say(count)
            self.brought.emit(code)

        take = desk.transcripts.import_file
        self._context.jobs.run(lambda: take(code, "notes.txt", desk.note_taking.words(code)), done, self._failed, owner=self)

    def _say(self, count: int) -> None:
        self._context.notify(ntr("{n} segment was brought along.", "{n} segments were brought along.", count))

    def _failed(self, error: Exception) -> None:
        self._context.jobs.tell(error)

    def _choose(self) -> str:
        kinds = tr("Transcripts (*.txt *.vtt *.srt *.json)")
        return choosing.file_to_open(self, tr("Bring along a transcript"), kinds)


def _still_there(file: Path) -> str:
    return tr("The file itself still lies there, unencrypted: {place}. Delete it when you are sure.", place=str(file))


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
