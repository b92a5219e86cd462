"""What is written for somebody else, or for its owner alone, and what was said when that was tried."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.ports import ExportRecord
from oralhistory.errors import LeakFound, NotAllowed, OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.places import free_name
from oralhistory.services import refusal
from oralhistory.services.release.releasing import Order
from oralhistory.ui.look import choosing
from oralhistory.ui.look.pieces import button, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext


class WayOut(QFrame):
    """`ended` when something was written or refused; `leaked` carries the findings of a file that was refused, none else."""

    ended = Signal()
    leaked = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self.busy = False
        """Whether an export is under way."""
        self.choose_file: Callable[[str], str] = self._choose_file
        """Asks where to: (name to offer) -> path, empty when nobody says."""
        self.choose_report: Callable[[], str] = self._choose_report
        self._last: Path | None = None
        """The folder that was last exported to. Folders are named after people, too: a lock forgets it."""
        self._report = label()
        self._report.setObjectName("release_report")
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._say: Callable[[], list[str]] | None = None
        """What is told, in the language in use whenever that is asked."""
        self._exported = False
        """Whether that is an export that left."""
        self._says = Wording()
        self._close = close = button("release_report_close", self._says, mark("Close"), role="link")
        close.clicked.connect(self.hide)
        layout = row(self._report, margin=GRID)
        layout.setStretch(0, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.hide()

    def begin(self, code: str) -> None:
        self._code, self._say, self._exported = code, None, False
        self.hide()

    def retranslate(self) -> None:
        self._says.again()
        self._say_it()

    def no_longer(self) -> None:
        """Something stands against an export by now: beside that, nothing is said to have left all right."""
        if self._exported:
            self.hide()

    def take_keyboard(self) -> None:
        """To what was told, if something was."""
        if self.isVisible():
            self._close.setFocus()

    def give_out(self, order: Order) -> None:
        """Ask where to, write, search; the archive keeps the register. What is offered as the file's name is the code by which
        the recipient knows the interview: it stands in the text as well, and nothing else would say less."""
        code, releasing = self._code, self._context.desk.releasing
        self.busy = True
        self.hide()
        self._context.jobs.run(
            lambda: releasing.public_code(code, order.recipient), lambda public: self._write(code, order, public),
            lambda error: self._not_given_out(code, error), owner=self,
        )  # fmt: skip

    def _write(self, code: str, order: Order, public: str) -> None:
        releasing = self._context.desk.releasing
        name = releasing.file_name(public, order.format)
        chosen = self.choose_file(name) if code == self._code else ""
        if not chosen:
            self.busy = False
            return self.ended.emit()
        path = Path(chosen)
        to = path if path.suffix else path.with_suffix("".join(Path(name).suffixes))
        self._context.notify(tr("The file is written and searched for names …"))
        self._context.jobs.run(
            lambda: releasing.export(code, order, to, public), lambda made: self._given_out(code, made, to),
            lambda error: self._not_given_out(code, error), owner=self,
        )  # fmt: skip
        return None

    def write_report(self) -> None:
        """The whole log of decisions, for its owner alone."""
        chosen = self.choose_report()
        if not chosen:
            return
        path, code, logs = Path(chosen), self._code, self._context.desk.decision_logs
        to = path if path.suffix else path.with_suffix(".json")
        self.hide()
        self._context.jobs.run(
            lambda: logs.write(code, to), lambda made: self._reported(made, to),
            lambda error: self._refused(code, error), owner=self,
        )  # fmt: skip

    def _given_out(self, code: str, record: ExportRecord, to: Path) -> None:
        self.busy = False
        self._last = to.parent
        if code != self._code:  # of the interview that is in front by now it would say something untrue
            self._context.notify(tr("Exported from {code}. It stands in the history of that interview.", code=code))
            return self.ended.emit()
        self._tell("note_good", lambda: [
            tr("Exported for {recipient}. The finished file was searched: no known name is in it but those that you kept.",
               recipient=record.recipient),
            tr("Its fingerprint (SHA-256): {hash}", hash=record.sha256),
            tr("It stands in the history of this interview."),
        ], to)  # fmt: skip
        self._exported = True
        self.leaked.emit(())
        return self.ended.emit()

    def _not_given_out(self, code: str, error: Exception) -> None:
        self.busy = False
        self._refused(code, error)
        if isinstance(error, LeakFound) and code == self._code:
            self.leaked.emit(error.findings)
        self.ended.emit()

    def _reported(self, sha256: str, to: Path) -> None:
        self._tell("note_good", lambda: [
            tr("This file leads back to every name. Keep it where only you can read it."),
            tr("Its fingerprint (SHA-256): {hash}", hash=sha256),
        ], to)  # fmt: skip

    def _refused(self, code: str, error: Exception) -> None:
        if code != self._code:
            return self._context.jobs.tell(error)
        reasons = error.reasons if isinstance(error, NotAllowed) else ()
        if isinstance(error, OralHistoryError):
            self._tell("note_caution", lambda: [
                error.happened, *(f"– {refusal.sentence(one)}" for one in reasons), error.safe, error.todo,
            ])  # fmt: skip
        return None

    def _tell(self, role: str, say: Callable[[], list[str]], file: Path | None = None) -> None:
        """`file` is where it lies now: nothing keeps that but this message, whose words can be copied. No button opens the
        folder: the system's own programs would be told its name, which may be a person's, and remember it."""
        self._context.notify("")
        restyle(self, role)

        def lines() -> list[str]:
            if file is None:
                return say()
            return [*say(), tr("The file: {file}", file=file.name), tr("In the folder: {folder}", folder=str(file.parent))]

        self._say, self._exported = lines, False
        self._say_it()
        self.show()

    def _say_it(self) -> None:
        if self._say is not None:
            self._report.setText("\n".join(filter(None, self._say())))

    def _choose_file(self, name: str) -> str:
        return self._asked_for(tr("Export to"), name, self._last)

    def _choose_report(self) -> str:
        """Not where exports went: the report leads back from them."""
        return self._asked_for(tr("Internal report to"), "report.json", None)

    def _asked_for(self, title: str, name: str, last: Path | None) -> str:
        begin = choosing.folder_to_begin_in(self._context.desk.archive.folder, last)
        free = free_name(Path(begin), name)
        return choosing.file_to_write(self, title, free, f"*{Path(name).suffix}", begin=begin, asks=False)
