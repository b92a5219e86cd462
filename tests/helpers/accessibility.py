"""What a screen reader finds in a window, read from the tree that Qt hands it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
TOLD = frozenset({
    Role.Button, Role.ButtonDropDown, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText,
    Role.List, Role.Table, Role.Tree, Role.SpinBox, Role.Slider, Role.PageTab, Role.PageTabList, Role.Link,
})  # fmt: skip
"""Roles of what a person acts on."""
KEYED = TOLD | {Role.Grouping, Role.StaticText}
"""What may have the keyboard: also a group that has keys of its own, and text that can be copied."""
_OWN_PARTS = frozenset({Role.ComboBox, Role.SpinBox, Role.List, Role.Table, Role.Tree})
"""Their parts are Qt's: cells, the line and the list of a combo box."""


@dataclass(frozen=True, slots=True)
class Met:
    """One element of the tree; `keyed` whether it may have the keyboard."""

    widget: QWidget
    name: str
    role: Role
    shown: bool
    keyed: bool

    @property
    def acts(self) -> bool:
        return self.role in TOLD or self.keyed

    @property
    def is_told(self) -> bool:
        """Whether a screen reader can say what it is, and of which kind."""
        return bool(self.name.strip()) and self.role in (KEYED if self.keyed else TOLD)

    def __str__(self) -> str:
        return f"{type(self.widget).__name__} “{self.widget.objectName()}”: “{self.name}”, {self.role.name}"


def met(window: QWidget, *, hidden: bool = False) -> Iterator[Met]:
    """Every element below `window` (`hidden`: also what cannot be seen now) that is no part of one that was met."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    yield from _below(root, hidden)


def _below(parent: QAccessibleInterface, hidden: bool) -> Iterator[Met]:
    for n in range(parent.childCount()):
        child = parent.child(n)
        widget = child.object() if child is not None and child.isValid() else None
        if child is None or not isinstance(widget, QWidget):
            continue
        state, role = child.state(), child.role()
        if hidden or not state.invisible:
            yield Met(widget, child.text(QAccessible.Text.Name), role, not state.invisible, bool(state.focusable))
            if role not in _OWN_PARTS:
                yield from _below(child, hidden)
