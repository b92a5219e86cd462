"""What was decided: the entities with their forms and replacements; any of them can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from oralhistory.domain.redaction import Decisions, Entity
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.entity_form import TYPES, EntityForm


class EntityList(QWidget):
    """`decided` carries the changed entity as decisions."""

    decided = Signal(object)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._entities: list[Entity] = []
        self._list = QListWidget()
        self._list.setObjectName("release_entities")
        self._list.setWordWrap(True)
        self._list.setSpacing(2)
        says(self._list.setAccessibleName, mark("Decided names and places"))
        self._list.itemActivated.connect(self._change)
        self._list.itemClicked.connect(self._change)
        self._hint = label("soft")
        says(self._hint.setText, mark("Choose one to change its forms or its replacement."))
        self._form = EntityForm()
        self._form.hide()
        self._form.saved.connect(self._save)
        self._form.cancelled.connect(self._form.hide)
        layout = column(self._hint, margin=GRID)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._form)
        self.setLayout(layout)

    def show_entities(self, entities: Sequence[Entity]) -> None:
        if list(entities) == self._entities:
            return
        self._entities = list(entities)
        self._list.clear()
        for one in self._entities:
            text = one.replacement.get("public", "–")
            item = QListWidgetItem(f"{text}   ←   {', '.join(one.variants)}   ({tr(TYPES[one.type.value])})")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self._list.addItem(item)

    def _change(self, item: QListWidgetItem) -> None:
        wanted = item.data(Qt.ItemDataRole.UserRole)
        entity = next(one for one in self._entities if one.id == wanted)
        self._form.show()
        self._form.begin(entity)

    def _save(self, entity: Entity) -> None:
        self._form.hide()
        self.decided.emit(Decisions(entities=(entity,)))
