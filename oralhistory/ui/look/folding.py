"""A bar that keeps to one line: the buttons that have no room in it stand in a menu behind the last one."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLayoutItem, QMenu, QPushButton, QWidget

from oralhistory.i18n import mark
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class Folding(Flow):
    """`foldable` are the buttons that may go, the last one first. Where what else is in the bar fills more than a line by itself,
    nothing goes.

    Whether a foldable one is seen is the bar's to decide: who has it says with `offer` whether it is there at all. `name` is that
    of the button that opens the menu.
    """

    def __init__(
        self, name: str, says: Wording, *widgets: QWidget, foldable: Sequence[QPushButton], spacing: int = GRID
    ) -> None:
        super().__init__(*widgets, spacing=spacing)
        self._foldable = tuple(foldable)
        self._offered: dict[QWidget | None, bool] = dict.fromkeys(foldable, True)
        self._gone: list[QPushButton] = []
        self._shown: list[QPushButton] | None = None
        """Those that were shown last; None when that must be done anew."""
        self.more = button(name, says, mark("More …"), role="link")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.more.hide()
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._offer)
        self.more.setMenu(self._menu)
        self.addWidget(self.more)

    def offer(self, foldable: QPushButton, offered: bool) -> None:
        """Whether this one is there, in the bar or in the menu."""
        self._offered[foldable] = offered
        if not offered:
            foldable.hide()
        self._shown = None
        self.invalidate()

    def standing(self, width: int) -> list[QLayoutItem]:
        *items, behind = self._items  # the last one is the way to the others
        items = [one for one in items if self._offered.get(one.widget(), not one.isEmpty())]
        if self._breadth(items) <= width:
            return items
        staying = [*items, behind]
        for one in [one for one in reversed(items) if one.widget() in self._offered]:
            staying.remove(one)
            if self._breadth(staying) <= width:
                return staying
        return items

    def _breadth(self, items: Sequence[QLayoutItem]) -> int:
        return sum(self._width(one) + self.spacing() for one in items) - self.spacing()

    def _width(self, item: QLayoutItem) -> int:
        """What the item's widget wants, seen or not: the item of a hidden one wants nothing."""
        if item not in self._widths:
            widget = item.widget()
            assert widget is not None
            self._widths[item] = widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize()).width()
        return self._widths[item]

    def setGeometry(self, place: QRect) -> None:
        standing = {one.widget() for one in self.placed(place.width())}
        self._gone = [one for one in self._foldable if self._offered[one] and one not in standing]
        shown = [one for one in (*self._foldable, self.more) if one in standing]
        if shown != self._shown:
            for one in (*self._foldable, self.more):
                one.setVisible(one in standing)
            self._shown = shown
        super().setGeometry(place)

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
