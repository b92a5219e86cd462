"""A small field beside the transcript, for words that are no testimony: comments and translations. No syllable is lost in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from oralhistory.ui.look.settling import Settling


class NoteField(Settling, QPlainTextEdit):
    """`given` when Enter is pressed; Shift+Enter begins a line."""

    given = Signal()

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    def event(self, event: QEvent) -> bool:
        """Undo is the field's own while one writes in it; everything else that is a key of the page stays one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._gives(event):
            self.settle_ime()
            self.given.emit()
            return True
        return super().event(event)

    def _gives(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
