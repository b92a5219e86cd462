"""What the narrator must be told, paragraph by paragraph in large type, each to be ticked when it was explained.

A paragraph with a place that is still to be filled in is not for reading aloud: it is small, says so, and nobody ticks it. Where
nothing is recorded some have other words, and what was ticked in the one words is not ticked in the other.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QWidget

from oralhistory.domain.consent import CHECKLIST
from oralhistory.domain.form_text import FormText, places_in
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.refusal import CHECKLIST as ITEMS
from oralhistory.ui.look.pieces import button, column, heading, label, restyle, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class ChecklistView(QWidget):
    """`filling_wanted`: what stands in brackets is to be filled in."""

    edited = Signal()
    filling_wanted = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._told = {item: _Told(says, item) for item in CHECKLIST}
        for one in self._told.values():
            one.tick.clicked.connect(self.edited)
            one.fill_in.clicked.connect(self.filling_wanted)
        self.cards: list[QWidget] = list(self._told.values())
        self.setLayout(column(*self.cards))

    def read_from(self, text: FormText, *, sound: bool) -> None:
        for item, words in text.told(sound=sound).items():
            self._told[item].read(words, without_sound=not sound and item in text.without_sound)

    def fill(self, ticked: Mapping[str, bool]) -> None:
        """Show these; they were given on whatever words are read next."""
        for item, one in self._told.items():
            one.fill(ticked.get(item, False))

    def ticked(self) -> dict[str, bool]:
        return {item: one.tick.isChecked() for item, one in self._told.items()}

    @property
    def to_tell_again(self) -> list[QCheckBox]:
        """The ticks of what was explained, and has other words by now."""
        return [one.tick for one in self._told.values() if one.changed]


class _Told(QFrame):
    """One paragraph and its tick."""

    def __init__(self, says: Wording, item: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._words, self._open = label("reading"), label("caution")
        self._again = sentence(
            says, mark("This reads differently now, because of the answer about recording: read it again."), "caution"
        )
        self._again.setObjectName(f"consent_again_{item}")
        self.fill_in: QPushButton = button(f"consent_fill_{item}", says, mark("Fill in …"), role="link")
        self.tick = QCheckBox()
        self.tick.setObjectName(f"consent_told_{item}")
        says(self.tick.setText, mark("explained and understood"))
        says(self.tick.setAccessibleName, ITEMS[item])
        self.tick.clicked.connect(self._show)
        filling = row(self.fill_in)
        filling.addStretch(1)
        self.setLayout(column(
            heading(says, ITEMS[item]), self._words, self._again, self._open, filling, self.tick, margin=2 * GRID
        ))  # fmt: skip
        self._without_sound: bool | None = None
        self._otherwise = False
        """Whether the other words of it were ticked."""

    @property
    def changed(self) -> bool:
        return self._otherwise and not self.tick.isChecked()

    def fill(self, ticked: bool) -> None:
        self.tick.setChecked(ticked)
        self._without_sound, self._otherwise = None, False
        self._show()

    def read(self, words: str, *, without_sound: bool) -> None:
        self._words.setText(words)
        if self._without_sound not in (None, without_sound):
            before, now = self.tick.isChecked(), self._otherwise
            self._otherwise = before
            self.tick.setChecked(now)
        self._without_sound = without_sound
        self._show()

    def _show(self) -> None:
        places = places_in(self._words.text())
        restyle(self._words, "soft" if places else "reading")
        self._open.setText(tr("Not for reading aloud yet. Still to be filled in: {places}", places=listed(places)))
        self._open.setVisible(bool(places))
        self.fill_in.setVisible(bool(places))
        self._again.setVisible(self.changed)
        self.tick.setEnabled(not places or self.tick.isChecked())
