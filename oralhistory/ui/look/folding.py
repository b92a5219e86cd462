"""A bar that keeps to one line: the buttons that have no room in it stand in a menu behind the last one."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLayoutItem, QMenu, QPushButton, QSizePolicy, QWidget

from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class _Line(Flow):
    """Where the parts of a bar stand: `behind` is the way to those that have no place, which goes last."""

    def __init__(self, widgets: Sequence[QWidget], foldable: Sequence[QWidget], behind: QWidget, spacing: int) -> None:
        self._sizes: dict[QLayoutItem, QSize] = {}
        super().__init__(*widgets, behind, spacing=spacing)
        self.offered: dict[QWidget | None, bool] = dict.fromkeys(foldable, True)

    def invalidate(self) -> None:
        self._sizes.clear()
        super().invalidate()

    def present(self) -> list[QLayoutItem]:
        return [one for one in self._items[:-1] if self.offered.get(one.widget(), not one.isEmpty())]

    def standing(self, width: int) -> list[QLayoutItem]:
        items, behind = self.present(), self._items[-1]
        if self._breadth(items) <= width:
            return items
        staying = [*items, behind]
        for one in [one for one in reversed(items) if one.widget() in self.offered]:
            staying.remove(one)
            if self._breadth(staying) <= width:
                return staying
        return items

    def _breadth(self, items: Sequence[QLayoutItem]) -> int:
        return sum(self.size(one).width() + self.spacing() for one in items) - self.spacing()

    def size(self, item: QLayoutItem) -> QSize:
        """What the item's widget wants, seen or not: the item of a hidden one wants nothing."""
        if item not in self._sizes:
            widget = item.widget()
            assert widget is not None
            wanted = widget.sizeHint().expandedTo(widget.minimumSizeHint())
            self._sizes[item] = wanted.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())
        return self._sizes[item]

    def least(self, item: QLayoutItem) -> QSize:
        widget = item.widget()
        assert widget is not None
        return widget.minimumSizeHint().boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())


class Folding(QWidget):
    """`foldable` are the buttons that may go, the last one first. Where what else is in the bar fills more than a line by itself,
    nothing goes.

    Whether a foldable one is seen is the bar's to decide: who has it says with `offer` whether it is there at all. `name` is that
    of the button that opens the menu, `words` say of what there is more. No layout, but a widget that places its parts: each that
    goes or comes in a layout has the whole window laid out once more, while it is pulled.
    """

    def __init__(
        self, name: str, says: Wording, words: str, *widgets: QWidget, foldable: Sequence[QPushButton],
        margins: QMargins | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._foldable = tuple(foldable)
        self._gone: list[QPushButton] = []
        self._wants = QSize()
        self.more = button(name, says, words, role="link")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._offer)
        self.more.setMenu(self._menu)
        for one in (*widgets, self.more):
            one.setParent(self)
        self.more.hide()
        self._line = _Line(widgets, foldable, self.more, GRID)
        self._line.setContentsMargins(margins or QMargins())
        fitted = self.sizePolicy()
        fitted.setHeightForWidth(True)
        fitted.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(fitted)

    def offer(self, foldable: QPushButton, offered: bool) -> None:
        """Whether this one is there, in the bar or in the menu."""
        self._line.offered[foldable] = offered
        self._fit()

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._line.heightForWidth(width)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):  # a part is larger, or was while nobody saw it
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _fit(self) -> None:
        """What is there, or how much room it wants, may have changed."""
        self._line.invalidate()
        wants = self._line.sizeHint()
        if wants != self._wants:
            self._wants = wants
            self.updateGeometry()
        self._place()

    def _place(self) -> None:
        standing = {one.widget() for one in self._line.placed(self.width())}
        self._gone = [one for one in self._foldable if self._line.offered[one] and one not in standing]
        for one in (*self._foldable, self.more):
            if one.isHidden() is (one in standing):
                one.setVisible(one in standing)
        self._line.setGeometry(self.rect())

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
