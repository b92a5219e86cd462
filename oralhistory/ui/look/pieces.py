"""The small widgets that pages are made of, so that labels, buttons and distances are the same everywhere."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from oralhistory.i18n import mark, tr
from oralhistory.ui.look.drawn_once import KEEPING, Button, DropDown, Label
from oralhistory.ui.look.text_field import TextField
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

Box = TypeVar("Box", bound=QBoxLayout)


def label(role: str = "", *, wrap: bool = True) -> QLabel:
    """Text in one of the voices of the style sheet (title, large, soft, small, reading ...)."""
    made = Label()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def sentence(says: Wording, message: str, role: str = "") -> QLabel:
    """A label whose words follow the language."""
    made = label(role)
    says(made.setText, message)
    return made


def heading(says: Wording, message: str) -> QLabel:
    """A label over something, of words that may also stand within a sentence."""
    made = label("small")
    says(lambda words: made.setText(capital(words)), message)
    return made


def field(says: Wording, message: str, widget: QWidget, *beside: QWidget) -> QVBoxLayout:
    """A widget with its name above it, and what belongs `beside` it."""
    named = heading(says, message)
    named.setBuddy(widget)
    made = column(named, row(widget, *beside) if beside else widget, spacing=GRID // 2)
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
        # Else Qt reckons the name's height for the width of the widget, and takes what that is too much from another field.
        made.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)
    return made


def button(
    name: str, says: Wording, message: str, *, role: str = "", icon: Callable[[QPushButton], None] | None = None
) -> QPushButton:
    """A push button with its stable name; its words are also its accessible name."""
    made = Button()
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    says(made.setText, message)
    says(made.setAccessibleName, message)
    if icon is not None:
        icon(made)
    return made


def line_edit(name: str, says: Wording, message: str, *, secret: bool = False, clears: bool = False) -> QLineEdit:
    """A one-line field whose accessible name is `message` (its visible label is the form's).

    `clears`: with a small button that empties it.
    """
    made = TextField()
    made.setObjectName(name)
    says(made.setAccessibleName, message)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    if clears:
        made.setClearButtonEnabled(True)
        for clearing in made.findChildren(QToolButton):  # Qt makes it, and gives it no name
            says(clearing.setAccessibleName, mark("Empty this field"))
    return made


def column(*items: QWidget | QLayout, margin: int = 0, spacing: int = GRID) -> QVBoxLayout:
    return _filled(QVBoxLayout(), items, margin, spacing)


def row(*items: QWidget | QLayout, margin: int = 0, spacing: int = GRID) -> QHBoxLayout:
    return _filled(QHBoxLayout(), items, margin, spacing)


class HangingLink(QWidgetItem):
    """A link at the beginning of a line: its words stand at the edge, and the room around them that nobody sees is beyond it.

    Qt's own means end there: margins of layouts and of the style sheet are never less than nothing, and no item goes beyond the
    widget that is around it.
    """

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place.adjusted(0, 0, GRID, 0))
        link = self.widget()
        assert link is not None
        link.move(link.x() - GRID, link.y())

    def sizeHint(self) -> QSize:
        return super().sizeHint() - QSize(GRID, 0)

    def minimumSize(self) -> QSize:
        return super().minimumSize() - QSize(GRID, 0)


def boxed(layout: QLayout) -> QWidget:
    """A layout as a widget, for what places widgets only."""
    made = QWidget()
    made.setLayout(layout)
    return made


def card(*items: QWidget | QLayout, role: str = "card") -> QFrame:
    """A panel with its parts below each other."""
    made = QFrame()
    made.setProperty("role", role)
    made.setLayout(column(*items, margin=2 * GRID))
    return made


def foot(layout: QLayout) -> QFrame:
    """The strip at the lower edge of a page: what stands in it begins and ends where the panels above it do."""
    made = QFrame()
    made.setProperty("role", "foot")
    layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """A line that sets apart what scrolls from what stays."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def ground() -> QWidget:
    """What stands in a scroll area: see-through, so that the window's colour shows."""
    made = QWidget()
    made.setProperty("role", "ground")
    return made


def stacked(*items: QWidget | QLayout) -> QWidget:
    """A see-through page of panels below each other, kept at the top."""
    made = ground()
    layout = column(*items, margin=2 * GRID, spacing=2 * GRID)
    layout.addStretch(1)
    made.setLayout(layout)
    return made


def scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def restyle(widget: QWidget, role: str) -> None:
    """Change the role of a widget that is already shown, and with it the colour of the words in it."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        for one in (widget, *widget.findChildren(QLabel)):
            one.style().unpolish(one)
            one.style().polish(one)
            if isinstance(one, KEEPING):
                one.kept.forget()


class Choice(DropDown):
    """Picks one of several values; their words follow the language. `whole`: it is never too narrow for the longest of them."""

    picked = Signal()

    def __init__(
        self, name: str, says: Wording, accessible: str, values: Sequence[tuple[str, str]], *, whole: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        policies = QComboBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(policies.AdjustToContents if whole else policies.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(0 if whole else 8)
        says(self.setAccessibleName, accessible)
        for index, (value, message) in enumerate(values):
            self.addItem("", value)
            says(lambda text, at=index: self.setItemText(at, text), message)  # type: ignore[misc]
        self.activated.connect(lambda _index: self.picked.emit())

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def pick(self, value: str) -> None:
        self.setCurrentIndex(max(self.findData(value), 0))


class OwnNames(Choice):
    """Picks a language of the window. Each stands under its own name, for who reads no other."""

    def __init__(self, name: str, says: Wording, accessible: str, names: Mapping[str, str]) -> None:
        super().__init__(name, says, accessible, ())
        for value, own in names.items():
            self.addItem(own, value)


class Number(QSpinBox):
    """A small whole number, typed or changed with the arrow keys."""

    def __init__(self, name: str, says: Wording, accessible: str, least: int, most: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(least, most)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        says(self.setAccessibleName, accessible)

    def wheelEvent(self, event: object) -> None:
        """Left to the page, as with a `DropDown`."""
        event.ignore()  # type: ignore[attr-defined]


class Day(QLineEdit):
    """A date, written 2030-12-31, that may be missing. What is no date is handed on as it is, for the service to refuse."""

    def __init__(self, name: str, says: Wording, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMaxLength(10)
        says(self.setAccessibleName, accessible)
        says(self.setPlaceholderText, mark("year-month-day"))

    @property
    def iso(self) -> str | None:
        return self.text().strip() or None

    def set_iso(self, day: str | None) -> None:
        self.setText(day or "")


def values_of(kind: type[StrEnum], words: dict[str, str]) -> list[tuple[str, str]]:
    """The members of `kind` with their words, in its order."""
    return [(member.value, words[member.value]) for member in kind]


def joined(parts: Sequence[str], between: str = "  ·  ") -> str:
    return between.join(part for part in parts if part)


def capital(words: str) -> str:
    """As they begin a line."""
    return words[:1].upper() + words[1:]


def told(words: dict[str, str], value: str) -> str:
    """The word for a stable value, in the language in use."""
    return tr(words[value]) if value in words else value


def _filled(layout: Box, items: Sequence[QWidget | QLayout], margin: int, spacing: int) -> Box:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    down = isinstance(layout, QVBoxLayout)
    for at, item in enumerate(items):
        if isinstance(item, QLayout):
            layout.addLayout(item)
        elif (down or at == 0) and item.property("role") == "link":
            layout.addChildWidget(item)
            layout.addItem(HangingLink(item))
        else:
            layout.addWidget(item)
    return layout
