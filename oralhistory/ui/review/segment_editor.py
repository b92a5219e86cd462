"""The one live editor: the text of one segment, and no syllable of it lost.

What is being composed is brought in before anything reads, replaces or leaves the text.
Undo is not the editor's: every change is an edit of the transcript.
"""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from oralhistory.ui.look.settling import SettlingText
from oralhistory.ui.review.chip_faces import ChipFaces
from oralhistory.ui.review.review_keys import OF_SOUND, ONCE, PEDAL, Keys


def units(text: str, points: int) -> int:
    """UTF-16 units (Qt's count) of the first `points` code points."""
    return len(text[:points].encode("utf-16-le")) // 2


def points(text: str, units: int) -> int:
    """Code points of the first `units` UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _is_no_letter(event: QKeyEvent) -> bool:
    """A letter beside Alt is a key that means nothing here; Qt would write it into the testimony. On a Mac it is a letter."""
    alone = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier
    return alone and sys.platform != "darwin" and event.text().isprintable() and bool(event.text())


_STEPS = {Qt.Key.Key_Left.value: "", Qt.Key.Key_Right.value: "", Qt.Key.Key_Up.value: "", Qt.Key.Key_Down.value: "",
          Qt.Key.Key_PageUp.value: "page_up", Qt.Key.Key_PageDown.value: "page_down"}  # fmt: skip
"""Keys that lead out of the segment: always, or (nothing) at its edges."""


Span = tuple[int, int, QTextCharFormat]
"""Code points [start, end) and how they look."""


class SettledEdit(SettlingText, QTextEdit):  # type: ignore[misc]  # `SettlingText` is typed as the plain field it also serves
    """A text field that never loses what is being composed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)

    def set_text(self, text: str) -> None:
        self.settle_ime()
        self.setPlainText(text)

    def caret(self) -> int:
        """Code points before the caret."""
        self.settle_ime()
        return points(self.toPlainText(), self.textCursor().position())

    def set_caret(self, at: int) -> None:
        """Put the caret behind so many code points."""
        self.settle_ime()
        cursor = self.textCursor()
        cursor.setPosition(min(units(self.toPlainText(), at), self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted text in one line, without its looks."""
        self.settle_ime()
        self.insertPlainText(" ".join(source.text().split()))


_Kept = QKeyEvent | QInputMethodEvent | Callable[[], None]


class SegmentEditor(SettledEdit):
    """`commanded` carries the command of a key, `menu_wanted` a place of the screen; `composed`: a composition ended."""

    commanded = Signal(str)
    composed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys
        self._held: list[_Kept] | None = None
        self.setObjectName("review_text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setStyleSheet("QTextEdit { border: none; padding: 0; border-radius: 0; }")
        self.setCursorWidth(2)
        self.document().setDocumentMargin(0)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else each letter paints the rows under it too
        self.faces: ChipFaces | None = None
        self._underlined: list[QTextEdit.ExtraSelection] = []
        self.cursorPositionChanged.connect(self._look_again)
        self.selectionChanged.connect(self._look_again)

    @property
    def holding(self) -> bool:
        return self._held is not None

    @property
    def held(self) -> int:
        """How much of what was typed is kept."""
        return len(self._held or ())

    def hold(self) -> None:
        """Keep what is typed from now on until `let_go`: the text under it is about to change."""
        self.settle_ime()
        self._held = [] if self._held is None else self._held

    def let_go(self) -> None:
        """Type what was kept."""
        held, self._held = self._held or [], None
        for place, event in enumerate(held):
            if self.holding:  # one of them began another wait
                self._keep(held[place:])
                break
            if isinstance(event, QEvent):
                QCoreApplication.sendEvent(self, event)
            else:
                event()

    def forget(self) -> None:
        """Keep nothing any more: nobody will say that the wait is over."""
        self._held = None

    def _keep(self, more: list[_Kept]) -> None:
        if self._held is not None:
            self._held += more

    def in_turn(self, do: Callable[[], None]) -> None:
        """Change the text now, or behind what is kept."""
        if self._held is None:
            do()
        else:
            self._held.append(do)

    def insertFromMimeData(self, source: QMimeData) -> None:
        words = source.text()  # what is behind `source` may be gone when its turn comes

        def insert() -> None:
            pasted = QMimeData()
            pasted.setText(words)
            SettledEdit.insertFromMimeData(self, pasted)

        self.in_turn(insert)

    def before(self, stored: str) -> int | None:
        """How many spaces stand here before the text that is stored; None while another text does."""
        typed = self.toPlainText()
        return len(typed) - len(typed.lstrip()) if typed.strip() == stored else None

    def underline(self, spans: Sequence[Span]) -> None:
        """Mark these with looks that are not part of the text, and nothing else."""
        text = self.toPlainText()
        self._underlined = [self._selection(text, *one) for one in spans]
        self.setExtraSelections(self._underlined)

    def highlight(self, span: Span | None) -> None:
        """Mark this as well, in the place of what was marked so before; what is underlined moves with the letters around it."""
        marked = [] if span is None else [self._selection(self.toPlainText(), *span)]
        self.setExtraSelections([*self._underlined, *marked])

    def _selection(self, text: str, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection, cursor, last = QTextEdit.ExtraSelection(), QTextCursor(self.document()), self.document().characterCount() - 1
        cursor.setPosition(min(units(text, start), last))
        cursor.setPosition(min(units(text, end), last), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = look
        return selection

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is noted besides words has its face, but where the caret or a selection touches it."""
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), self.palette().base())
        ground.end()
        super().paintEvent(event)
        block, cursor = self.document().firstBlock(), self.textCursor()
        said = block.text()
        if self.faces is None or "[" not in said:
            return
        layout = block.layout()
        composed, at = len(layout.preeditAreaText().encode("utf-16-le")) // 2, layout.preeditAreaPosition()
        first, last = sorted((cursor.anchor(), cursor.position()))

        def place(point: int) -> int:
            unit = units(said, point)
            return unit + composed if composed and unit > at else unit

        def bare(start: int, end: int) -> bool:
            left, right = units(said, start), units(said, end)
            return (left <= last and first < right) or bool(composed and at in (left, right))

        painter = QPainter(self.viewport())
        self.faces.paint(painter, layout, layout.position(), said, place, bare)
        painter.end()

    def _look_again(self) -> None:
        if "[" in self.document().firstBlock().text():
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        pressed = kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if pressed and isinstance(event, QKeyEvent) and self._keys.command(event, in_text=True) == PEDAL:
            event.ignore()  # the page's: it must see every press and every release, whatever the text waits for
            return False
        if kind == QEvent.Type.KeyRelease:  # nobody else waits for it, and it would climb through the whole window
            event.accept()
            return True
        if self._held is not None and isinstance(event, QKeyEvent | QInputMethodEvent):
            if kind in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
                self._held.append(event.clone())
            event.accept()
            return True
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._command(event):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):  # Tab never reaches keyPressEvent
            command = self._command(event)
            if not command and _is_no_letter(event):
                event.ignore()
                return False
            if command:
                if command not in OF_SOUND:
                    self.settle_ime()
                event.accept()
                if command == "menu":
                    self.menu_wanted.emit(self.below_caret())
                elif not (command in ONCE and event.isAutoRepeat()):
                    self.commanded.emit(command)
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Where it was clicked, the caret goes first: what is split is split there. What is selected stays."""
        if event.reason() == QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
            self.settle_ime()
            self.setTextCursor(self.cursorForPosition(event.pos()))
        self.menu_wanted.emit(event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self.below_caret())

    def below_caret(self) -> QPoint:
        """On the screen."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if not self.composing:
            self.composed.emit()

    def _command(self, event: QKeyEvent) -> str:
        command = self._keys.command(event, in_text=True)
        if command == "join":
            return command if self._at_start() and not event.isAutoRepeat() else ""  # held down it would eat the one before
        return command or self._step(event)

    def _at_start(self) -> bool:
        cursor = self.textCursor()
        return cursor.atStart() and not cursor.hasSelection() and not self.composing

    def _step(self, event: QKeyEvent) -> str:
        """Arrows that leave the segment at its edges."""
        key = event.key()
        if key not in _STEPS or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.composing:
            return ""
        cursor = self.textCursor()
        if key == Qt.Key.Key_Left and cursor.atStart():
            return "row_left"
        if key == Qt.Key.Key_Right and cursor.atEnd():
            return "row_right"
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            up = key == Qt.Key.Key_Up
            probe = QTextCursor(cursor)
            moved = probe.movePosition(QTextCursor.MoveOperation.Up if up else QTextCursor.MoveOperation.Down)
            return "" if moved else ("row_up" if up else "row_down")
        return _STEPS[key]
