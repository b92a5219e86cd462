"""Of whom a card speaks, chosen among those that are decided, and what sort of form of the name it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from oralhistory.domain.redaction import Entity, Question
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.release.cards import Card
from oralhistory.ui.look.drawn_once import DropDown
from oralhistory.ui.look.pieces import Choice, button, column, row
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.kinds import FORMS

_SHOWN = 3


class SameForm(QWidget):
    """`chosen` carries the id of an entity and the kind of form, "" where it is none of the kinds."""

    chosen = Signal(str, str)
    cancelled = Signal()

    def __init__(self, entities: Sequence[Entity], card: Card) -> None:
        super().__init__()
        says = Wording()
        self._who = DropDown()
        self._who.setObjectName("release_same_choice")
        self._who.setAccessibleName(tr("Same as"))
        self._who.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one in entities:
            self._who.addItem(f"{one.replacement.get('public', '–')}  ({listed(one.variants[:_SHOWN])})", one.id)
        likely = card.entity or next((one.entity for one in card.alike if one.entity), "")
        self._who.setCurrentIndex(max(self._who.findData(likely), 0))
        self._kind = Choice("release_same_kind", says, mark("What sort of form"), list(FORMS.items()))
        self._kind.pick("misheard" if card.code is Question.SIMILAR else "")
        save = button("release_same_save", says, mark("It is this one"), role="primary")
        save.clicked.connect(self._choose)
        cancel = button("release_same_cancel", says, mark("Cancel"))
        cancel.clicked.connect(self.cancelled)
        below = row(self._kind, save, cancel)
        below.setStretch(0, 1)
        self.setLayout(column(self._who, below))

    def begin(self) -> None:
        self._who.setFocus()

    def _choose(self) -> None:
        self.chosen.emit(str(self._who.currentData()), self._kind.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A list that is closed passes Return on: who is seen there is who is meant. Held down it opened this form, and chooses
        nobody."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose()
        else:
            super().keyPressEvent(event)
