"""Text fields that lose no syllable.

Input methods hold the last Hangul syllable outside the text until it is committed, and asking them to commit is not always
obeyed. `settle_ime` brings it in: to be called before anything reads, replaces or leaves the text.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHideEvent, QInputMethodEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    _Field = QWidget
    _Text = QPlainTextEdit
else:
    _Field = _Text = object


def typed_into(field: QWidget | None) -> bool:
    """Whether somebody is in a field of their own, a search, a comment, a passphrase: the keyboard stays there."""
    return isinstance(field, QLineEdit | QPlainTextEdit) and field.isVisible()


class Settling(_Field):
    """Goes in front of Qt's own among the bases of a field; `composed_now` tells what is being composed in it."""

    composed_now: Callable[[], str]

    @property
    def composing(self) -> bool:
        return bool(self.composed_now())

    def settle_ime(self) -> None:
        """Commit what is being composed: ask the input method, then do it ourselves if it did not."""
        if not self.composing:
            return
        QGuiApplication.inputMethod().commit()
        left = self.composed_now()
        if left:
            event = QInputMethodEvent()
            event.setCommitString(left)
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


class SettlingText(Settling, _Text):
    """In front of QTextEdit or QPlainTextEdit."""

    def composed_now(self) -> str:
        return self.textCursor().block().layout().preeditAreaText()

    def settled_text(self) -> str:
        self.settle_ime()
        return self.toPlainText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.settle_ime()
        super().insertFromMimeData(source)


class SettledText(SettlingText, QPlainTextEdit):
    """Some lines of which no syllable is lost."""
