"""What the narrator must be told, paragraph by paragraph in large type, each to be ticked when it was explained.

A paragraph with a place that is still to be filled in is not for reading aloud: it is small, and says so.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from oralhistory.domain.consent import CHECKLIST
from oralhistory.domain.form_text import FormText, places_in
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.refusal import CHECKLIST as ITEMS
from oralhistory.ui.look.pieces import card, column, heading, label, restyle
from oralhistory.ui.look.wording import Wording


class ChecklistView(QWidget):
    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._paragraphs = {item: label("reading") for item in CHECKLIST}
        self._open = {item: label("caution") for item in CHECKLIST}
        self._ticks = {item: QCheckBox() for item in CHECKLIST}
        self.cards: list[QWidget] = []
        layout = column()
        for item in CHECKLIST:
            tick = self._ticks[item]
            tick.setObjectName(f"consent_told_{item}")
            says(tick.setText, mark("explained and understood"))
            says(lambda words, one=tick: one.setAccessibleName(words), ITEMS[item])  # type: ignore[misc]
            tick.clicked.connect(self.edited)
            self.cards.append(card(heading(says, ITEMS[item]), self._paragraphs[item], self._open[item], tick))
            layout.addWidget(self.cards[-1])
        self.setLayout(layout)

    def read_from(self, text: FormText) -> None:
        for item, paragraph in self._paragraphs.items():
            words = text.checklist.get(item, "")
            places = listed(places_in(words))
            paragraph.setText(words)
            restyle(paragraph, "soft" if places else "reading")
            self._open[item].setText(tr("Not for reading aloud yet. Still to be filled in: {places}", places=places))
            self._open[item].setVisible(bool(places))

    def fill(self, ticked: Mapping[str, bool]) -> None:
        for item, tick in self._ticks.items():
            tick.setChecked(ticked.get(item, False))

    def ticked(self) -> dict[str, bool]:
        return {item: tick.isChecked() for item, tick in self._ticks.items()}
