"""One open decision: what was found, where it is said, and the answers, each on a key while the card has the keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from oralhistory.domain.redaction import Decisions, Entity, Profile, Question, VariantKind
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.services.release import answers
from oralhistory.services.release.cards import Card
from oralhistory.ui.look.pieces import button, column, joined, label, line_edit, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.card_places import CardLikes, CardPlaces
from oralhistory.ui.release.entity_form import EntityForm
from oralhistory.ui.release.kinds import TYPES, asked
from oralhistory.ui.release.same_form import SameForm

_NO_LETTER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""With one of these a key is the page's or the window's."""

_Offered = tuple[str, str, str, Callable[[], None]]
"""Key, name, words, what it does."""


class CardView(QFrame):
    """`decided` carries the decisions of an answer; `moved` a wish to go to the next (1) or the last (-1) card."""

    decided = Signal(object, object)
    moved = Signal(object, int)
    displaced = Signal(object)
    """The card in hand is no longer where or as it was (an answered one went, a form opened), and wants to be seen whole."""

    def __init__(self, card: Card, aids: Aids) -> None:
        super().__init__()
        self.card = card
        self._aids = aids
        self._entities: Sequence[Entity] = ()
        self._open: QWidget | None = None
        self._says = Wording()
        self.setObjectName("release_card")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._answers = {key: self._button(name, words, answer) for key, name, words, answer in self._offered()}
        self._buttons = Wrapping(list(self._answers.values()), fewest=2, spacing=GRID)
        self._places = CardPlaces(card, aids)
        layout = column(*self._titles(), self._places, margin=2 * GRID, spacing=GRID)
        if card.alike:
            likes = CardLikes(card.alike, aids, self._is_like)
            self._answers.update(likes.answers)
            layout.addWidget(likes)
        layout.addWidget(self._buttons)
        self.setLayout(layout)
        self.setAccessibleName(f"{card.text}: {asked(card)}")

    def _titles(self) -> list[QLabel]:
        name, about = label("large"), label("small")
        name.setText(self.card.text)
        if not self.card.text:
            name.hide()
        count = ntr("{n} time", "{n} times", len(self.card.places))
        about.setText(joined([asked(self.card), tr(TYPES[self.card.type.value]), count]))
        notes = [about]
        if self.card.elsewhere:
            note = label("small")
            note.setText(tr("Another interview knows: {forms}", forms=listed(self.card.elsewhere)))
            notes.append(note)
        if self.card.hidden:
            note = label("small")
            note.setText(tr("What stands here is replaced or taken out already. “Keep” would show it again."))
            notes.append(note)
        return [name, *notes]

    def _offered(self) -> list[_Offered]:
        if self.card.code is Question.TEXT_CHANGED:
            return [("N", "release_anew", mark("Decide anew (N)"), self._anew)]
        if self.card.code is Question.NO_REPLACEMENT:
            return [("N", "release_complete", mark("Write a replacement (N)"), self._complete)]
        no_name = mark("Take the mark back (X)") if self.card.hidden else mark("Not a name (X)")
        return [
            ("N", "release_new", mark("Replace (N)"), self._new),
            ("S", "release_same", mark("Same as … (S)"), self._same),
            ("X", "release_no_name", no_name, self._no_name),
            ("K", "release_keep", mark("Keep … (K)"), self._keep),
            ("G", "release_coarsen", mark("Coarser (G)"), self._coarsen),
            ("R", "release_redact", mark("Take out (R)"), self._take_out),
        ]

    def _button(self, name: str, words: str, answer: Callable[[], None]) -> QPushButton:
        alone = self.card.code in (Question.TEXT_CHANGED, Question.NO_REPLACEMENT)
        made = button(name, self._says, words, role="primary" if alone else "")
        made.clicked.connect(answer)
        return made

    def know(self, entities: Sequence[Entity]) -> None:
        """What is decided so far: what the text of the card may be the same as."""
        self._entities = entities
        if "S" in self._answers:
            self._answers["S"].setEnabled(bool(entities))

    # --- answers ----------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        card = self.card
        self._fill_in(answers.fresh(card, self._entities), lambda entity: self._decide(answers.meant(card, entity)))

    def _coarsen(self) -> None:
        card = self.card
        self._fill_in(
            answers.fresh(card, self._entities), lambda entity: self._decide(answers.generalised(card, entity)), coarse=True
        )

    def _complete(self) -> None:
        known = next((one for one in self._entities if one.id == self.card.entity), None)
        if known is None:
            return self._new()
        text = answers.suggestion(self.card, self._entities)
        filled = replace(known, replacement=MappingProxyType({Profile.PUBLIC.value: text, **known.replacement}))
        return self._fill_in(filled, lambda entity: self._decide(Decisions(entities=(entity,))))

    def _fill_in(self, entity: Entity, save: Callable[[Entity], None], *, coarse: bool = False) -> None:
        form = EntityForm(self._aids, coarse=coarse)
        form.saved.connect(save)
        form.cancelled.connect(self.close_form)
        self._unfold(form)
        form.begin(entity, self.card.language)

    def _same(self) -> None:
        form = SameForm(self._entities, self.card)
        form.chosen.connect(self._is)
        form.cancelled.connect(self.close_form)
        self._unfold(form)
        form.begin()

    def _is(self, entity_id: str, kind: str) -> None:
        entity = next(one for one in self._entities if one.id == entity_id)
        self._decide(answers.same(self.card, entity, VariantKind(kind) if kind else None))

    def _is_like(self, entity_id: str) -> None:
        """What resembles a name by a sound is that name misspelt, unless a person says more."""
        self._is(entity_id, VariantKind.MISHEARD.value if self.card.code is Question.SIMILAR else "")

    def _no_name(self) -> None:
        self._decide(answers.no_name(self.card, tr("not a name here")))

    def _keep(self) -> None:
        why = line_edit("release_keep_reason", self._says, mark("Why it stays as it is"))
        why.setPlaceholderText(tr("why it stays as it is"))
        save = button("release_keep_save", self._says, mark("Keep it"), role="primary")
        save.setEnabled(False)
        why.textChanged.connect(lambda text: save.setEnabled(bool(text.strip())))
        why.returnPressed.connect(save.click)
        save.clicked.connect(lambda: self._decide(answers.kept(self.card, why.text().strip())))
        made = QWidget()
        layout = row(why, save)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        self._unfold(made)
        why.setFocus()

    def _take_out(self) -> None:
        self._decide(answers.taken_out(self.card))

    def _anew(self) -> None:
        self._decide(answers.anew(self.card))

    def _decide(self, decisions: Decisions) -> None:
        self.decided.emit(self, decisions)
        self.setEnabled(False)

    # --- looks and keys ---------------------------------------------------------------------------------------------

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed goes to this card."""
        return self.hasFocus() or any(one.hasFocus() for one in self.findChildren(QWidget))

    def _unfold(self, widget: QWidget) -> None:
        """Put a form where the answers stand; it has their place until it is closed."""
        self._fold()
        self._open = widget
        self._buttons.hide()
        self.layout().addWidget(widget)  # type: ignore[union-attr]
        self._want_to_be_seen()

    def close_form(self) -> bool:
        """Whether a form was open here; nothing of it is kept."""
        was_open = self._open is not None
        self._fold()
        return was_open

    def _fold(self) -> None:
        if self._open is not None:
            self._open.hide()
            self._open.deleteLater()
            self._open = None
            self._buttons.show()
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that is held down gives one answer: the next card has the keyboard by then, and nobody has read it."""
        answers_now = self.hasFocus() and not event.isAutoRepeat() and _types_a_letter(event)
        pressed = self._answers.get(event.text().upper()) if answers_now else None
        if pressed is not None and pressed.isEnabled():
            pressed.click()
        elif event.text().upper() == "P" and self.hasFocus():
            self._places.hear_next()
        elif event.key() == Qt.Key.Key_Escape and self._open is not None:
            self._fold()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hasFocus():
            self.moved.emit(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A form that opens, or tells more, makes the card longer."""
        super().resizeEvent(event)
        if self._open is not None and event.oldSize().height() < event.size().height():
            self._want_to_be_seen()

    def moveEvent(self, event: QMoveEvent) -> None:
        """A card above went, or grew. What a key answers must never be out of sight."""
        super().moveEvent(event)
        if self.has_keyboard:
            self._want_to_be_seen()

    def _want_to_be_seen(self) -> None:
        """When the cards have found their places."""
        QTimer.singleShot(0, self, lambda: self.displaced.emit(self))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        restyle(self, "card_in_hand")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        restyle(self, "card")

    def event(self, event: QEvent) -> bool:
        """Plain letters are answers here before they are anything else."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hasFocus()
        if is_key and _types_a_letter(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)


def _types_a_letter(event: QKeyEvent) -> bool:
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & _NO_LETTER
