"""What the leak check found in finished files, one card a finding: explained one by one, or decided after all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.domain.leaks import LeakFinding
from oralhistory.i18n import mark, tr
from oralhistory.services.refusal import LEAK_PARTS, LEAK_RULES
from oralhistory.ui.look.pieces import (
    button,
    clear,
    column,
    joined,
    label,
    line_edit,
    row,
    scrolling,
    sentence,
    stacked,
    told,
)
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class FindingView(QWidget):
    """`explained` carries the mark of a finding and the reason; `wanted` words that are to be decided after all."""

    explained = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._last: tuple[str, ...] = ()
        self._shown: tuple[LeakFinding, ...] | None = None
        self._cards = column(spacing=GRID)
        self._none = sentence(
            says, mark("Nothing was found so far. Every finished file is searched before it may leave."), "soft"
        )
        self._head = sentence(says, mark(
            "These known names stand in a finished file, or look as if they did. No file leaves with one that is not explained."
            " Say why it is no name at this place, or decide on the words."
        ), "soft")  # fmt: skip
        self.setLayout(column(scrolling(stacked(self._head, self._none, self._cards))))

    def show_last(self, findings: Sequence[LeakFinding]) -> None:
        """Those of the file that was refused just now: they come first."""
        self._last = tuple(one.mark for one in findings)
        self._shown = None

    def show_findings(self, findings: Sequence[LeakFinding]) -> None:
        ordered = sorted(findings, key=lambda one: (one.explained, one.mark not in self._last))
        if tuple(ordered) == self._shown:
            return
        self._shown = tuple(ordered)
        clear(self._cards)
        self._none.setVisible(not ordered)
        self._head.setVisible(bool(ordered))
        for one in ordered:
            card = FindingCard(one, earlier=bool(self._last) and one.mark not in self._last)
            card.explained.connect(self.explained)
            card.wanted.connect(self.wanted)
            self._cards.addWidget(card)


class FindingCard(QFrame):
    explained = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, finding: LeakFinding, *, earlier: bool) -> None:
        super().__init__()
        self.finding = finding
        self.setObjectName("release_finding")
        self.setProperty("role", "card")
        says = Wording()
        place = finding.place
        name, about = label("large"), label("small")
        name.setText(place.text if place else "–")
        state = tr("explained") if finding.explained else tr("in an earlier file") if earlier else ""
        about.setText(joined([told(LEAK_RULES, finding.rule), told(LEAK_PARTS, finding.part), state]))
        layout = column(name, about, margin=2 * GRID, spacing=GRID)
        for before, after in place.around[:1] if place else ():
            line = label()
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setText(f"…{before} [{place.text if place else ''}] {after}…")
            layout.addWidget(line)
        if finding.mark and not finding.explained:
            layout.addWidget(self._answers(says))
        self.setLayout(layout)
        self.setAccessibleName(joined([name.text(), about.text()]))

    def _answers(self, says: Wording) -> QWidget:
        why = line_edit("release_finding_reason", says, mark("Why it is no name at this place"))
        why.setPlaceholderText(tr("why it is no name at this place"))
        explain = button("release_finding_explain", says, mark("Explain it"), role="primary")
        explain.setEnabled(False)
        why.textChanged.connect(lambda text: explain.setEnabled(bool(text.strip())))
        why.returnPressed.connect(explain.click)
        explain.clicked.connect(lambda: self.explained.emit(self.finding.mark, why.text().strip()))
        decide = button("release_finding_decide", says, mark("Decide on the words"), role="link")
        decide.clicked.connect(lambda: self.wanted.emit(self.finding.place.text if self.finding.place else ""))
        made = QWidget()
        actions = row(explain, decide)
        actions.addStretch(1)
        made.setLayout(column(why, actions))
        return made
