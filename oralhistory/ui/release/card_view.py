"""One open decision: what was found, where it is said, and the answers, each on a key while the card has the keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QPushButton, QWidget

from oralhistory.domain.redaction import Decisions, Entity, Profile
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, tr
from oralhistory.ui.look.pieces import button, column, joined, label, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release import release_cards
from oralhistory.ui.release.entity_form import QUESTIONS, TYPES, EntityForm
from oralhistory.ui.release.release_cards import NO_REPLACEMENT, TEXT_CHANGED, Card

_CONTEXTS = 3
_BUTTONS_A_ROW = 3


class CardView(QFrame):
    """`decided` carries the decisions of an answer; `moved` a wish to go to the next (1) or the last (-1) card."""

    decided = Signal(object, object)
    moved = Signal(object, int)

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card
        self._entities: Sequence[Entity] = ()
        self._open: QWidget | None = None
        self._says = Wording()
        self.setObjectName("release_card")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._answers = self._make_answers()
        layout = column(*self._titles(), margin=2 * GRID, spacing=GRID)
        for place in card.places[:_CONTEXTS]:
            layout.addWidget(_context(card.text, place))
        more = len(card.places) - _CONTEXTS
        if more > 0:
            told = label("small")
            told.setText(ntr("and at {n} more place", "and at {n} more places", more))
            layout.addWidget(told)
        layout.addLayout(_in_columns(list(self._answers.values())))
        self.setLayout(layout)
        self.setAccessibleName(f"{card.text}: {tr(QUESTIONS[card.code])}")

    def _titles(self) -> list[QLabel]:
        name, about = label("large"), label("small")
        name.setText(self.card.text)
        if not self.card.text:
            name.hide()
        count = ntr("{n} time", "{n} times", len(self.card.places))
        about.setText(joined([tr(QUESTIONS[self.card.code]), tr(TYPES[self.card.type.value]), count]))
        notes = [about]
        for words, forms in ((mark("May be the same as: {forms}"), self.card.alike),
                             (mark("Another interview knows: {forms}"), self.card.elsewhere)):  # fmt: skip
            if forms:
                note = label("small")
                note.setText(tr(words, forms=", ".join(forms)))
                notes.append(note)
        return [name, *notes]

    def _make_answers(self) -> dict[str, QPushButton]:
        offered: list[tuple[str, str, str, Callable[[], None]]]
        if self.card.code == TEXT_CHANGED:
            offered = [("N", "release_anew", mark("Decide anew (N)"), self._anew)]
        elif self.card.code == NO_REPLACEMENT:
            offered = [("N", "release_complete", mark("Write a replacement (N)"), self._complete)]
        else:
            offered = [
                ("N", "release_new", mark("Replace (N)"), self._new),
                ("S", "release_same", mark("Same as … (S)"), self._same),
                ("X", "release_no_name", mark("Not a name (X)"), self._no_name),
                ("K", "release_keep", mark("Keep … (K)"), self._keep),
                ("R", "release_redact", mark("Take out (R)"), self._take_out),
            ]
        answers = {}
        for key, name, words, answer in offered:
            made = button(name, self._says, words, role="" if len(offered) > 1 else "primary")
            made.clicked.connect(answer)
            answers[key] = made
        return answers

    def know(self, entities: Sequence[Entity]) -> None:
        """What is decided so far: what the text of the card may be the same as."""
        self._entities = entities
        if "S" in self._answers:
            self._answers["S"].setEnabled(bool(entities))

    # --- answers ----------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        card = self.card
        self._fill_in(release_cards.fresh(card, self._entities), lambda entity: self._decide(release_cards.meant(card, entity)))

    def _complete(self) -> None:
        known = next((one for one in self._entities if one.id == self.card.entity), None)
        if known is None:
            return self._new()
        text = release_cards.suggestion(self.card, self._entities)
        filled = replace(known, replacement=MappingProxyType({Profile.PUBLIC.value: text, **known.replacement}))
        return self._fill_in(filled, lambda entity: self._decide(Decisions(entities=(entity,))))

    def _fill_in(self, entity: Entity, save: Callable[[Entity], None]) -> None:
        form = EntityForm()
        form.saved.connect(save)
        form.cancelled.connect(self._fold)
        self._unfold(form)
        form.begin(entity)

    def _same(self) -> None:
        choice = QComboBox()
        choice.setObjectName("release_same_choice")
        choice.setAccessibleName(tr("Same as"))
        for one in self._entities:
            choice.addItem(f"{one.replacement.get('public', '–')}  ({', '.join(one.variants[:3])})", one.id)
        choice.setCurrentIndex(max(choice.findData(self.card.entity), 0))
        save = button("release_same_save", self._says, mark("It is this one"), role="primary")
        save.clicked.connect(lambda: self._is(str(choice.currentData())))
        self._unfold(_in_a_row(choice, save))
        choice.setFocus()

    def _is(self, entity_id: str) -> None:
        entity = next(one for one in self._entities if one.id == entity_id)
        self._decide(release_cards.meant(self.card, entity))

    def _no_name(self) -> None:
        self._decide(release_cards.no_name(self.card, tr("not a name here")))

    def _keep(self) -> None:
        why = line_edit("release_keep_reason", self._says, mark("Why it stays as it is"))
        why.setPlaceholderText(tr("why it stays as it is"))
        save = button("release_keep_save", self._says, mark("Keep it"), role="primary")
        save.setEnabled(False)
        why.textChanged.connect(lambda text: save.setEnabled(bool(text.strip())))
        why.returnPressed.connect(save.click)
        save.clicked.connect(lambda: self._decide(release_cards.kept(self.card, why.text().strip())))
        self._unfold(_in_a_row(why, save))
        why.setFocus()

    def _take_out(self) -> None:
        self._decide(release_cards.taken_out(self.card))

    def _anew(self) -> None:
        self._decide(release_cards.anew(self.card))

    def _decide(self, decisions: Decisions) -> None:
        self.decided.emit(self, decisions)
        self.setEnabled(False)

    # --- looks and keys ---------------------------------------------------------------------------------------------

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed goes to this card."""
        return self.hasFocus() or any(one.hasFocus() for one in self.findChildren(QWidget))

    def _unfold(self, widget: QWidget) -> None:
        self._fold()
        self._open = widget
        self.layout().addWidget(widget)  # type: ignore[union-attr]

    def _fold(self) -> None:
        if self._open is not None:
            self._open.hide()
            self._open.deleteLater()
            self._open = None
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self._answers.get(event.text().upper()) if self.hasFocus() else None
        if pressed is not None and pressed.isEnabled():
            pressed.click()
        elif event.key() == Qt.Key.Key_Escape and self._open is not None:
            self._fold()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hasFocus():
            self.moved.emit(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus("note")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus("card")

    def _show_focus(self, role: str) -> None:
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hasFocus():
            event.accept()
            return True
        return super().event(event)


def _context(text: str, place: release_cards.Place) -> QLabel:
    made = label()
    made.setTextFormat(Qt.TextFormat.RichText)
    said = _plain(text) or "…"
    at = f"<span>{clock(place.at_ms)}</span>&nbsp;&nbsp;" if place.sha256 else ""
    made.setText(f"{at}{_plain(place.before)}<b><u>{said}</u></b>{_plain(place.after)}")
    return made


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_columns(buttons: Sequence[QPushButton]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(GRID)
    for at, one in enumerate(buttons):
        grid.addWidget(one, at // _BUTTONS_A_ROW, at % _BUTTONS_A_ROW)
    grid.setColumnStretch(_BUTTONS_A_ROW, 1)
    return grid


def _in_a_row(field: QWidget, save: QPushButton) -> QWidget:
    made = QWidget()
    layout = row(field, save)
    layout.setStretch(0, 1)
    made.setLayout(layout)
    return made
