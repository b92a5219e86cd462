"""The cards that are open, so many at a time as a person can look at; keeps its place and what is being filled in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.redaction import Decisions, Entity
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.release.cards import Card
from oralhistory.ui.look.pieces import button, column, ground, label, row, scrolling, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.card_view import CardView

_AT_ONCE = 20


class DecisionList(QWidget):
    """`decided` carries decisions to store, and the card that they answer."""

    decided = Signal(object, object)
    ended = Signal()
    """Nothing is open any more, and somebody wants to go on."""

    def __init__(self, aids: Aids) -> None:
        super().__init__()
        self._aids = aids
        self.setObjectName("release_cards")
        self._views: list[CardView] = []
        self._told = label("soft")
        self._told.setObjectName("release_cards_told")
        self._column = column(spacing=GRID)
        self._says = Wording()
        self._on = button("release_read_on", self._says, mark("Read the text through (Ctrl+3)"))
        self._on.clicked.connect(self.ended)
        self._on.hide()
        on = row(self._on)
        on.addStretch(1)
        self._keys = sentence(
            self._says, mark("The letter on an answer gives it; P plays the words, ↑ and ↓ change the card."), "small"
        )
        self._keys.hide()
        inner = ground()
        layout = column(self._keys, self._told, on, margin=2 * GRID)
        layout.insertLayout(1, self._column)
        layout.addStretch(1)
        inner.setLayout(layout)
        self._area = scrolling(inner)
        self.setLayout(column(self._area))

    def clear(self) -> None:
        """Nothing is known yet of the interview."""
        self.show_cards((), ())
        self._told.setText("")
        self._on.hide()
        self._keys.hide()

    def show_cards(self, cards: Sequence[Card], entities: Sequence[Entity]) -> None:
        """Show what is open now; cards that did not change stay as they are."""
        self._on.setVisible(not cards)
        self._keys.setVisible(bool(cards))
        focused = next((at for at, one in enumerate(self._views) if one.has_keyboard), -1)
        held = self._views[focused] if focused >= 0 else None
        kept = {one.card: one for one in self._views if one.isEnabled()}
        views = [kept.pop(card) if card in kept else self._view(card) for card in cards[:_AT_ONCE]]
        for gone in (*kept.values(), *(one for one in self._views if not one.isEnabled())):
            self._drop(gone)
        self._views = views
        for at, view in enumerate(views):
            view.know(entities)
            self._column.insertWidget(at, view)
            view.show()
        more = len(cards) - len(views)
        left = ntr("{n} more comes after these.", "{n} more come after these.", more) if more else ""
        self._told.setText(left if cards else tr("Nothing is left to decide."))
        self._says.again()
        if held is not None and views and held not in views:  # Qt gave the keyboard to whatever came behind it
            views[_same_place(held.card.text, focused, views)].setFocus()

    def reopen(self) -> None:
        """An answer was refused: the card waits for another, with everything that was filled in."""
        for one in self._views:
            one.setEnabled(True)

    def close_form(self) -> bool:
        """Whether one was open on any card that waits; nothing of it is kept."""
        return sum(one.close_form() for one in self._views if one.isEnabled()) > 0  # all of them

    def take_keyboard(self) -> None:
        """The first card has the keyboard, unless one has it."""
        if self._views and not any(one.has_keyboard for one in self._views):
            self._views[0].setFocus()

    def _view(self, card: Card) -> CardView:
        view = CardView(card, self._aids)
        view.decided.connect(self._decide)
        view.moved.connect(self._move)
        view.displaced.connect(self._bring)
        return view

    def _bring(self, view: CardView) -> None:
        """Show as much of the card as there is room for, its end before its beginning: the form is there."""
        self._area.ensureWidgetVisible(view, 0, 0)
        room = self._area.viewport().height()
        bar = self._area.verticalScrollBar()
        bar.setValue(max(view.y() + view.height() - room, 0) if view.height() > room else bar.value())

    def _drop(self, view: CardView) -> None:
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _decide(self, view: CardView, decisions: Decisions) -> None:
        self._go_on_from(view)
        self.decided.emit(decisions, view.card)

    def _go_on_from(self, view: CardView) -> None:
        """To the next card that waits for an answer, else to one above: never out of the cards while any does."""
        at = self._views.index(view)
        others = [one for one in (*self._views[at + 1 :], *reversed(self._views[:at])) if one.isEnabled()]
        if others:
            others[0].setFocus()
            self._area.ensureWidgetVisible(others[0], 0, GRID)

    def _move(self, view: CardView, step: int) -> None:
        at = self._views.index(view) + step
        if 0 <= at < len(self._views):
            self._views[at].setFocus()
            self._area.ensureWidgetVisible(self._views[at], 0, GRID)


def _same_place(said: str, focused: int, views: Sequence[CardView]) -> int:
    """The card with the same words, which an answer may have changed (one like it is decided now), else the one in its place."""
    return next((at for at, one in enumerate(views) if one.card.text == said), min(focused, len(views) - 1))
