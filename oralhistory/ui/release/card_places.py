"""Where a card's words are said, with the words around them, and the forms that may be the same name: each can be heard."""

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from oralhistory.domain.spans import Span
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.release.cards import Alike, Card, Place
from oralhistory.ui.look.pieces import button, column, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids

_CONTEXTS = 3
_LIKE = 3


class CardPlaces(QWidget):
    """Up to three places, and how many more there are. `hear_next` plays them in turn."""

    def __init__(self, card: Card, aids: Aids) -> None:
        super().__init__()
        self._aids = aids
        self._spans = [one.heard for one in card.places[:_CONTEXTS] if one.heard]
        self._next = 0
        layout = column(spacing=GRID // 2)
        for number, place in enumerate(card.places[:_CONTEXTS]):
            layout.addWidget(_with_sound(_context(card.text, place), place.heard, aids, f"release_hear_{number}"))
        more = len(card.places) - _CONTEXTS
        if more > 0:
            told = label("small")
            told.setText(ntr("and at {n} more place", "and at {n} more places", more))
            layout.addWidget(told)
        self.setLayout(layout)

    def hear_next(self) -> None:
        if self._spans:
            self._aids.hear(self._spans[self._next % len(self._spans)])
            self._next += 1


class CardLikes(QWidget):
    """The forms that may be the same name, the decided ones with a button: it is this one. `choose` gets an entity's id."""

    def __init__(self, likes: Sequence[Alike], aids: Aids, choose: Callable[[str], None]) -> None:
        super().__init__()
        self.answers: dict[str, QPushButton] = {}
        """By the digit that chooses it."""
        layout = column(spacing=GRID // 2)
        head = label("small")
        head.setText(tr("May be the same as:"))
        layout.addWidget(head)
        for number, one in enumerate(likes[:_LIKE], 1):
            told = label()
            told.setText(f"{one.form}  →  {one.instead or '–'}" if one.entity else tr("{form} (open, too)", form=one.form))
            line = _with_sound(told, one.heard, aids, f"release_hear_like_{number}")
            if one.entity:
                chosen = button(f"release_like_{number}", Wording(), "")
                chosen.setText(tr("It is this one ({key})", key=number))
                chosen.setAccessibleName(tr("The same as {form}", form=one.form))
                chosen.clicked.connect(lambda _checked=False, entity=one.entity: choose(entity))
                line.layout().addWidget(chosen)  # type: ignore[union-attr]
                self.answers[str(number)] = chosen
            layout.addWidget(line)
        self.setLayout(layout)


def _with_sound(told: QWidget, heard: Span | None, aids: Aids, name: str) -> QWidget:
    made = QWidget()
    layout = row(spacing=GRID)
    if heard is not None:
        play = button(name, Wording(), mark("▶"), role="sound")
        play.setAccessibleName(tr("Hear it"))
        play.setToolTip(tr("Hear it"))
        play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        play.clicked.connect(lambda: aids.hear(heard))
        layout.addWidget(play, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(told, 1)
    made.setLayout(layout)
    return made


def _context(text: str, place: Place) -> QWidget:
    made = label()
    made.setTextFormat(Qt.TextFormat.RichText)
    said = _plain(text) or "…"
    at = f"<span>{clock(place.at_ms)}</span>&nbsp;&nbsp;" if place.sha256 else ""
    made.setText(f"{at}{_plain(place.before)}<b><u>{said}</u></b>{_plain(place.after)}")
    return made


def _plain(text: str) -> str:
    return html.escape(text, quote=False)
