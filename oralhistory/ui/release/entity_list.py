"""What was decided: the entities with their forms and replacements; any of them can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from oralhistory.domain.redaction import Decisions, Entity, Profile
from oralhistory.i18n import listed, mark, tr
from oralhistory.ui.look.pieces import column, label, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.entity_form import EntityPlace
from oralhistory.ui.release.kinds import TYPES

_ROOMY_LINES = 8


class EntityList(QWidget):
    """`decided` carries the changed entity as decisions."""

    decided = Signal(object)

    def __init__(self, says: Wording, aids: Aids) -> None:
        super().__init__()
        self._entities: list[Entity] = []
        self._profile = Profile.PUBLIC
        self._list = QListWidget()
        self._list.setObjectName("release_entities")
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)  # what wraps is never cut short
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)  # the rows are as high as their words need at this width
        self._list.setSpacing(2)
        says(self._list.setAccessibleName, mark("Decided names and places"))
        self._list.itemActivated.connect(self._change)
        self._list.itemClicked.connect(self._change)
        self._hint = label("soft")
        for tell in (self._hint.setText, self._list.setAccessibleDescription):
            says(tell, mark("Choose one to change its forms or its replacement."))
        self._none = label("soft")
        says(self._none.setText, mark("Nothing is decided yet."))
        self._form = EntityPlace(aids)
        self._form.saved.connect(lambda entity: self.decided.emit(Decisions(entities=(entity,))))
        self._form.closed.connect(self._fold)
        self._form_area = scrolling(self._form)
        self._form_area.hide()
        layout = column(self._hint, self._none)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.addWidget(self._list, 100)
        layout.addWidget(self._form_area, 200)
        layout.addStretch(1)
        self.setLayout(layout)
        self._show_whether_any()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whether_any()

    def _show_whether_any(self) -> None:
        """Where there is room for little, it is the list's."""
        self._list.setVisible(bool(self._entities))
        roomy = self.height() >= _ROOMY_LINES * self.fontMetrics().height()
        self._hint.setVisible(bool(self._entities) and roomy)
        self._none.setVisible(not self._entities)

    def close_form(self) -> bool:
        return self._form.close_form()

    def clear(self) -> None:
        """Another interview: what is being changed was of the last one."""
        self._form.drop()
        self._form_area.hide()
        self.show_entities(())

    def show_entities(self, entities: Sequence[Entity], profile: Profile = Profile.PUBLIC) -> None:
        """Each with what a text of this profile writes in its place."""
        if (list(entities), profile) == (self._entities, self._profile):
            return
        self._entities, self._profile = list(entities), profile
        self._list.clear()
        for one in self._entities:
            text = one.written(profile) or "–"
            item = QListWidgetItem(f"{text}   ←   {listed(one.variants)}   ({tr(TYPES[one.type.value])})")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self._list.addItem(item)
        self._show_whether_any()

    def _change(self, item: QListWidgetItem) -> None:
        wanted = item.data(Qt.ItemDataRole.UserRole)
        entity = next(one for one in self._entities if one.id == wanted)
        self._form_area.show()
        self._form.begin(entity)

    def _fold(self) -> None:
        self._form_area.hide()
        self._list.setFocus()
