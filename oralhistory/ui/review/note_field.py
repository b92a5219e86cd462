"""A small field beside the transcript, for words that are no testimony: comments and translations. No syllable is lost in it."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from oralhistory.ui.look.settling import SettlingText

_RESTS_AFTER_MS = 500
_USUAL_POINTS = 10.5
_LEAST_HEIGHT = 36


class NoteField(SettlingText, QPlainTextEdit):
    """`given` when Enter is pressed; Shift+Enter begins a line. `rested` a moment after something was typed, between syllables.
    """

    given = Signal()
    rested = Signal()

    def __init__(self, name: str, height: int) -> None:
        """`height` in pixels, for text of the usual size; larger text has more."""
        super().__init__()
        self._usual_height = height
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self._fit()
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_AFTER_MS)
        self._rest.timeout.connect(self._tell_rest)
        self.textChanged.connect(lambda: None if self._rest.isActive() else self._rest.start())  # whoever types on is kept, too

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        larger = max(self.font().pointSizeF() / _USUAL_POINTS, 1)
        self.setMinimumHeight(round(_LEAST_HEIGHT * larger))  # a line of it, where there is no room for more
        self.setMaximumHeight(round(self._usual_height * larger))

    def event(self, event: QEvent) -> bool:
        """Undo is the field's own while one writes in it; everything else that is a key of the page stays one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._gives(event):
            self.settle_ime()
            self.given.emit()
            return True
        return super().event(event)

    def _tell_rest(self) -> None:
        """Not in the middle of a syllable: whoever reads the field now would end it."""
        if self.composing:
            self._rest.start()
        else:
            self.rested.emit()

    def _gives(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
