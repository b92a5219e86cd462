"""Buttons, lists to choose from and lines of text that are put there from a picture while they look the same (see `kept`)."""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStyle, QStyleOptionComboBox, QWidget

from oralhistory.ui.look.kept import Kept
from oralhistory.ui.look.text_field import TextField

_SEEN = (
    QPushButton.text, QPushButton.isEnabled, QPushButton.isDown, QPushButton.isChecked, QPushButton.underMouse,
    QPushButton.hasFocus, QPushButton.width, QPushButton.height, QPushButton.devicePixelRatio,
)  # fmt: skip
"""What makes a button look as it does, in a tenth of the time that a style option takes; to find a method of a widget takes
Python several times as long as to call it, and each step of a window asks forty buttons."""


class Button(QPushButton):
    """Return presses it as the space bar does, but only where the keyboard is on it: a field's Return means the field's own."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.kept = Kept(self, self._seen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():  # a key held down for one thing does not do the next one too
                self.click()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # a key of the page: for an arrow beside Alt, too, Qt would go to the next button
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        self.kept.forget()  # another style, font or direction
        super().changeEvent(event)

    def setIcon(self, icon: QIcon | QPixmap) -> None:
        self.kept.forget()
        super().setIcon(icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.kept.put():
            super().paintEvent(event)

    def _seen(self) -> Hashable:
        return tuple(ask(self) for ask in _SEEN)


_SEEN_OF_LIST = (
    QComboBox.currentText, QComboBox.isEnabled, QComboBox.underMouse, QComboBox.hasFocus, QComboBox.width, QComboBox.height,
    QComboBox.devicePixelRatio,
)  # fmt: skip


class DropDown(QComboBox):
    """A list to choose from. A scroll over it is left to the page: it must neither change an answer nor take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = Kept(self, self._seen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def setEditable(self, editable: bool) -> None:
        """What is written in it stands in a field of ours, which loses no syllable."""
        if editable:
            self.setLineEdit(TextField(self))
        else:
            super().setEditable(False)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def changeEvent(self, event: QEvent) -> None:
        self.kept.forget()
        super().changeEvent(event)

    def showPopup(self) -> None:
        """As broad as its longest entry, where the box itself is narrower: what is offered is read whole."""
        view = self.view()
        frame = 2 * view.frameWidth() + view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + frame, self.screen().availableGeometry().width()))
        self.kept.forget()
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does; but what has no room ends with "…" instead of in the middle of a letter."""
        if self.isEditable() or self.currentIndex() < 0:
            return super().paintEvent(event)
        if not self.kept.put():
            self._draw()
        return None

    def _seen(self) -> Hashable:
        return tuple(ask(self) for ask in _SEEN_OF_LIST)

    def hidePopup(self) -> None:
        self.kept.forget()
        super().hidePopup()

    def _draw(self) -> None:
        painter, option = QPainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
        painter.end()


class Label(QLabel):
    """Plain text, with words or none: no picture and no mark-up. What stands in one line is not laid out for each width anew."""

    def __init__(self) -> None:
        super().__init__()
        self._line: tuple[int, int] | None = None
        self._heights: dict[int, int] = {}
        self.kept = Kept(self, self._seen)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        self._forget()
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        self._forget()
        super().changeEvent(event)

    def _forget(self) -> None:
        self._line = None
        self._heights.clear()
        self.kept.forget()

    def heightForWidth(self, width: int) -> int:
        broad, high = self._unbroken()
        if width >= broad + _SPARE:
            return high
        if width not in self._heights:
            if len(self._heights) >= _WIDTHS:
                self._heights.clear()
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def _unbroken(self) -> tuple[int, int]:
        """The width from which on the text stands in the lines that it has by itself, and its height then."""
        if self._line is None:
            around = self.width() - self.contentsRect().width() + 2 * (self.margin() + max(self.indent(), 0))
            words = self.fontMetrics().size(0, self.text()).width()
            self._line = words + around, super().heightForWidth(_BROAD)
        return self._line

    def setContentsMargins(self, *margins: int) -> None:  # type: ignore[override]
        self._forget()
        super().setContentsMargins(*margins)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.kept.put():
            super().paintEvent(event)

    def _seen(self) -> Hashable:
        """Nothing where it looks different in each width."""
        if self._unbroken()[0] > self.width():
            return None
        return self.text(), self.isEnabled(), self.height(), self.devicePixelRatio()


_BROAD = 1 << 14
"""No text is so wide."""
_WIDTHS = 4
"""So many widths at most are asked for while a window is laid out."""
_SPARE = 2
"""Pixels that are not counted on."""


KEEPING = (Button, DropDown, Label, TextField)
"""What has a picture of itself, which is to be forgotten where something is changed of which Qt tells nobody."""


def stand_on(ground: QPalette.ColorRole, *parts: QWidget) -> None:
    """All buttons, lists, fields and lines in these parts, or they themselves, lie on this colour in every look."""
    for part in parts:
        for one in (part, *part.findChildren(QWidget)):
            if isinstance(one, KEEPING) and not (isinstance(one, Label) and not _is_plain(one)):
                one.kept.ground = ground


def _is_plain(label: Label) -> bool:
    """It stands at the left, and nothing of it can be selected."""
    selected = label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    return bool(label.alignment() & Qt.AlignmentFlag.AlignLeft) and not selected
