"""The comments on the segment in hand, each with who wrote it and when; and the field for a new one.

Nothing written here belongs to the testimony, and nothing of it leaves with an export.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from oralhistory.domain.transcript import Comment, Segment
from oralhistory.i18n import mark, tr
from oralhistory.services.review.transcripts import LONGEST_COMMENT
from oralhistory.ui.look.pieces import button, clear, column, ground, label, scrolling
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.note_field import NoteField
from oralhistory.zones import local_minute


class CommentList(QWidget):
    """`written` carries a segment's id and the words of a new comment on it, `done` the id of a comment, `left` that the person
    is through here. What stands in the field when another segment is taken in hand is a comment on the one before."""

    written = Signal(str, str)
    done = Signal(str)
    left = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[Comment, ...]] = ("", ())
        self._title = label("small", wrap=False)  # else the field would not give way to the list above it
        self._title.setObjectName("review_comments_of")
        self._lines = column(spacing=GRID)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = ground()
        inner.setLayout(self._lines)
        self._scroll = scrolling(inner)
        self.field = NoteField("review_comment", 8 * GRID)
        says(self.field.setAccessibleName, mark("Comment on this segment"))
        says(self.field.setPlaceholderText, mark("In no export. Enter adds it."))
        self.field.given.connect(self._give)
        layout = column(self._title, self._scroll, self.field, spacing=GRID // 2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_comments(self, segment: Segment | None, title: str) -> None:
        """Those of the segment in hand, under its time."""
        name, comments = (segment.id, segment.comments) if segment is not None else ("", ())
        if name != self._shown[0]:
            self.hand_in()
        self._title.setText(title)
        self.field.setEnabled(segment is not None)
        if (name, comments) == self._shown:
            return
        self._shown = name, comments
        clear(self._lines)
        for one in comments:
            self._lines.addWidget(self._line(one))
        self._scroll.setVisible(bool(comments))

    def again(self) -> None:
        """Say everything again in the language now in use."""
        (name, comments), self._shown = self._shown, ("", ())
        clear(self._lines)
        for one in comments:
            self._lines.addWidget(self._line(one))
        self._shown = name, comments

    def hand_in(self) -> None:
        """What stands in the field becomes a comment, or several where it is longer than one may be."""
        words = str(self.field.settled_text()).strip()
        self.field.clear()
        for piece in _pieces(words) if self._shown[0] else ():
            self.written.emit(self._shown[0], piece)

    def take_back(self, words: str) -> None:
        """What was handed in for a segment that is gone by now goes on being written, on the one in hand."""
        self.field.setPlainText(" ".join(filter(None, [self.field.toPlainText(), words])))
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def _line(self, comment: Comment) -> QWidget:
        head, words = label("small"), label("" if comment.open else "soft")
        head.setText(f"{comment.by}  {local_minute(comment.at)}")
        words.setText(comment.text)
        made = QWidget()
        layout = column(head, words, spacing=2)
        if comment.open:
            done = button("review_comment_done", Wording(), "", role="link")
            done.setText(tr("Done"))
            done.setAccessibleName(tr("Done: {comment}", comment=comment.text))
            done.clicked.connect(lambda: self.done.emit(comment.id))
            layout.addWidget(done)
        else:
            told = label("small")
            told.setText(tr("Done, says {who}.", who=comment.resolved_by))
            layout.addWidget(told)
        made.setLayout(layout)
        return made

    def _give(self) -> None:
        self.hand_in()
        self.left.emit()


def _pieces(words: str) -> Iterator[str]:
    """Each short enough for a comment, cut between two words where there is a gap."""
    while words:
        piece = words[:LONGEST_COMMENT]
        if len(piece) < len(words):
            piece = piece.rsplit(maxsplit=1)[0]
        yield piece
        words = words[len(piece) :].lstrip()
