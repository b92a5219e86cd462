"""Somebody or something named in the interview: every form it is known by, and what stands for it in each profile."""

import secrets
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from oralhistory.domain.redaction import Entity, EntityType, IdentifierClass, Profile
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import mark
from oralhistory.ui.look.form_grid import form_grid
from oralhistory.ui.look.pieces import Choice, button, column, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import PROFILE

TYPES = {
    "PERSON": mark("person"),
    "PLACE": mark("place"),
    "ORG": mark("organisation"),
    "FACILITY": mark("facility"),
    "CODE": mark("number"),
    "DATE": mark("date"),
    "AGE": mark("age"),
    "OTHER": mark("other"),
}
CLASSES = {
    "DIRECT": mark("betrays by itself"),
    "QUASI": mark("betrays together with other things"),
    "CONTEXT": mark("betrays through what is told around it"),
}
QUESTIONS = {
    "undecided": mark("May name somebody or something"),
    "ambiguous": mark("May be a name or a plain word"),
    "inside_word": mark("Stands inside a longer word"),
    "similar": mark("Looks or sounds like a name that is decided"),
    "text_changed": mark("The text was edited after this was decided"),
    "no_replacement": mark("Has no replacement yet"),
}


class EntityForm(QFrame):
    """`saved` carries the entity as it was filled in. A new one gets an id that says nothing."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._begun: Entity | None = None
        says = Wording()
        self._type = Choice("release_entity_type", says, mark("What it is"), list(TYPES.items()))
        self._class = Choice("release_entity_class", says, mark("How it betrays"), list(CLASSES.items()))
        self._variants = QPlainTextEdit()
        self._variants.setObjectName("release_entity_variants")
        self._variants.setTabChangesFocus(True)
        self._variants.setFixedHeight(10 * GRID)
        says(self._variants.setAccessibleName, mark("Every form it is known by, one a line"))
        self._relation = line_edit("release_entity_relation", says, mark("What it is to the narrator"))
        self._texts: dict[Profile, QLineEdit] = {
            profile: line_edit(f"release_entity_{profile.value}", says, PROFILE[profile.value]) for profile in Profile
        }
        form = form_grid(says, [
            (mark("Replacement, for the public"), self._texts[Profile.PUBLIC]),
            (mark("for a partner (else the same)"), self._texts[Profile.PARTNER]),
            (mark("for a court (else the same)"), self._texts[Profile.COURT]),
            (mark("Forms, one a line"), self._variants),
            (mark("What it is"), self._type),
            (mark("How it betrays"), self._class),
            (mark("To the narrator"), self._relation),
        ])  # fmt: skip
        save = button("release_entity_save", says, mark("Save"), role="primary")
        cancel = button("release_entity_cancel", says, mark("Cancel"))
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.cancelled)
        for one in (*self._texts.values(), self._relation):
            one.returnPressed.connect(self._save)
        layout = column()
        layout.addLayout(form)
        actions = row(save, cancel)
        actions.addStretch(1)
        layout.addLayout(actions)
        self.setLayout(layout)

    def begin(self, entity: Entity) -> None:
        """Show this entity; an empty id means a new one."""
        self._begun = entity
        self._type.pick(entity.type.value)
        self._class.pick(entity.identifier.value)
        self._variants.setPlainText("\n".join(entity.variants))
        self._relation.setText(entity.relation)
        for profile, field in self._texts.items():
            field.setText(entity.replacement.get(profile.value, ""))
        public = self._texts[Profile.PUBLIC]
        public.setFocus()
        public.selectAll()

    def entity(self) -> Entity:
        texts = {profile.value: normalised(field.text()) for profile, field in self._texts.items()}
        lines = (normalised(line) for line in self._variants.toPlainText().splitlines())
        variants = tuple(dict.fromkeys(line for line in lines if line))
        begun = self._begun
        kinds = {form: kind for form, kind in begun.kinds.items() if form in variants} if begun else {}
        return Entity(
            (begun.id if begun else "") or secrets.token_hex(8),
            EntityType(self._type.value),
            IdentifierClass(self._class.value),
            variants,
            MappingProxyType({profile: text for profile, text in texts.items() if text}),
            normalised(self._relation.text()),
            MappingProxyType(kinds),
            begun.province if begun else "",
        )

    def _save(self) -> None:
        self.saved.emit(self.entity())
