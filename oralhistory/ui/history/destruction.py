"""Destroying an interview beyond recovery: the last wish a narrator can have. Asked for by its code, reported in full."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QPlainTextEdit, QWidget

from oralhistory.domain.paper import Paper, Section
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, field, label, line_edit, row, sentence
from oralhistory.ui.look.printing import PrintRow
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.work_bar import WorkBar


class DestructionForm(QFrame):
    """`confirmed` comes after the code of the interview was typed and the button pressed; nothing is asked after that."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._code = ""
        self.says = says = Wording()
        self._typed: QLineEdit = line_edit("history_destroy_code", says, mark("Type the code of the interview"))
        self._go = button("history_destroy", says, mark("Destroy it beyond recovery"), role="danger")
        self.work = WorkBar("history_destroy", says, can_stop=False)
        self._typed.textChanged.connect(self._judge)
        self._go.clicked.connect(self._confirm)
        line = row(field(says, mark("Type the code of the interview"), self._typed))
        line.addStretch(1)
        buttons = row(self._go)
        buttons.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Destroy this interview"), "large"),
            sentence(says, mark("Its key is overwritten; sound, text, consents and names go, here and in every backup that is "
                                "attached now, and nobody can bring them back. What was given out is not reached: a list of "
                                "it is shown afterwards, so that recipients can be asked to delete it. Attach your backups "
                                "first."), "soft"),
            line, buttons, self.work, margin=2 * GRID,
        ))  # fmt: skip
        self._judge()

    def begin(self, code: str) -> None:
        """For this interview, nothing typed yet."""
        self._code = code
        self._typed.clear()
        self._judge()

    def _judge(self) -> None:
        same = self._typed.text().strip().upper() == self._code.upper()
        self._go.setEnabled(bool(self._code) and same and not self.work.working)

    def _confirm(self) -> None:
        self._typed.clear()
        self.confirmed.emit()


class DestructionReport(QDialog):
    """What was destroyed or removed and what was not, to be read, printed or copied before it is closed. `besides`: what is
    to be known of the report itself."""

    def __init__(self, parent: QWidget, title: str, lines: Sequence[str], besides: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("destruction_report")
        self.setWindowTitle(title)
        says = Wording()
        told = QPlainTextEdit("\n".join(lines))
        told.setObjectName("destruction_report_text")
        told.setReadOnly(True)
        says(told.setAccessibleName, mark("What was destroyed and what was not"))
        note = label("caution")
        note.setObjectName("destruction_report_besides")
        note.setText(besides)
        note.setVisible(bool(besides))
        keep = PrintRow("destruction_report_print", says, mark("Print or save as PDF …"),
                        mark("It holds codes, and recipients by name."), lambda: _paper(title, lines))  # fmt: skip
        close = button("destruction_report_close", says, mark("I have read it"), role="primary")
        close.clicked.connect(self.accept)
        head = label("large")
        head.setText(self.windowTitle())
        told.setMinimumHeight(12 * GRID)
        inside = column(head, told, note, keep, close, margin=2 * GRID)
        self.setLayout(inside)
        self.resize(90 * GRID, max(60 * GRID, inside.totalHeightForWidth(90 * GRID)))  # in large letters, too


def told_once() -> str:
    """What becomes of what a report of a destruction tells."""
    return tr(
        "No page shows this again: print or save it if recipients are still to be written to. The custody log keeps that the"
        " interview was destroyed, when and by whom, and the SHA-256 of each file that was given out, but no recipient."
        " “archive custody --to” on the command line writes the log to a file."
    )


def _paper(title: str, lines: Sequence[str]) -> Paper:
    return Paper(title, (Section("", tuple(lines)),))
