"""A one-line field that loses no syllable, in whose middle letters of every script stand, and whose button to empty it has the
colour of the window.

What is being composed when the field is left is no part of its text yet, and Qt drops it (see `settling`).
Where a font that steps in for the letters is higher than the field's own, `QLineEdit` draws the words higher by the difference;
and it asks for the drawing of its button only once. Where nobody writes in it, it is put there from a picture (see `kept`):
Qt lays its words out anew whenever it paints them.
"""

from collections.abc import Hashable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton, QWidget

from oralhistory.ui.look.kept import Kept
from oralhistory.ui.look.settling import Settling


class TextField(Settling, QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self.kept = Kept(self, self._seen)
        self.textChanged.connect(self._sink)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composed = event.preeditString()
        super().inputMethodEvent(event)

    def composed_now(self) -> str:
        return self._composed

    def changeEvent(self, event: QEvent) -> None:
        self.kept.forget()
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sink()
        if event.type() is QEvent.Type.StyleChange and self.isClearButtonEnabled():
            drawing = self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton, None, self)
            for clearing in self.findChildren(QToolButton):
                clearing.setIcon(drawing)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.kept.put():
            super().paintEvent(event)

    def _seen(self) -> Hashable:
        """Nothing while it looks different from one moment to the next, or holds words of anybody."""
        if self.hasFocus() or self.text():
            return None
        return self.placeholderText(), self.isEnabled(), self.underMouse(), self.width(), self.height(), self.devicePixelRatio()

    def _sink(self) -> None:
        words = QTextLayout(self.displayText(), self.font())
        words.beginLayout()
        words.createLine()
        words.endLayout()
        high = words.lineAt(0).height() if words.lineCount() else 0.0
        above = max(0, round((high - self.fontMetrics().height()) / 2))
        if self.textMargins().top() != above:
            self.setTextMargins(0, above, 0, -above)  # the field stays as high as it is
