"""One segment beside the machine's own: what was changed, when and by whom; and the machine's text back, if wanted."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextEdit, QWidget

from oralhistory.domain.replacing import differences
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.review.transcripts import HistoryEntry, Passage
from oralhistory.ui.look.pieces import button, column, label, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.zones import local_minute

_KINDS = {
    "set_text": mark("the words changed by {who}"),
    "split": mark("split in two by {who}"),
    "join": mark("joined with its neighbour by {who}"),
    "set_times": mark("times changed by {who}"),
    "set_speaker": mark("speaker label changed by {who}"),
    "flag": mark("mark set or taken away by {who}"),
    "restore": mark("machine's text put back by {who}"),
    "confirm": mark("heard and found right by {who}"),
    "removed": mark("minutes removed for good by {who}"),
    "comment": mark("comment written by {who}"),
    "resolve": mark("comment called done by {who}"),
    "translate": mark("translation changed by {who}"),
}


class PassageDialog(QDialog):
    restoring = Signal()

    def __init__(self, parent: QWidget, theme: Theme, passage: Passage) -> None:
        super().__init__(parent)
        self.setObjectName("review_passage")
        self.setWindowTitle(tr("From the machine's text to this one"))
        now = passage.now
        head = label("large")
        head.setText(f"{clock(now.start_ms)}  {now.speaker}")
        self._text = QTextEdit()
        self._text.setObjectName("review_passage_text")
        self._text.setAccessibleName(tr("What was changed: left out words are struck through, new ones underlined"))
        self._text.setReadOnly(True)
        self._text.setFont(theme.font("large"))
        explained = label("soft")
        explained.setText(_explained(passage))
        steps = label()
        steps.setObjectName("review_passage_steps")
        steps.setText("\n".join(_line(one) for one in passage.changes))
        says = Wording()
        restore = button("review_passage_restore", says, mark("Go back to the machine's text"))
        restore.setEnabled(passage.drafted is not None and passage.drafted != now.text)
        restore.clicked.connect(self._restore)
        close = button("review_passage_close", says, mark("Close"), role="primary")
        close.clicked.connect(self.accept)
        foot = row(restore)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = column(head, self._text, explained, steps, margin=2 * GRID)
        layout.setStretch(1, 1)
        layout.addLayout(foot)
        self.setLayout(layout)
        self._show(theme, passage)
        close.setFocus()
        self.resize(76 * GRID, 50 * GRID)

    def _show(self, theme: Theme, passage: Passage) -> None:
        plain, gone, fresh = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(theme.color("text_soft"))
        fresh.setFontUnderline(True)
        fresh.setForeground(theme.color("accent"))
        cursor = QTextCursor(self._text.document())
        before = passage.now.text if passage.drafted is None else passage.drafted
        for one in differences(before, passage.now.text):
            cursor.insertText(one.text, gone if one.gone else fresh if one.fresh else plain)
            cursor.insertText(" ", plain)

    def _restore(self) -> None:
        self.restoring.emit()
        self.accept()


def _explained(passage: Passage) -> str:
    if passage.drafted is None:
        return tr("The machine heard nothing in this time.")
    if passage.drafted == passage.now.text:
        return tr("The text is the machine's own.")
    return tr("What the machine had and is gone is struck through; what people wrote is underlined.")


def _line(change: HistoryEntry) -> str:
    what = tr(_KINDS[change.kind], who=change.by) if change.kind in _KINDS else f"{change.kind} ({change.by})"
    return f"{local_minute(change.at)} · {what}"
