"""Somebody or something named in the interview: every form it is known by, and what stands for it in each profile."""

import secrets
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from oralhistory.domain.redaction import Entity, EntityType, IdentifierClass, Profile
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import mark
from oralhistory.services.refusal import PROFILE
from oralhistory.ui.look.pieces import Choice, button, column, field, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.form_rows import FormRows
from oralhistory.ui.release.kinds import CLASSES, TYPES


class EntityForm(QFrame):
    """`saved` carries the entity as it was filled in. A new one gets an id that says nothing."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, aids: Aids, *, coarse: bool = False) -> None:
        """`coarse`: what is filled in is told to everybody as in public, so only that text is asked for."""
        super().__init__()
        self._begun: Entity | None = None
        self._language = "ko"
        self._aids = aids
        self._says = says = Wording()
        self._type = Choice("release_entity_type", says, mark("What it is"), list(TYPES.items()))
        self._class = Choice("release_entity_class", says, mark("How it betrays"), list(CLASSES.items()))
        self._forms = FormRows()
        self._relation = line_edit("release_entity_relation", says, mark("What it is to the narrator"))
        self._texts: dict[Profile, QLineEdit] = {
            profile: line_edit(f"release_entity_{profile.value}", says, PROFILE[profile.value]) for profile in Profile
        }
        self._province = line_edit("release_entity_province", says, mark("The province it belongs to"))
        self._pseudonym = button("release_entity_pseudonym", says, mark("A pseudonym"))
        self._pseudonym.clicked.connect(self._offer_name)
        self._type.picked.connect(self._fit)
        public = row(self._texts[Profile.PUBLIC], self._pseudonym)
        public.setStretch(0, 1)
        for_all = mark("For everybody, coarsely") if coarse else mark("Replacement, for the public")
        self._rest = QWidget()
        rest = column(spacing=GRID)
        if not coarse:
            rest.addLayout(field(says, mark("for a partner (else the same)"), self._texts[Profile.PARTNER]))
            rest.addLayout(field(says, mark("for a court (else the same)"), self._texts[Profile.COURT]))
        rest.addLayout(field(says, mark("How it betrays"), self._class))
        rest.addLayout(field(says, mark("What it is to the narrator"), self._relation))
        rest.addLayout(field(says, mark("The province it belongs to"), self._province))
        self._rest.setLayout(rest)
        self._rest.hide()
        layout = column(spacing=GRID)
        layout.addLayout(column(sentence(says, for_all, "small"), public, spacing=GRID // 2))
        layout.addLayout(field(says, mark("Forms it is known by"), self._forms))
        layout.addLayout(field(says, mark("What it is"), self._type))
        layout.addLayout(self._actions(says))
        layout.addWidget(self._rest)
        self.setLayout(layout)
        for one in (*self._texts.values(), self._relation, self._province):
            one.returnPressed.connect(self._save)

    def _actions(self, says: Wording) -> QHBoxLayout:
        save = button("release_entity_save", says, mark("Save"), role="primary")
        cancel = button("release_entity_cancel", says, mark("Cancel"))
        more = button("release_entity_more", says, mark("More …"), role="link")
        save.clicked.connect(self._save)
        self._forms.changed.connect(lambda: save.setEnabled(bool(self._forms.forms())))
        cancel.clicked.connect(self.cancelled)
        more.clicked.connect(lambda: self._rest.setVisible(self._rest.isHidden()))
        actions = row(save, cancel)
        actions.addStretch(1)
        actions.addWidget(more)
        return actions

    def begin(self, entity: Entity, language: str = "ko") -> None:
        """Show this entity; an empty id means a new one. A pseudonym is offered in the language of the interview."""
        self._begun = entity
        self._language = language if language in ("ko", "en", "zh") else "en"
        self._type.pick(entity.type.value)
        self._class.pick(entity.identifier.value)
        self._forms.begin(entity.variants, entity.kinds)
        self._province.setText(entity.province)
        self._fit()
        self._relation.setText(entity.relation)
        for profile, text in self._texts.items():
            text.setText(entity.replacement.get(profile.value, ""))
        self._rest.setVisible(any(entity.replacement.get(one.value) for one in (Profile.PARTNER, Profile.COURT)))
        public = self._texts[Profile.PUBLIC]
        public.setFocus()
        public.selectAll()

    def entity(self) -> Entity:
        texts = {profile.value: normalised(edit.text()) for profile, edit in self._texts.items()}
        begun = self._begun
        return Entity(
            (begun.id if begun else "") or secrets.token_hex(8),
            EntityType(self._type.value),
            IdentifierClass(self._class.value),
            self._forms.forms(),
            MappingProxyType({profile: text for profile, text in texts.items() if text}),
            normalised(self._relation.text()),
            MappingProxyType(self._forms.kinds()),
            normalised(self._province.text()),
        )

    def _fit(self) -> None:
        """Only a person is called by a name that is made up."""
        self._pseudonym.setVisible(self._type.value == EntityType.PERSON.value)

    def _offer_name(self) -> None:
        self._aids.pseudonym(self._language, self._take_name)

    def _take_name(self, name: str) -> None:
        if isValid(self):  # closed meanwhile
            self._texts[Profile.PUBLIC].setText(name)

    def _save(self) -> None:
        if self._forms.forms():
            self.saved.emit(self.entity())


class EntityPlace(QWidget):
    """Where a form is opened when somebody wants one; it is gone when it is saved or cancelled."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, aids: Aids) -> None:
        super().__init__()
        self._aids = aids
        self._form: EntityForm | None = None
        self.setLayout(column())
        self.hide()

    def begin(self, entity: Entity, language: str = "ko") -> None:
        self.drop()
        self._form = EntityForm(self._aids)
        self._form.saved.connect(self._save)
        self._form.cancelled.connect(self.close_form)
        self.layout().addWidget(self._form)  # type: ignore[union-attr]
        self.show()
        self._form.begin(entity, language)

    def close_form(self) -> bool:
        """Whether a form was open; nothing of it is kept."""
        if self._form is None:
            return False
        self.drop()
        self.closed.emit()
        return True

    def _save(self, entity: Entity) -> None:
        self.drop()
        self.saved.emit(entity)
        self.closed.emit()

    def drop(self) -> None:
        """Nothing is filled in any more: nobody hears of it."""
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is not None:
            self.close_form()
        else:
            super().keyPressEvent(event)
