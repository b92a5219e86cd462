"""The text as it would leave, what was replaced coloured and underlined; the original on demand. Sealed passages stay shut.

In the original, words can be marked that no detector asks about; relatives and offices are marked there with dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QToolTip, QWidget

from oralhistory.domain.redaction import IdentifierClass, RenderedSegment
from oralhistory.i18n import language, mark, speaking, tr
from oralhistory.services.release.redacting import Redaction
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.segment_editor import points, units

Span = tuple[int, int, str]
"""UTF-16 units [start, end) of a line, and what stood or stands there instead."""


@dataclass(frozen=True, slots=True)
class Line:
    """One segment as it is shown; `head` code points of it are the speaker. `hinted` is marked with dots."""

    segment: str
    text: str
    head: int
    spans: tuple[Span, ...] = ()
    hinted: tuple[Span, ...] = ()


class _Spans(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._look, self._dots = QTextCharFormat(), QTextCharFormat()
        self.lines: list[Line] = []

    def restyle(self) -> None:
        self._look.setBackground(self._theme.color("accent_soft"))
        self._look.setForeground(self._theme.color("on_accent_soft"))
        self._look.setFontUnderline(True)
        self._dots.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._dots.setUnderlineColor(self._theme.color("caution"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        if number < len(self.lines):
            for start, end, _ in self.lines[number].hinted:
                self.setFormat(start, end - start, self._dots)
            for start, end, _ in self.lines[number].spans:
                self.setFormat(start, end - start, self._look)


class ResultView(QWidget):
    """`marked` carries words that somebody wants to decide on: a segment, code points [start, end) of its text."""

    marked = Signal(str, int, int)

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state: Redaction | None = None
        self._rendered: Sequence[RenderedSegment] = ()
        self._shown: object = None
        self._spoken = ""
        self._title, self._warning = label("large", wrap=False), label("caution")
        self._title.setObjectName("release_result_title")
        self._warning.setObjectName("release_original_told")
        says(self._warning.setText, mark("⚠ These are the words as they were said, with the names. This is not what leaves."))
        self._original = QCheckBox()
        self._original.setObjectName("release_original")
        says(self._original.setText, mark("Show the original"))
        self._original.setToolTip("Ctrl+O")
        self._original.toggled.connect(self._show)
        self._text = QPlainTextEdit()
        self._text.setObjectName("release_result")
        self._text.setReadOnly(True)
        self._text.setMinimumHeight(8 * GRID)  # Qt's own least would make a low window with large letters grow
        self._text.setUndoRedoEnabled(False)  # nothing of the text is kept behind what is shown
        self._text.viewport().installEventFilter(self)
        self._mark = button("release_mark", says, mark("Decide on it (Ctrl+M)"))
        self._mark.hide()
        self._mark.clicked.connect(self._mark_selection)
        self._text.selectionChanged.connect(self._offer_marking)
        for keys, happens in (("Ctrl+O", self._original.toggle), ("Ctrl+M", self._mark_selection)):
            QShortcut(QKeySequence(keys), self).activated.connect(happens)
        self._spans = _Spans(self._text.document(), theme)
        layout = column()
        layout.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        layout.addLayout(Flow(self._title, self._original, spacing=2 * GRID))
        layout.addWidget(self._warning)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._mark)
        self.setLayout(layout)
        says(self._name, mark("As it would leave"))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _name(self, as_it_leaves: str) -> None:
        """Say over the text, and to who hears it, which of the two it is: real names are never taken for what leaves."""
        original = self._original.isChecked()
        self._title.setText(tr("The original, with the names") if original else as_it_leaves)
        self._text.setAccessibleName(self._title.text() if original else tr("The text as it would leave"))
        self._warning.setVisible(original)

    def show_result(self, state: Redaction, rendered: Sequence[RenderedSegment], spoken: str) -> None:
        """`spoken`: the language of the file, in which it is said who speaks and what is sealed."""
        shown = (state.segments, state.mentions, tuple(rendered), spoken, language())
        if shown != self._shown:
            self._state, self._rendered, self._spoken, self._shown = state, rendered, spoken, shown
            self._show()

    def clear(self) -> None:
        self._state, self._rendered, self._shown = None, (), None
        self._original.setChecked(False)
        self._show()

    def go_to(self, segment: str) -> None:
        """Bring a passage into view, and put the cursor there."""
        at = next((number for number, one in enumerate(self._spans.lines) if one.segment == segment), None)
        if at is not None:
            cursor = QTextCursor(self._text.document().findBlockByNumber(at))
            self._text.setTextCursor(cursor)
            self._text.centerCursor()

    def _show(self) -> None:
        self._name(tr("As it would leave"))
        lines = self._original_lines() if self._original.isChecked() else self._released_lines()
        before, self._spans.lines = self._spans.lines, lines
        changed = [number for number, (old, new) in enumerate(zip(before, lines, strict=False)) if old != new]
        if len(before) == len(lines) > 2 * len(changed) and not any("\n" in one.text for one in (*before, *lines)):
            self._rewrite(changed)
        else:
            at = self._text.verticalScrollBar().value()
            self._text.setPlainText("\n".join(one.text for one in lines))
            self._text.verticalScrollBar().setValue(at)
        self._offer_marking()

    def _rewrite(self, changed: Sequence[int]) -> None:
        """A decision touches a few lines of three hours: only they are laid out anew, and the view stays where it is."""
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        for number in changed:
            block = self._text.document().findBlockByNumber(number)
            cursor.setPosition(block.position())
            cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._spans.lines[number].text)
        cursor.endEditBlock()

    def _released_lines(self) -> list[Line]:
        with speaking(self._spoken):
            return [_released(one) for one in self._rendered]

    def _original_lines(self) -> list[Line]:
        if self._state is None:
            return []
        mentions: dict[str, list[tuple[int, int]]] = {}
        for one in self._state.mentions:
            mentions.setdefault(one.segment, []).append((one.start, one.end))
        hints: dict[str, list[tuple[int, int]]] = {}
        for proposal in self._state.proposals:
            if proposal.identifier is IdentifierClass.CONTEXT:
                hints.setdefault(proposal.segment, []).append((proposal.start, proposal.end))
        lines = []
        for segment, released in zip(self._state.segments, self._rendered, strict=True):
            if released.sealed:
                lines.append(_released(released))
                continue
            head = f"{segment.speaker}: " if segment.speaker else ""
            replaced = [one.original for one in released.changes]
            exchanged = [(a, b) for a, b in mentions.get(segment.id, ()) if segment.text[a:b] in replaced]
            text, at = head + segment.text, len(head)
            hinted = _spans(text, at, hints.get(segment.id, ()))
            lines.append(Line(segment.id, text, at, _spans(text, at, exchanged), hinted))
        return lines

    # --- marking ----------------------------------------------------------------------------------------------------

    def _offer_marking(self) -> None:
        self._mark.setVisible(self._original.isChecked() and self._text.textCursor().hasSelection())

    def _mark_selection(self) -> None:
        """Ask to decide on what is selected, as far as it lies in one passage of the original."""
        if not self._original.isChecked():
            return self._original.setChecked(True)
        cursor = self._text.textCursor()
        block = self._text.document().findBlock(cursor.selectionStart())
        number = block.blockNumber()
        if not cursor.hasSelection() or number >= len(self._spans.lines):
            return None
        line = self._spans.lines[number]
        start, end = cursor.selectionStart() - block.position(), cursor.selectionEnd() - block.position()
        first, last = (points(line.text, min(at, units(line.text, len(line.text)))) - line.head for at in (start, end))
        if max(first, 0) < last:
            self.marked.emit(line.segment, max(first, 0), last)
        return None

    def _restyle(self) -> None:
        self._text.setFont(self._theme.font("body"))
        self._spans.restyle()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Pointing at a replacement tells what it stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cursor = self._text.cursorForPosition(event.pos())
            number, place = cursor.blockNumber(), cursor.positionInBlock()
            spans = self._spans.lines[number].spans if number < len(self._spans.lines) else ()
            told = next((was for start, end, was in spans if start <= place <= end and was), "")
            QToolTip.showText(event.globalPos(), tr("in place of: {text}", text=told) if told else "", self._text)
            return True
        return False


def _spans(text: str, head: int, places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple((units(text, head + start), units(text, head + end), "") for start, end in places)


def _released(one: RenderedSegment) -> Line:
    label = one.label(tr)
    head = f"{label}: " if label else ""
    text = head + one.words(tr)
    spans = tuple(
        (units(text, len(head) + change.start), units(text, len(head) + change.end), change.original)
        for change in one.changes
    )
    return Line(one.segment, text, len(head), spans)
