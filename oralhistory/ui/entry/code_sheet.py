"""The recovery code while it is shown, once: to be copied by hand, or printed by whoever trusts the printer's memory.

The print dialog offers no file. What the system's own printing keeps of it for a while is said below the button; a printer that
is a program and writes files is not recognised here.
"""

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFrame

from oralhistory.domain.paper import Paper, Section
from oralhistory.i18n import mark, tr
from oralhistory.ui.entry.paper_code import in_lines
from oralhistory.ui.look.pieces import column, label
from oralhistory.ui.look.printing import PrintRow
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class CodeSheet(QFrame):
    """`name` is the code's own, and begins those of what stands with it."""

    def __init__(self, name: str, says: Wording) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._shown = label("code")
        self._shown.setObjectName(name)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._print = PrintRow(
            f"{name}_print", says, mark("Print it …"),
            mark("Copying it by hand is safer: whoever reads the printer's memory can open the archive."), self._paper,
            to_file=False,
        )  # fmt: skip
        self.setLayout(column(self._shown, self._print, margin=2 * GRID, spacing=2 * GRID))

    def show_code(self, code: str) -> None:
        self._shown.setText(in_lines(code))
        self._print.begin()

    def clear(self) -> None:
        self._shown.clear()
        self._print.begin()

    def _paper(self) -> Paper:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        made = tr("Printed on {date}. It opens the archive without the passphrase: keep it away from the computer.", date=today)
        return Paper(tr("The recovery code"), (Section(self._shown.text(), (made,), together=True),))
