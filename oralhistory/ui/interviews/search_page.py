"""What a search found in the transcripts, each hit in its context; opening one goes to the passage."""

import re
from html import escape
from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPushButton, QVBoxLayout

from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, sentences, tr
from oralhistory.services.archive.integrity import Trust
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.services.library.searching import Hit, told_unsearched
from oralhistory.ui.look.pieces import card, clear, column, ground, label, row, scrolling, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import Page, PageContext

MOST_SHOWN = 200
PORTION = 20
"""Of these so many are made at a time, more when somebody comes to the end of them: two hundred take a second to stand."""
_AROUND = 60


class SearchPage(Page):
    """`hit_chosen` carries the interview's code and the segment's id."""

    hit_chosen = Signal(str, str)
    interview_chosen = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._wanted = ""
        self._hits: list[Hit] = []
        self._made = 0
        self._described: list[str] = []
        self._unsearched = 0
        self._summary = label("soft")
        self._summary.setObjectName("search_summary")
        self._results = QVBoxLayout()
        self._results.setSpacing(GRID)
        inner = ground()
        layout = column(sentence(self.says, mark("Found in the archive"), "title"), self._summary, margin=2 * GRID)
        layout.addLayout(self._results)
        layout.addStretch(1)
        inner.setLayout(layout)
        self._area = scrolling(inner)
        self._bar = self._area.verticalScrollBar()
        self._bar.valueChanged.connect(self._come_to)
        self._bar.rangeChanged.connect(lambda _first, _last: self._come_to(self._bar.value()))
        self.setLayout(column(self._area))

    def search(self, wanted: str) -> None:
        self._wanted = wanted
        self._bar.setValue(0)
        searching = self.context.desk.searching

        def found(answer: tuple[list[Hit], list[str], int]) -> None:
            if wanted == self._wanted:
                _, self._described, self._unsearched = answer
            self._show(wanted, answer[0])
            self._take_in_hand()

        self.context.jobs.run(lambda: (searching.search(wanted), searching.described(wanted), searching.unsearched()),
                              found, owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        self._show(self._wanted, self._hits)

    def _show(self, wanted: str, hits: list[Hit]) -> None:
        if wanted != self._wanted:
            return  # the answer to an earlier question
        portions = ceil(self._made / PORTION) if hits is self._hits else 1
        self._hits, self._made = hits, 0
        in_hand = QApplication.focusWidget()
        held = in_hand.objectName() if in_hand is not None and self._area.isAncestorOf(in_hand) else ""
        if held:
            self._area.setFocus()  # from answer to answer as they go, the keyboard would scroll, and call further ones
        clear(self._results)
        found = ntr("{n} passage holds “{text}”.", "{n} passages hold “{text}”.", len(hits), text=wanted)
        more = tr("The first {n} are shown.", n=MOST_SHOWN) if len(hits) > MOST_SHOWN else ""
        told = f"{found} {more}".strip() if hits else tr("No passage holds “{text}”.", text=wanted)
        self._summary.setText(sentences([told, told_unsearched(self._unsearched), self._doubt()]))
        if self._described:
            self._results.addWidget(self._interviews())
        for _ in range(portions):
            self._show_portion()
        if held:  # the same answers, told anew
            self._hold_again(held)

    def _hold_again(self, name: str) -> None:
        for at in range(self._results.count()):
            item = self._results.itemAt(at)
            answer = item.widget() if item is not None else None
            again = answer.findChild(QPushButton, name) if answer is not None else None
            if isinstance(again, QPushButton):
                again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in_hand(self) -> None:
        """Who asked from the field has the first answer under the keyboard: all of the list lies between the two."""
        asked, answers = QApplication.focusWidget(), self._results.itemAt(0)
        first = answers.widget().findChild(QPushButton) if answers is not None else None  # type: ignore[union-attr]
        if first is not None and isinstance(asked, QLineEdit) and asked.text().strip() == self._wanted and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_portion(self) -> None:
        portion = range(self._made, min(self._made + PORTION, MOST_SHOWN, len(self._hits)))
        for number in portion:
            shown = self._result(number, self._hits[number])
            self._results.addWidget(shown)
            shown.show()
        self._made = portion.stop

    def _come_to(self, position: int) -> None:
        """Where less than a windowful is below, the next hits are put there."""
        if self._made < min(len(self._hits), MOST_SHOWN) and position > self._bar.maximum() - self._bar.pageStep():
            self._show_portion()
            # Room is made for them before anything is painted: those that were there would be pressed together for a moment.
            QCoreApplication.sendPostedEvents(self._area.widget(), QEvent.Type.LayoutRequest)

    def changed(self, notice: Notice) -> None:
        if notice.what is Changed.INTEGRITY and self._wanted:
            self._show(self._wanted, self._hits)

    def _doubt(self) -> str:
        """A damaged page of the database makes fewer hits and no error, so a search says when nobody has looked yet."""
        integrity = self.context.desk.integrity
        if integrity.checked:
            return ""
        if integrity.state is Trust.DAMAGED:
            return tr("The database is damaged: there may be more than is shown.")
        return tr("The database is not yet checked: there may be more than is shown.")

    def _interviews(self) -> QFrame:
        """The interviews whose description holds the words."""
        links = []
        for code in self._described[:MOST_SHOWN]:
            link = QPushButton(code)
            link.setObjectName(f"search_interview_{code}")
            link.setProperty("role", "link")
            link.clicked.connect(lambda _checked, code=code: self.interview_chosen.emit(code))
            links.append(link)
        said = label("soft")
        said.setText(ntr("{n} interview is described with it.", "{n} interviews are described with it.", len(self._described)))
        return card(said, Wrapping(links, spacing=GRID))

    def _result(self, number: int, hit: Hit) -> QFrame:
        words = label()
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(in_context(hit.found.text, self._wanted))
        where = QPushButton(f"{hit.code}  ·  {clock(hit.found.start_ms)}")
        where.setObjectName(f"search_hit_{number}")
        where.setProperty("role", "link")
        where.setAccessibleName(tr("Open {code} at {time}", code=hit.code, time=clock(hit.found.start_ms)))
        where.clicked.connect(lambda: self.hit_chosen.emit(hit.code, hit.found.segment))
        top = row(where)
        top.addStretch(1)
        return card(top, words)


def in_context(text: str, wanted: str) -> str:
    """The passage around the first hit as rich text, the hit in bold."""
    hit = re.search(re.escape(wanted), text, re.IGNORECASE)
    if hit is None:
        return escape(text[: 2 * _AROUND])
    at, end = hit.span()
    first, last = max(at - _AROUND, 0), min(end + _AROUND, len(text))
    before, after = ("… " if first else "") + text[first:at], text[end:last] + (" …" if last < len(text) else "")
    return f"{escape(before)}<b>{escape(text[at:end])}</b>{escape(after)}"
