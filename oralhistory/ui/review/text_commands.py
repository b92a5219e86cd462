"""What keys ask of the text: split, join, right, find and replace, the machine's own, undo.

What is typed meanwhile waits in the editor and lands behind it.
"""

from collections.abc import Callable
from itertools import takewhile

from PySide6.QtWidgets import QWidget

from oralhistory.domain.replacing import Place, Wanted
from oralhistory.domain.seams import seam
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import tr
from oralhistory.services.review.transcripts import EarlierStep, Passage
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.check_queue import CheckQueue
from oralhistory.ui.review.passage_dialog import PassageDialog
from oralhistory.ui.review.replace_dialog import ReplaceDialog
from oralhistory.ui.review.review_text import ReviewText, Then
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.zones import local_minute


class TextCommands:
    """`when_heard(then)` calls back when everything that was played up to now is stored."""

    def __init__(
        self,
        context: PageContext,
        page: QWidget,
        text: ReviewText,
        view: SegmentView,
        queue: CheckQueue,
        when_heard: Callable[[Callable[[], None]], None],
    ) -> None:
        self._context, self._page, self._text, self._view, self._queue = context, page, text, view, queue
        self._when_heard = when_heard
        self._dialog: ReplaceDialog | None = None
        text.earlier_next.connect(self._tell_earlier)

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {
            "split": self._split, "join": self._join, "right": self._right,
            "replace": self._replace, "alike": self._alike, "passage": self._passage,
            "undo": lambda: self._step_back(self._text.undo), "redo": lambda: self._step_back(self._text.redo),
        }  # fmt: skip

    def begin(self) -> None:
        """Another interview is in hand, or none."""
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _split(self) -> None:
        view = self._view
        row, typed, caret = view.current, view.editor.settled_text(), view.editor.caret()
        offset = len(normalised(typed[:caret]))
        if not typed[:caret].strip() or not typed[caret:].strip():
            return self._context.notify(tr("A segment is split inside its text: put the caret between two words."))
        view.wait()
        return self._text.split(row, offset, lambda at: view.go_on(None if at is None else at + 1))

    def _join(self) -> None:
        view, text = self._view, self._text
        row = view.current
        if row <= 0:
            return
        view.wait()
        before = text.segments[row - 1].text
        caret = len(before) + len(seam(before, text.segments[row].text))
        text.join(row, lambda at: view.go_on(at, caret))

    def _right(self) -> None:
        """The row is right as it stands: its doubts are gone, and the next one is in hand."""
        segment = self._view.segment
        if segment is None:
            return

        def go_on(at: int | None) -> None:
            following = self._queue.following(at) if at is not None else None
            self._view.go_on(at if following is None else following)
            if at is not None and following is None:
                self._context.notify(tr("No doubtful passage is left."))

        self._view.wait()
        self._when_heard(lambda: self._confirm(segment.id, go_on))

    def _confirm(self, segment: str, then: Then) -> None:
        """Wherever the segment stands by now: storing what was heard took its time."""
        row = self._text.row_of(segment)
        if row is None:
            then(None)
        else:
            self._text.confirm(row, then)

    def _step_back(self, change: Callable[[Then, int], None]) -> None:
        view, text = self._view, self._text
        view.wait()
        row, caret, before = view.current, view.editor.caret(), view.editor.toPlainText()

        def go_on(at: int | None) -> None:
            view.go_on(at, caret_after(before, caret, text.segments[at].text) if at == row and at < len(text.segments) else 0)

        change(go_on, row)

    def _tell_earlier(self, step: EarlierStep) -> None:
        self._context.notify(
            tr(
                "All changes since unlocking are undone. Once more takes back one of {when} by {who}.",
                when=local_minute(step.at),
                who=step.by,
            )
        )

    # --- find and replace -------------------------------------------------------------------------------------------

    def _replace(self) -> None:
        cursor = self._view.editor.textCursor()
        chosen = cursor.hasSelection()
        if not chosen:
            cursor.select(cursor.SelectionType.WordUnderCursor)
        self._look_for(Wanted(cursor.selectedText()), chosen=chosen)

    def _alike(self) -> None:
        """The last correction, for every place with the same error."""
        self._view.commit()
        wanted = self._view.correction()
        if wanted is None:
            return self._context.notify(tr("No single word was corrected yet that could be looked for elsewhere."))
        return self._look_for(wanted)

    def _look_for(self, wanted: Wanted, *, chosen: bool = True) -> None:
        if self._dialog is None:
            self._dialog = ReplaceDialog(self._page, self._text, self._view.commit)
            self._dialog.wanted.connect(self._show)
            self._dialog.replacing.connect(self._put)
            self._dialog.finished.connect(lambda _how: self._view.edit_here())
        self._dialog.begin(wanted, chosen=chosen)

    def _show(self, segment: str, at: int) -> None:
        row = self._text.row_of(segment)
        if row is not None:
            self._view.go_to(row, at)

    def _put(self, chosen: list[Place]) -> None:
        def done(at: int | None) -> None:
            self._view.go_on(None)
            if self._dialog is not None:
                self._dialog.tell_done(len(chosen) if at is not None else 0)

        self._view.wait()
        self._text.put(chosen, done)

    # --- the machine's own ------------------------------------------------------------------------------------------

    def _passage(self) -> None:
        if self._view.segment is not None:
            self._view.commit()
            self._text.passage(self._view.current, self._show_passage)

    def _show_passage(self, passage: Passage) -> None:
        dialog = PassageDialog(self._page, self._context.theme, passage)
        dialog.finished.connect(dialog.deleteLater)
        dialog.restoring.connect(lambda: self._restore(passage.now.id))
        dialog.open()

    def _restore(self, segment: str) -> None:
        row = self._text.row_of(segment)
        if row is not None:
            self._view.wait()
            self._text.restore(row, self._view.go_on)


def caret_after(before: str, caret: int, now: str) -> int:
    """Where the caret stands when a text became another one: before what it stood before, else behind what changed."""
    behind = before[caret:].rstrip()
    if now.endswith(behind):
        return len(now) - len(behind)
    alike = takewhile(lambda two: two[0] == two[1], zip(reversed(before.rstrip()), reversed(now), strict=False))
    return len(now) - sum(1 for _ in alike)
