"""A one-line field that loses no syllable, in whose middle letters of every script stand, and whose button to empty it has the
colour of the window.

What is being composed when the field is left is no part of its text yet, and Qt drops it (see `settling`).
Where a font that steps in for the letters is higher than the field's own, `QLineEdit` draws the words higher by the difference;
and it asks for the drawing of its button only once.
"""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHideEvent, QInputMethodEvent, QMouseEvent, QTextLayout
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton


class TextField(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self._composed = ""
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
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sink()
        if event.type() is QEvent.Type.StyleChange and self.isClearButtonEnabled():
            drawing = self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton, None, self)
            for clearing in self.findChildren(QToolButton):
                clearing.setIcon(drawing)

    def _sink(self) -> None:
        words = QTextLayout(self.displayText(), self.font())
        words.beginLayout()
        words.createLine()
        words.endLayout()
        high = words.lineAt(0).height() if words.lineCount() else 0.0
        above = max(0, round((high - self.fontMetrics().height()) / 2))
        if self.textMargins().top() != above:
            self.setTextMargins(0, above, 0, -above)  # the field stays as high as it is
