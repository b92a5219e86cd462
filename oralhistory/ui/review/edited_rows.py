"""Rows of which one is shown by a live editor: how high that one is, where the editor stands, what stays in sight.

Knows nothing of what is typed.
"""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent

from oralhistory.domain.transcript import Segment
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.review.review_keys import Keys
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.row_painter import PAD
from oralhistory.ui.review.rows_view import ROOM, RowsView
from oralhistory.ui.review.segment_editor import SegmentEditor


class EditedRows(RowsView):
    """`current` is the row in hand, -1 when there is none. `menu_wanted` carries a place of the screen."""

    menu_wanted = Signal(QPoint)

    def __init__(self, text: ReviewText, theme: Theme, keys: Keys) -> None:
        super().__init__(text, theme)
        self.current = -1
        self.editor = SegmentEditor(keys, self.viewport())
        self.editor.hide()
        self.editor.menu_wanted.connect(self.menu_wanted)

    @property
    def closed_here(self) -> bool:
        """Whether the row in hand lies in a passage that the narrator closed."""
        return 0 <= self.current < len(self.text.segments) and self._painter.closed(self.text.segments[self.current])

    def exact_height(self, row: int) -> int:
        if row != self.current or self.editor.isHidden():
            return super().exact_height(row)
        document = self.editor.document()
        if document.textWidth() != self._painter.text_width:
            self.editor.resize(self._painter.text_width, max(self.editor.height(), 1))
        return self._painter.height_with(self.text.segments[row], round(document.size().height()))

    def arranged(self) -> None:
        if 0 <= self.current < len(self._heights):
            place = self.row_rect(self.current)
            segment = self.text.segments[self.current]
            self.editor.setGeometry(self._painter.text_rect(segment, place.top(), place.height()))

    def changing(self, row: int) -> bool:
        return row == self.current

    def held_row(self) -> int:
        """The row in hand, while it is near; else somebody reads elsewhere."""
        if 0 <= self.current < len(self._heights):
            place = self.row_rect(self.current)
            if place.bottom() > -ROOM and place.top() < self.seen_height + ROOM:
                return self.current
        return super().held_row()

    def point_in(self, row: int) -> tuple[int, int]:
        """In the row in hand the caret is looked at."""
        if row != self.current or self.editor.isHidden():
            return 0, 0
        caret = self.editor.cursorRect()
        return PAD + caret.top() + self.editor.verticalScrollBar().value(), caret.height()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Beside the editor: the click took the row in hand."""
        if not (self.editor.isHidden() or self.editor.holding):
            self.menu_wanted.emit(event.globalPos())

    def underline(self, segment: Segment, spoken: tuple[int, int] | None) -> None:
        """Mark in the editor what is doubtful or noted in the row in hand, and the word that is heard."""
        before = self.editor.before(segment.text) or 0
        marks = [*self._painter.chips(segment), *self._painter.underlined(segment)]
        self.editor.underline([(start + before, end + before, look) for start, end, look in marks])
        if spoken is not None:
            self.highlight(segment, spoken)

    def highlight(self, segment: Segment, spoken: tuple[int, int] | None) -> None:
        """Mark the word that is heard there, unless another text is being written; none, where none is."""
        before = self.editor.before(segment.text) if spoken is not None else None
        if before is None or spoken is None:
            self.editor.highlight(None)
        else:
            self.editor.highlight((spoken[0] + before, spoken[1] + before, self._painter.spoken()))
