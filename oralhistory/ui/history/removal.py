"""Taking minutes out of the sound for good: found by ear, with a reason, asked for by the interview's code, reported in full."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLineEdit

from oralhistory.domain.removal import Removal
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.withdrawal import removal_words
from oralhistory.ui.history.destruction import DestructionReport
from oralhistory.ui.listening.passage_picker import PassagePicker
from oralhistory.ui.look.pieces import button, column, field, label, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.work_bar import WorkBar


class RemovalCard(QFrame):
    """Nothing is asked after the button: the passage, the reason and the typed code are the question."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._code = ""
        self.says = says = Wording()
        self._done = label("soft")
        self._done.setObjectName("history_removed")
        self.picker = PassagePicker("history_removal", context)
        self.picker.take_keys_in(self)
        self._reason: QLineEdit = line_edit("history_removal_reason", says, mark("Why (not what was said there)"))
        self._typed: QLineEdit = line_edit("history_removal_code", says, mark("Type the code of the interview"))
        self._go = button("history_remove", says, mark("Remove the passage for good"), role="danger")
        self._what = label("caution")
        self.work = WorkBar("history_removal", says, can_stop=False)
        for one in (self._reason, self._typed):
            one.textChanged.connect(self._judge)
        self.picker.changed.connect(self._judge)
        self._go.clicked.connect(self._remove)
        asked = row(
            field(says, mark("Why (not what was said there)"), self._reason),
            field(says, mark("Type the code of the interview"), self._typed),
        )
        asked.setStretch(0, 1)
        buttons = row(self._go, self._what)
        buttons.setStretch(1, 1)
        self.setLayout(column(
            sentence(says, mark("Remove minutes for good"), "large"),
            sentence(says, mark("For a narrator who wants some minutes gone. The whole interview is sealed anew under a new key, "
                                "silent there; the words go from every layer, and earlier edits cannot be undone any more. "
                                "Everything else stays as it is, at its times. Nobody can bring the minutes back, from here "
                                "or from a backup that is attached now: attach yours first, and listen first."), "soft"),
            self._done, self.picker, asked, buttons, self.work, margin=2 * GRID,
        ))  # fmt: skip
        self._judge()

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self._clear()
        removed = self._context.desk.removing.of(code)
        self._tell(removed)

    def _clear(self) -> None:
        self.picker.begin(self._code)
        self._reason.clear()
        self._typed.clear()

    def leave(self) -> None:
        """Be silent: another page comes to the front, or the archive is locked."""
        self.picker.end()

    def retranslate(self) -> None:
        self.says.again()
        self.picker.says.again()
        self._judge()

    def hindrance(self) -> str:
        return tr("Minutes of an interview are being removed.") if self.work.working else ""

    def _tell(self, removed: Sequence[Removal]) -> None:
        self._done.setVisible(bool(removed))
        self._done.setText("\n".join(map(removal_words.line, removed)))

    def _judge(self) -> None:
        span = self.picker.span
        same = self._typed.text().strip().upper() == self._code.upper()
        told = bool(self._reason.text().strip())
        self._go.setEnabled(bool(self._code) and same and told and span is not None and not self.work.working)
        begin, end = span or (0, 0)
        times = {"begin": clock(begin), "end": clock(end), "length": clock(end - begin)}
        self._what.setText(tr("{begin} to {end}: {length} will be gone.", **times) if span else "")

    def _remove(self) -> None:
        span, reason, code = self.picker.span, self._reason.text(), self._code
        if span is None:
            return
        self.picker.end()
        self.work.begin(tr("The interview is being sealed anew …"))
        self._judge()
        progress, removing = self.work.progress(self._context.jobs), self._context.desk.removing
        self._context.jobs.run(
            lambda: removing.remove(code, *span, reason, progress=progress), self._removed, self._not_removed, owner=self
        )

    def _removed(self, removal: Removal) -> None:
        self.work.end()
        self._clear()
        self.show_interview(self._code)
        title = tr("Removed for good from {code}", code=removal.code)
        DestructionReport(self.window(), title, removal_words.report(removal)).open()

    def _not_removed(self, error: Exception) -> None:
        self.work.end()
        self._judge()
        self._context.jobs.tell(error)
