"""A one-line field that loses no syllable, in whose middle letters of every script stand, and whose button to empty it has the
colour of the window.

What is being composed when the field is left is no part of its text yet, and Qt drops it (see `settling`).
Where a font that steps in for the letters is higher than the field's own, `QLineEdit` draws the words higher by the difference;
and it asks for the drawing of its button only once. Where nobody writes in it, it is put there from a picture (see `drawn_once`):
Qt lays its words out anew whenever it paints them.
"""

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QInputMethodEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QRegion,
    QTextLayout,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton, QWidget


class TextField(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self._composed = ""
        self.ground: QPalette.ColorRole | None = None
        self._picture, self._pictured = QPixmap(), None  # type: tuple[QPixmap, Hashable]
        self._drawing = False
        self.textChanged.connect(self._sink)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composed = event.preeditString()
        super().inputMethodEvent(event)

    def settle_ime(self) -> None:
        """Commit what is being composed: ask the input method, then do it ourselves if it did not."""
        if not self._composed:
            return
        QGuiApplication.inputMethod().commit()
        if self._composed:
            event = QInputMethodEvent()
            event.setCommitString(self._composed)
            QCoreApplication.sendEvent(self, event)
        QGuiApplication.inputMethod().reset()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle_ime()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.settle_ime()
        super().mousePressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.settle_ime()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        self._pictured = None
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sink()
        if event.type() is QEvent.Type.StyleChange and self.isClearButtonEnabled():
            drawing = self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton, None, self)
            for clearing in self.findChildren(QToolButton):
                clearing.setIcon(drawing)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does. What it painted is kept for the next time, once it may be painted again."""
        seen = self._seen()
        if self._drawing or seen is None:
            super().paintEvent(event)
        elif seen == self._pictured:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, self._picture)
            painter.end()
        else:
            super().paintEvent(event)
            QTimer.singleShot(0, self, self._keep)

    def _seen(self) -> Hashable:
        """All that makes it look as it does; nothing while it looks different from one moment to the next, or holds a secret."""
        if self.ground is None or self.hasFocus() or self.text():
            return None
        return self.placeholderText(), self.isEnabled(), self.underMouse(), self.width(), self.height(), self.devicePixelRatio()

    def _keep(self) -> None:
        seen = self._seen()
        if self.ground is None or seen is None or seen == self._pictured:
            return
        ratio = self.devicePixelRatio()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QGuiApplication.palette().color(self.ground))
        self._drawing = True
        self.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
        self._drawing = False
        self._picture, self._pictured = picture, seen

    def _sink(self) -> None:
        words = QTextLayout(self.displayText(), self.font())
        words.beginLayout()
        words.createLine()
        words.endLayout()
        high = words.lineAt(0).height() if words.lineCount() else 0.0
        above = max(0, round((high - self.fontMetrics().height()) / 2))
        if self.textMargins().top() != above:
            self.setTextMargins(0, above, 0, -above)  # the field stays as high as it is
