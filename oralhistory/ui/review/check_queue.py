"""The rows that somebody is to look at, in the order of the interview: what a key walks through and the list beside shows.

Kept row by row as the text changes: no keystroke asks three hours of text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from oralhistory.domain.interview import Mark
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import DISTRESSING, MARKS, Segment
from oralhistory.i18n import listed, mark, tr
from oralhistory.ui.review.chip_faces import read
from oralhistory.ui.review.flag_words import why
from oralhistory.ui.review.review_text import ReviewText

_SHOWN_LETTERS = 60

WAITING, DOUBTS, COMMENTS, MARKED, MISHEARD = "waiting", "doubts", "comments", "marked", "misheard"
RECORDED = "recorded"
_KINDS: Mapping[str, Callable[[Segment], bool]] = MappingProxyType(
    {
        DOUBTS: lambda segment: segment.doubtful,
        COMMENTS: lambda segment: bool(segment.comments),
        MARKED: lambda segment: not segment.flags.isdisjoint(MARKS),
    }
)
KIND_WORDS = {
    WAITING: mark("Everything waiting"),
    DOUBTS: mark("Doubtful passages"),
    MISHEARD: mark("Misheard words of the glossary"),
    COMMENTS: mark("Passages with comments"),
    MARKED: mark("Marked passages"),
    RECORDED: mark("Marked while recording"),
}


class CheckQueue(QAbstractListModel):
    """`rows` are those of the text, in order; an index of the model is a place in `rows`."""

    def __init__(self, text: ReviewText, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self.kind = WAITING
        self._misheard: Callable[[Segment], bool] = lambda _segment: False
        self._marks: Sequence[Mark] = ()
        self.rows: list[int] = []
        self._said: dict[int, str] = {}
        """What is shown of a row that was asked for already: the list asks at each move of the window."""
        text.loaded.connect(self._look)
        text.spliced.connect(self._spliced)

    def show_kind(self, kind: str) -> None:
        """Keep the rows of one kind, WAITING or another."""
        self.kind = kind
        self._look()

    def use(self, misheard: Callable[[Segment], bool]) -> None:
        """Ask this whether a word of the glossary was misheard in a segment."""
        self._misheard = misheard
        self._look()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """The places that were marked while recording: each is in the passage that was said then, or last before."""
        if list(marks) != list(self._marks):
            self._marks = marks
            self._look()

    def following(self, row: int, step: int = 1) -> int | None:
        """The next row of the queue in the direction of `step`, round the end; None when the queue is empty."""
        if not self.rows:
            return None
        place = bisect_right(self.rows, row) if step > 0 else bisect_left(self.rows, row) - 1
        return self.rows[place % len(self.rows)]

    def place(self, row: int) -> int:
        """Where a row stands in the queue; -1 when it does not."""
        place = bisect_left(self.rows, row)
        return place if place < len(self.rows) and self.rows[place] == row else -1

    # --- as a model -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= index.row() < len(self.rows):
            return None
        return self.words(index.row())

    def words(self, place: int) -> str:
        """What is shown of a passage of the queue, in two lines."""
        row = self.rows[place]
        if row not in self._said:
            self._said[row] = self._words(self._text.segments[row])
        return self._said[row]

    def _words(self, segment: Segment) -> str:
        noted = [one.word for one, marked in self._recorded() if marked is segment] if self.kind == RECORDED else []
        reasons = filter(None, (why(segment), tr("misheard?") if self._misheard(segment) else "", *noted))
        words = "…" if DISTRESSING in segment.flags else read(segment.text)[:_SHOWN_LETTERS]  # nobody comes upon it unprepared
        return f"{clock(segment.start_ms)}  {listed(reasons)}\n{words}"

    def say_again(self) -> None:
        """Another language is in use."""
        self._said.clear()

    # --- the text changed -------------------------------------------------------------------------------------------

    def _look(self) -> None:
        belongs = self._belongs()
        self._take([row for row, one in enumerate(self._text.segments) if belongs(one)])

    def _spliced(self, row: int, removed: int, inserted: int) -> None:
        belongs, first, last = self._belongs(), bisect_left(self.rows, row), bisect_left(self.rows, row + removed)
        fresh = [at for at in range(row, row + inserted) if belongs(self._text.segments[at])]
        shift = inserted - removed
        self._said.clear()
        if fresh == self.rows[first:last] and not shift:
            if fresh:
                self.dataChanged.emit(self.index(first), self.index(last - 1))
            return
        behind = [at + shift for at in self.rows[last:]] if shift else self.rows[last:]
        self._take([*self.rows[:first], *fresh, *behind])

    def _belongs(self) -> Callable[[Segment], bool]:
        misheard = self._misheard
        if self.kind == WAITING:
            return lambda segment: segment.waits or misheard(segment)
        if self.kind == RECORDED:
            marked = {segment.id for _, segment in self._recorded()}
            return lambda segment: segment.id in marked
        return misheard if self.kind == MISHEARD else _KINDS[self.kind]

    def _recorded(self) -> list[tuple[Mark, Segment]]:
        """The marks with their passages; those of before the first word with that one."""
        text = self._text
        return [(one, text.segments[max(text.row_at(one.at_ms), 0)]) for one in self._marks] if text.segments else []

    def _take(self, rows: list[int]) -> None:
        self.beginResetModel()
        self._said.clear()
        self.rows = rows
        self.endResetModel()
