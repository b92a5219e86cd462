"""Buttons, lists to choose from and lines of text that are drawn once for what is seen of them, and put there again from that
picture.

A window that is pulled larger is painted whole at each step, and a button of a style sheet takes as long as a row of text: the
desk has thirty that look as before. Only on a `ground` that `stand_on` told, which covers all that lies under it; elsewhere Qt
paints.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap, QRegion
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStyle, QStyleOptionButton, QStyleOptionComboBox, QWidget

from oralhistory.ui.look.text_field import TextField


class _Drawn:
    """A widget as it was drawn last."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._seen: Hashable = None

    def forget(self) -> None:
        """Its style, font, colours or drawing are others now."""
        self._seen = None

    def put(self, widget: QWidget, ground: QPalette.ColorRole, seen: Hashable, draw: Callable[[QPainter], None]) -> None:
        """Paint what `draw` painted when this was seen of the widget last; it is asked again where that has changed."""
        if seen != self._seen:
            self._picture = self._draw(widget, ground, draw)
            self._seen = seen
        painter = QPainter(widget)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    @staticmethod
    def _draw(widget: QWidget, ground: QPalette.ColorRole, draw: Callable[[QPainter], None]) -> QPixmap:
        ratio = widget.devicePixelRatio()
        picture = QPixmap(widget.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QGuiApplication.palette().color(ground))
        painter = QPainter(picture)
        draw(painter)
        painter.end()
        return picture


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
        self.ground: QPalette.ColorRole | None = None
        self._drawn = _Drawn()

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
        self._drawn.forget()  # another style, font or direction
        super().changeEvent(event)

    def setIcon(self, icon: QIcon | QPixmap) -> None:
        self._drawn.forget()
        super().setIcon(icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.ground is None:
            return super().paintEvent(event)
        self._drawn.put(self, self.ground, (*[ask(self) for ask in _SEEN], self.property("role")), self._draw)
        return None

    def _draw(self, painter: QPainter) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _prepare(painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)


_SEEN_OF_LIST = (
    QComboBox.currentText, QComboBox.isEnabled, QComboBox.underMouse, QComboBox.hasFocus, QComboBox.width, QComboBox.height,
    QComboBox.devicePixelRatio,
)  # fmt: skip


class DropDown(QComboBox):
    """A list to choose from. A scroll over it is left to the page: it must neither change an answer nor take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.ground: QPalette.ColorRole | None = None
        self._drawn = _Drawn()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def changeEvent(self, event: QEvent) -> None:
        self._drawn.forget()
        super().changeEvent(event)

    def showPopup(self) -> None:
        """As broad as its longest entry, where the box itself is narrower: what is offered is read whole."""
        view = self.view()
        frame = 2 * view.frameWidth() + view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + frame, self.screen().availableGeometry().width()))
        self._drawn.forget()
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does; but what has no room ends with "…" instead of in the middle of a letter."""
        if self.isEditable() or self.currentIndex() < 0:
            return super().paintEvent(event)
        if self.ground is None:
            painter = QPainter(self)
            self._draw(painter)
            painter.end()
        else:
            self._drawn.put(self, self.ground, tuple(ask(self) for ask in _SEEN_OF_LIST), self._draw)
        return None

    def hidePopup(self) -> None:
        self._drawn.forget()
        super().hidePopup()

    def _draw(self, painter: QPainter) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, place.width())
        _prepare(painter, self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)


class Label(QLabel):
    """Plain text, with words or none: no picture and no mark-up. What stands in one line is not laid out for each width anew."""

    def __init__(self) -> None:
        super().__init__()
        self.ground: QPalette.ColorRole | None = None
        self._line: tuple[int, int] | None = None
        self._heights: dict[int, int] = {}
        self._picture = QPixmap()
        self._kept: Hashable = None
        self._drawing = False
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
        self._kept = None

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does. What it painted is kept for the next time, once it may be painted again."""
        seen = None if self._drawing else self._seen()
        if seen is None or seen != self._kept:
            super().paintEvent(event)
            if seen is not None:
                QTimer.singleShot(0, self, self._keep)
        else:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, self._picture)
            painter.end()

    def _seen(self) -> Hashable:
        """All that makes it look as it does, but its style; nothing where it looks different in each width."""
        broad = self._unbroken()[0]
        if self.ground is None or broad > self.width() or not self.alignment() & Qt.AlignmentFlag.AlignLeft:
            return None
        return self.text(), self.isEnabled(), self.property("role"), self.height(), self.devicePixelRatio()

    def _keep(self) -> None:
        seen = self._seen()
        if self.ground is None or seen is None or seen == self._kept:
            return
        ratio = self.devicePixelRatio()
        picture = QPixmap(QSize(min(self._unbroken()[0] + _SPARE, self.width()), self.height()) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QGuiApplication.palette().color(self.ground))
        self._drawing = True
        self.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
        self._drawing = False
        self._picture, self._kept = picture, seen


_BROAD = 1 << 14
"""No text is so wide."""
_WIDTHS = 4
"""So many widths at most are asked for while a window is laid out."""
_SPARE = 2
"""Pixels that are not counted on."""


def stand_on(ground: QPalette.ColorRole, *parts: QWidget) -> None:
    """All buttons, lists and lines in these parts, or they themselves, lie on this colour of the program, in every look."""
    for part in parts:
        for one in (part, *part.findChildren(QWidget)):
            if isinstance(one, Button | DropDown | TextField) or (isinstance(one, Label) and _is_plain(one)):
                one.ground = ground


def _is_plain(label: Label) -> bool:
    """Nothing of it can be selected, and it has no ground of its own."""
    selected = label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    return not selected and label.buddy() is None and label.property("role") != "said"


def _prepare(painter: QPainter, widget: QWidget) -> None:
    """Have it paint as it would paint the widget itself."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setLayoutDirection(widget.layoutDirection())
    painter.setFont(widget.font())
    painter.setPen(widget.palette().color(QPalette.ColorRole.Text))

