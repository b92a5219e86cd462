"""A sound file brought into an interview beside the window, and what is told of it: in the interview it was meant for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from oralhistory.domain.timecode import clock
from oralhistory.errors import Incomplete
from oralhistory.i18n import sentences, tr
from oralhistory.services.recording.importing import Imported, remarks
from oralhistory.ui.look.question import Question
from oralhistory.ui.page import PageContext
from oralhistory.ui.record.record_prepare import RecordPrepare


class BringingIn(QObject):
    """`here` tells which interview is in front; `over` is called when it came to nothing, `done` when it is in."""

    def __init__(
        self, context: PageContext, prepare: RecordPrepare, here: Callable[[], str], done: Callable[[], None],
        over: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        super().__init__(prepare)
        self._context, self._prepare = context, prepare
        self._here, self._done, self._over = here, done, over

    def bring_in(self, path: Path, incomplete: bool = False) -> None:
        desk, code = self._context.desk, self._here()

        def imported(brought: Imported) -> None:
            self._imported(code, brought)

        def failed(error: Exception) -> None:
            self._not_imported(code, path, error)

        self._prepare.show_busy(True)
        self._context.notify(tr("The sound file is being encrypted …"))
        self._context.jobs.run(
            lambda: desk.importing.bring_in(code, path, incomplete=incomplete), imported, failed, owner=self
        )

    def _imported(self, code: str, brought: Imported) -> None:
        self._prepare.show_busy(False)
        self._context.notify("")
        time = clock(brought.recording.duration_ms)
        told = tr("{time} of sound was imported. The file itself was left as it is.", time=time)
        if code == self._here():
            self._prepare.kept.tell(sentences([told, *remarks(brought)]))
        else:
            self._context.notify(f"{code}: {told}")
        self._done()

    def _not_imported(self, code: str, path: Path, error: Exception) -> None:
        """A file that breaks off may be the only copy there is: what is there can be had, in the interview it was meant for."""
        self._over(error)
        if isinstance(error, Incomplete) and code == self._here() and broken_question(self._prepare, error).agreed():
            self.bring_in(path, incomplete=True)


def broken_question(page: QWidget, broken: Incomplete) -> Question:
    """Asked before a file that breaks off is taken as it is."""
    asked = tr("{happened}\n\nImport what is there, as an interrupted recording?", happened=broken.happened)
    return Question(
        page, "record_broken_file", asked, yes=("import", tr("Import what is there")), no=("leave", tr("Import nothing"))
    )
