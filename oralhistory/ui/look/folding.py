"""A bar that keeps to one line: the buttons that have no room in it stand in a menu behind the last one."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLayoutItem, QMenu, QPushButton, QWidget

from oralhistory.i18n import mark
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_AWAY = QPoint(-10_000, 0)


class Folding(Flow):
    """`foldable` are the buttons that may go, the last one first. Where what else is in the bar fills more than a line by itself,
    nothing goes.

    A button that has gone is not hidden, which would undo what its owner says about it: it stands outside of the bar, where Tab
    doesn't go. `name` is that of the button that opens the menu.
    """

    def __init__(
        self, name: str, says: Wording, *widgets: QWidget, foldable: Sequence[QPushButton], spacing: int = GRID
    ) -> None:
        super().__init__(*widgets, spacing=spacing)
        self._foldable = tuple(foldable)
        self._focus = {one: one.focusPolicy() for one in foldable}
        self._gone: list[QPushButton] = []
        self.more = button(name, says, mark("More …"), role="link")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._offer)
        self.more.setMenu(self._menu)
        self.addWidget(self.more)

    def standing(self, width: int) -> list[QLayoutItem]:
        items = super().standing(width)
        behind = items.pop()  # the way to the others
        if self._breadth(items) <= width:
            return items
        staying = [*items, behind]
        for one in [one for one in reversed(items) if one.widget() in self._foldable]:
            staying.remove(one)
            if self._breadth(staying) <= width:
                return staying
        return items

    def _breadth(self, items: Sequence[QLayoutItem]) -> int:
        return sum(one.sizeHint().width() + self.spacing() for one in items) - self.spacing()

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        inside = place.marginsRemoved(self.contentsMargins()).width()
        standing = {one.widget() for one in self.standing(inside)}
        self._gone = [one for one in self._foldable if one not in standing and not one.isHidden()]
        for one in self._foldable:
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus if one in self._gone else self._focus[one])
        for away in [*self._gone, *({self.more} - standing)]:
            if away.hasFocus():
                away.clearFocus()
            away.move(_AWAY)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.more in standing else Qt.FocusPolicy.NoFocus)

    def _offer(self) -> None:
        """What has no place in the bar, as it stands now."""
        self._menu.clear()
        for one in self._gone:
            self._menu.addAction(self._action(one))

    def _action(self, gone: QPushButton) -> QAction:
        within = cast("QMenu | None", gone.menu())  # the stubs know of no button without one
        if within is not None:
            within.menuAction().setText(gone.text())
            return within.menuAction()
        action = QAction(gone.text(), self._menu)
        action.setObjectName(f"{gone.objectName()}_folded")
        action.setCheckable(gone.isCheckable())
        action.setChecked(gone.isChecked())
        action.setEnabled(gone.isEnabled())
        action.triggered.connect(gone.click)
        return action
