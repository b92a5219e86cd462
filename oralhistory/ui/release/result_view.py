"""The text as it would leave, what was replaced coloured and underlined; the original on demand. Sealed passages stay shut."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QToolTip, QWidget

from oralhistory.domain.redaction import RenderedSegment
from oralhistory.i18n import mark, tr
from oralhistory.services.redacting import Redaction
from oralhistory.ui.look.pieces import column, label, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.segment_editor import units

Span = tuple[int, int, str]
"""UTF-16 units [start, end) of a line, and what stood or stands there instead."""


class _Spans(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._look = QTextCharFormat()
        self.lines: list[list[Span]] = []

    def restyle(self) -> None:
        self._look.setBackground(self._theme.color("accent_soft"))
        self._look.setForeground(self._theme.color("on_accent_soft"))
        self._look.setFontUnderline(True)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        for start, end, _ in self.lines[number] if number < len(self.lines) else ():
            self.setFormat(start, end - start, self._look)


class ResultView(QWidget):
    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state: Redaction | None = None
        self._rendered: Sequence[RenderedSegment] = ()
        title = label("large", wrap=False)
        says(title.setText, mark("As it would leave"))
        self._original = QCheckBox()
        self._original.setObjectName("release_original")
        says(self._original.setText, mark("Show the original"))
        self._original.toggled.connect(self._show)
        self._text = QPlainTextEdit()
        self._text.setObjectName("release_result")
        self._text.setReadOnly(True)
        self._text.viewport().installEventFilter(self)
        says(self._text.setAccessibleName, mark("The text as it would leave"))
        self._spans = _Spans(self._text.document(), theme)
        head = row(title)
        head.addStretch(1)
        head.addWidget(self._original)
        layout = column(margin=GRID)
        layout.addLayout(head)
        layout.addWidget(self._text, 1)
        self.setLayout(layout)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_result(self, state: Redaction, rendered: Sequence[RenderedSegment]) -> None:
        if (state.segments, state.mentions, tuple(rendered)) != (
            (self._state.segments, self._state.mentions, tuple(self._rendered)) if self._state else None
        ):
            self._state, self._rendered = state, rendered
            self._show()

    def clear(self) -> None:
        self._state, self._rendered = None, ()
        self._original.setChecked(False)
        self._show()

    def _show(self) -> None:
        lines = self._original_lines() if self._original.isChecked() else [_released(one) for one in self._rendered]
        at = self._text.verticalScrollBar().value()
        self._spans.lines = [spans for _, spans in lines]
        self._text.setPlainText("\n".join(text for text, _ in lines))
        self._text.verticalScrollBar().setValue(at)

    def _original_lines(self) -> list[tuple[str, list[Span]]]:
        if self._state is None:
            return []
        mentions: dict[str, list[tuple[int, int]]] = {}
        for one in self._state.mentions:
            mentions.setdefault(one.segment, []).append((one.start, one.end))
        lines = []
        for segment, released in zip(self._state.segments, self._rendered, strict=True):
            if released.sealed:
                lines.append(_released(released))
                continue
            head = f"{segment.speaker}: " if segment.speaker else ""
            replaced = [one.original for one in released.changes]
            spans = [
                (units(head + segment.text, len(head) + start), units(head + segment.text, len(head) + end), "")
                for start, end in mentions.get(segment.id, ())
                if segment.text[start:end] in replaced
            ]
            lines.append((head + segment.text, spans))
        return lines

    def _restyle(self) -> None:
        self._text.setFont(self._theme.font("body"))
        self._spans.restyle()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Pointing at a replacement tells what it stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cursor = self._text.cursorForPosition(event.pos())
            number, place = cursor.blockNumber(), cursor.positionInBlock()
            spans = self._spans.lines[number] if number < len(self._spans.lines) else []
            told = next((was for start, end, was in spans if start <= place <= end and was), "")
            QToolTip.showText(event.globalPos(), tr("in place of: {text}", text=told) if told else "", self._text)
            return True
        return False


def _released(one: RenderedSegment) -> tuple[str, list[Span]]:
    head = f"{one.speaker}: " if one.speaker else ""
    text = head + one.text
    spans = [
        (units(text, len(head) + change.start), units(text, len(head) + change.end), change.original)
        for change in one.changes
    ]
    return text, spans
