"""Find and replace in the transcript in hand: every place in its context before anything is changed, each to be left out.

Stands beside the page, which goes on playing and being typed in. What is replaced is one step, undone as one.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from oralhistory.domain.replacing import Place, Wanted
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import mark, ntr, sentences, tr
from oralhistory.ui.look.pieces import button, column, field, label, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.review_text import ReviewText

_LOOK_AFTER_MS = 200
_AROUND = 24
"""Letters of context on each side."""
_MOST_SHOWN = 2_000


class ReplaceDialog(QDialog):
    """`wanted` carries a segment that the person wants to see, and where in its text; `replacing` the places to change."""

    wanted = Signal(str, int)
    replacing = Signal(list)

    def __init__(self, parent: QWidget, text: ReviewText, settle: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("review_replace")
        self.setWindowTitle(tr("Find and replace"))
        self._text, self._settle = text, settle
        self._places: list[Place] = []
        self._refused = ""
        """Why nothing can be looked for."""
        self._done = ""
        """What was replaced last, until something else is looked for."""
        self._fresh = False
        """Whether the places are those of what stands in the fields."""
        self._onward: tuple[str, int] | None = None
        """Behind which place to go on, in which segment, once the text is looked through again."""
        says = Wording()
        self._find = line_edit("review_find", says, mark("Find"))
        self._put = line_edit("review_put", says, mark("Replace with"))
        self._anywhere = QCheckBox()
        self._anywhere.setObjectName("review_find_anywhere")
        says(self._anywhere.setText, mark("Inside words too"))
        self._pattern = QCheckBox()
        self._pattern.setObjectName("review_find_pattern")
        says(self._pattern.setText, mark("Regular expression"))
        self._told = label("soft")
        self._told.setObjectName("review_found")
        self._list = QListWidget()
        self._list.setObjectName("review_places")
        says(self._list.setAccessibleName, mark("Places found"))
        self._list.setSpacing(GRID // 2)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)  # what wraps is never cut short
        self._do = button("review_replace_do", says, mark("Replace what is ticked"), role="primary")
        close = button("review_replace_close", says, mark("Close"))
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._soon.timeout.connect(self.look)
        for one in (self._find, self._put):
            one.textChanged.connect(lambda _text: self._look_soon())
        self._find.returnPressed.connect(self._next)
        self._put.returnPressed.connect(self._replace_next)
        self._anywhere.toggled.connect(lambda _on: self.look())
        self._pattern.toggled.connect(self._anywhere.setDisabled)
        self._pattern.toggled.connect(lambda _on: self.look())
        self._list.itemActivated.connect(self._go)
        self._list.itemChanged.connect(lambda _item: self._count())
        self._do.clicked.connect(self._replace)
        close.clicked.connect(self.reject)
        fields = row(field(says, mark("Find"), self._find), field(says, mark("Replace with"), self._put), spacing=2 * GRID)
        foot = row(self._told, self._do, close)
        foot.setStretch(0, 1)
        layout = column(margin=2 * GRID)
        layout.addLayout(fields)
        kinds = row(self._anywhere, self._pattern, spacing=2 * GRID)
        kinds.addStretch(1)
        layout.addLayout(kinds)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)
        self.setLayout(layout)
        self.resize(76 * GRID, 64 * GRID)
        self._count()

    def begin(self, wanted: Wanted, *, chosen: bool = True) -> None:
        """Come to the front, looking for this: what the person chose, or only what stands at the caret."""
        self._done = ""
        self._find.setText(wanted.text)
        self._put.setText(wanted.put)
        self.show()
        self.raise_()
        self.activateWindow()
        (self._put if wanted.text and not wanted.put and chosen else self._find).setFocus()
        self._find.selectAll()
        self.look()

    def tell_done(self, places: int) -> None:
        """So many were replaced: said here, where one looks, beside what is still found."""
        self._done = ntr("{n} place was replaced.", "{n} places were replaced.", places) if places else ""
        self.look()

    def look(self) -> None:
        """Find the places in the text as it stands now, what is being typed included."""
        self._soon.stop()
        self._settle()
        wanted = self._wanted()

        def show(found: Sequence[Place], why: str) -> None:
            if isValid(self) and wanted == self._wanted():  # else closed meanwhile, or an answer to what stood there before
                self._show(found, why)

        self._text.find(wanted, show)

    def _wanted(self) -> Wanted:
        return Wanted(self._find.text(), self._put.text(), self._anywhere.isChecked(), self._pattern.isChecked())

    def _look_soon(self) -> None:
        """Nothing is replaced by other words than those that stand there now."""
        self._fresh, self._done = False, ""
        self._do.setEnabled(False)
        self._soon.start()

    def _show(self, places: Sequence[Place], why: str) -> None:
        self._places, self._refused, self._fresh = list(places), why, True
        segments = {one.id: one for one in self._text.segments}
        self._list.blockSignals(True)
        self._list.clear()
        for place in self._places[:_MOST_SHOWN]:
            item = QListWidgetItem(_in_context(segments[place.segment], place) if place.segment in segments else "")
            item.setData(Qt.ItemDataRole.UserRole, (place.segment, place.start))
            item.setCheckState(Qt.CheckState.Checked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._count()
        if self._onward is not None and self._places:
            self._go_on(*self._onward)
        self._onward = None

    def _ticked(self) -> list[Place]:
        on = [self._list.item(at).checkState() is Qt.CheckState.Checked for at in range(self._list.count())]
        return [place for place, ticked in zip(self._places, on, strict=False) if ticked]

    def _count(self) -> None:
        found, ticked = len(self._places), len(self._ticked())
        words = ntr("{n} place", "{n} places", found) if self._find.text() else ""
        self._told.setText(self._refused or sentences((self._done, "" if self._done and not found else words)))
        self._do.setEnabled(self._fresh and bool(ticked) and bool(self._put.text()))

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(*item.data(Qt.ItemDataRole.UserRole))

    def _next(self) -> None:
        """On to the next place that is listed, from the last one to the first; the keyboard stays here."""
        if self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + 1) % self._list.count())
            self._go(self._list.currentItem())

    def _replace_next(self) -> None:
        """Replace the place that is looked at, or the first, and go on to the one behind it; one that is not ticked is left."""
        at = max(self._list.currentRow(), 0)
        if not self._do.isEnabled():
            return
        if self._list.item(at).checkState() is Qt.CheckState.Checked:
            place = self._places[at]
            self._onward = place.segment, place.start + len(place.put)
            self.replacing.emit([place])
        else:
            self._next()

    def _go_on(self, segment: str, behind: int) -> None:
        """To the first place behind this one, or from the last to the first."""
        rows = {one.id: row for row, one in enumerate(self._text.segments)}
        later = (
            at
            for at, one in enumerate(self._places[:_MOST_SHOWN])
            if (rows.get(one.segment, -1), one.start) >= (rows.get(segment, -1), behind)
        )
        self._list.setCurrentRow(next(later, 0) - 1)
        self._next()

    def _replace(self) -> None:
        self.replacing.emit(self._ticked())


def _in_context(segment: Segment, place: Place) -> str:
    """12:34  … before [old → new] behind …"""
    text = segment.text
    first, last = max(place.start - _AROUND, 0), place.end + _AROUND
    before = ("…" if first else "") + text[first : place.start]
    behind = text[place.end : last] + ("…" if last < len(text) else "")
    said = text[place.start : place.end]
    changed = f"[{said} → {place.put}]" if place.put else f"[{said}]"
    return f"{clock(segment.start_ms)}   {before}{changed}{behind}"
