"""Other people who are named in the interview: for each, what it would mean for them and how they are to be treated."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from oralhistory.i18n import mark
from oralhistory.ui.look.pieces import button, clear, column, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

FIELDS = {
    "person": mark("Who (no real name)"),
    "relation": mark("Relation"),
    "risk": mark("Risk to them"),
    "decision": mark("Decision (needed before release)"),
}


class ThirdParties(QWidget):
    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._rows: list[tuple[Wording, dict[str, QLineEdit]]] = []
        self._lines = column()
        add = button("consent_third_party_add", says, mark("Add a person who is named"), role="link")
        add.clicked.connect(self._add_empty)
        self.setLayout(column(self._lines, add))

    def fill(self, people: Sequence[dict[str, str]]) -> None:
        clear(self._lines)
        self._rows = []
        for person in people:
            self._add(person)

    def people(self) -> list[dict[str, str]]:
        """Everybody who is named here; empty lines are left out."""
        found = [{name: line.text().strip() for name, line in one.items()} for _, one in self._rows]
        return [one for one in found if any(one.values())]

    def retranslate(self) -> None:
        for wording, _ in self._rows:
            wording.again()

    def _add_empty(self) -> None:
        self._add(dict.fromkeys(FIELDS, ""))
        self._rows[-1][1]["person"].setFocus()

    def _add(self, person: dict[str, str]) -> None:
        number, wording = len(self._rows), Wording()
        lines = {name: line_edit(f"consent_third_{number}_{name}", wording, words) for name, words in FIELDS.items()}
        for name, line in lines.items():
            wording(line.setPlaceholderText, FIELDS[name])
            line.setText(person[name])
            line.textEdited.connect(self.edited)
        shown = QFrame()
        shown.setProperty("role", "note")
        who = row(lines["person"], lines["relation"])  # two and two: four in a row are too narrow to read what is asked
        shown.setLayout(column(who, row(lines["risk"], lines["decision"]), margin=GRID))
        self._rows.append((wording, lines))
        self._lines.addWidget(shown)
