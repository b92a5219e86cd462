"""Buttons and lists to choose from that are drawn once for what is seen of them, and put there again from that picture.

A window that is pulled larger is painted whole at each step, and a button of a style sheet takes as long as a row of text: the
desk has thirty that look as before. Only on a `ground` that `stand_on` told, which covers all that lies under it; elsewhere Qt
paints.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QComboBox, QPushButton, QStyle, QStyleOptionButton, QStyleOptionComboBox, QWidget


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
        # what a style option would tell, in a tenth of its time: a step of the window asks forty buttons
        state = (self.isEnabled(), self.isDown(), self.isChecked(), self.underMouse(), self.hasFocus())
        size = (self.width(), self.height(), self.devicePixelRatio())
        self._drawn.put(self, self.ground, (self.text(), state, size, self.property("role")), self._draw)
        return None

    def _draw(self, painter: QPainter) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _prepare(painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)


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
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does; but what has no room ends with "…" instead of in the middle of a letter."""
        if self.isEditable() or self.currentIndex() < 0:
            return super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.ground is None:
            painter = QPainter(self)
            self._draw(painter, option)
            painter.end()
        else:
            state = (option.currentText, option.currentIcon.cacheKey(), option.state, option.activeSubControls)
            size = (self.width(), self.height(), self.devicePixelRatio())
            self._drawn.put(self, self.ground, (state, size), lambda one: self._draw(one, option))
        return None

    def _draw(self, painter: QPainter, option: QStyleOptionComboBox) -> None:
        part = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, place.width())
        _prepare(painter, self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)


def stand_on(ground: QPalette.ColorRole, *parts: QWidget) -> None:
    """All buttons and lists in these parts, or they themselves, lie on this colour of the program, now and in every look."""
    for part in parts:
        for one in (part, *part.findChildren(QWidget)):
            if isinstance(one, Button | DropDown):
                one.ground = ground


def _prepare(painter: QPainter, widget: QWidget) -> None:
    """Have it paint as it would paint the widget itself."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setLayoutDirection(widget.layoutDirection())
    painter.setFont(widget.font())
    painter.setPen(widget.palette().color(QPalette.ColorRole.Text))

