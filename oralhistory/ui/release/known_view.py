"""Before the cards: what somebody knows of the narrator's family and home is written down, and is then found everywhere.

Whom other interviews of the archive know is offered here and never taken over by itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.redaction import Decisions, Entity, EntityType
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.services.release import answers
from oralhistory.services.release.entity_book import Offered
from oralhistory.ui.look.pieces import (
    Choice,
    button,
    card,
    clear,
    column,
    label,
    line_edit,
    row,
    scrolling,
    sentence,
    stacked,
)
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.entity_form import EntityPlace
from oralhistory.ui.release.kinds import TYPES


class KnownView(QWidget):
    """`decided` carries an entity to store."""

    decided = Signal(object)

    def __init__(self, says: Wording, aids: Aids) -> None:
        super().__init__()
        self._entities: Sequence[Entity] = ()
        self._language = "ko"
        self._told: tuple[Offered, ...] | None = None
        self._name = line_edit("release_known_name", says, mark("A name or place that you know of"))
        says(self._name.setPlaceholderText, mark("a name, a place, a number"))
        self._kind = Choice("release_known_type", says, mark("What it is"), list(TYPES.items()))
        self._add = button("release_known_add", says, mark("Write it down"))
        self._add.setEnabled(False)
        self._name.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self._name.returnPressed.connect(self._add.click)
        self._add.clicked.connect(self._begin)
        action = row(self._kind, self._add)
        action.addStretch(1)
        self._form = EntityPlace(aids)
        self._form.saved.connect(self._save)
        self._form.closed.connect(self._name.setFocus)
        self._book = column(spacing=GRID)
        self._book_head = sentence(says, mark("Known from other interviews, and named in this one:"), "soft")
        inner = stacked(
            card(
                sentence(says, mark("Which people and places do you already know?"), "large"),
                self._name, action, self._form,
                sentence(says, mark(
                    "The narrator's family, home, workplace, other names. What you write down is found in every spelling and with"
                    " every particle. The narrator's own real names are known already where they were written down."), "soft"),
            ),
            self._book_head, self._book,
        )  # fmt: skip
        self.setLayout(column(scrolling(inner)))

    def show_known(self, entities: Sequence[Entity], offered: Sequence[Offered], language: str) -> None:
        self._entities, self._language = entities, language
        if tuple(offered) == self._told:
            return
        self._told = tuple(offered)
        clear(self._book)
        self._book_head.setVisible(bool(offered))
        for number, one in enumerate(offered):
            self._book.addWidget(self._offer(number, one))

    def clear(self) -> None:
        """Another interview: a name of the last one must not be decided in it."""
        self._form.drop()
        self._name.setText("")
        self.show_known((), (), self._language)

    def close_form(self) -> bool:
        return self._form.close_form()

    def take_keyboard(self) -> None:
        self._name.setFocus()

    def suggest(self, text: str) -> None:
        """Somebody wants to decide on these words."""
        self._name.setText(text)
        self._name.setFocus()

    def _offer(self, number: int, one: Offered) -> QWidget:
        told, about = label("large"), label("small")
        told.setText(listed(one.entity.variants))
        here = ntr("{n} time here", "{n} times here", one.places)
        there = ntr("decided in {n} other interview", "decided in {n} other interviews", one.interviews)
        about.setText(f"{here}  ·  {there}")
        take = button(f"release_book_{number}", Wording(), mark("Take it over …"))
        take.clicked.connect(lambda: self._open(one.entity.variants, one.entity.type))
        action = row(take)
        action.addStretch(1)
        return card(told, about, action)

    def _begin(self) -> None:
        self._open((normalised(self._name.text()),), EntityType(self._kind.value))

    def _open(self, forms: Sequence[str], type_: EntityType) -> None:
        self._form.begin(answers.named(forms[0], type_, self._language, self._entities, forms[1:]), self._language)

    def _save(self, entity: Entity) -> None:
        self.decided.emit(Decisions(entities=(entity,)))
        self._name.clear()

    def retranslate(self) -> None:
        self._told = None
        self._name.setAccessibleName(tr("A name or place that you know of"))
