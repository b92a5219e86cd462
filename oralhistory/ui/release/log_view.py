"""What was decided: names and places, each of which can be changed, and everything in the order in which it was decided.

The whole of it is the key back to every name. It can be written into a file for its owner alone, never beside an export.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from oralhistory.domain.redaction import Decided, Entity, Profile
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, joined
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.entity_list import EntityList
from oralhistory.zones import local_minute

_ACTION = {
    "replace": mark("replaced: {words}"),
    "generalise": mark("told coarsely: {words}"),
    "redact": mark("taken out: {words}"),
    "keep": mark("kept: {words} ({reason})"),
}


class LogView(QWidget):
    """`report_wanted`: the whole log is to be written into a file."""

    report_wanted = Signal()

    def __init__(self, says: Wording, aids: Aids) -> None:
        super().__init__()
        self.entities = EntityList(says, aids)
        self._log = QListWidget()
        self._log.setObjectName("release_log")
        self._log.setWordWrap(True)
        self._log.setTextElideMode(Qt.TextElideMode.ElideNone)  # what wraps is never cut short
        self._log.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._log.setSpacing(2)
        says(self._log.setAccessibleName, mark("Everything that was decided, the latest first"))
        self._which = Answers("release_log_which", says, mark("What is shown"), [
            ("names", mark("Names and places")), ("log", mark("By time")),
        ])  # fmt: skip
        report = button("release_report_write", says, mark("Internal report …"), role="link")
        report.clicked.connect(self.report_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.entities)
        inner = QWidget()
        below = column(self._log)
        below.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inner.setLayout(below)
        self._stack.addWidget(inner)
        self._which.picked.connect(lambda: self._stack.setCurrentIndex(["names", "log"].index(self._which.value)))
        head = Flow(self._which, report)
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        layout = column(spacing=0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def clear(self) -> None:
        self.entities.clear()
        self.show_decided((), ())

    def show_decided(self, entities: Sequence[Entity], log: Sequence[Decided], profile: Profile = Profile.PUBLIC) -> None:
        """With the words that a text of this profile has in their place."""
        self.entities.show_entities(entities, profile)
        lines = [_line(one, log, profile) for one in reversed(log)]
        if lines != [self._log.item(at).text() for at in range(self._log.count())]:
            self._log.clear()
            self._log.addItems(lines)


def _line(one: Decided, log: Sequence[Decided], profile: Profile) -> str:
    when = local_minute(one.at) if one.at else ""
    return joined([when, one.by]) + "\n" + (_undone(one, log, profile) if one.undoes is not None else told_of(one, profile))


def told_of(one: Decided, profile: Profile) -> str:
    """What was decided there, in a line."""
    told = [f"{listed(e.variants)} → {e.written(profile) or '–'}" for e in one.document.entities]
    for action, words in _ACTION.items():
        said = [m for m in one.document.mentions if m.action.value == action]
        if said:
            forms = listed(dict.fromkeys(m.surface for m in said if m.surface)) or "…"
            told.append(tr(words, words=forms, reason=said[0].reason))
    count = len(one.document.dismissed)
    if count:
        told.append(ntr("{n} place is no name", "{n} places are no name", count))
    return "; ".join(told)


def _undone(one: Decided, log: Sequence[Decided], profile: Profile) -> str:
    undone = next((other for other in log if other.row == one.undoes), None)
    if undone is None:
        return ""
    if undone.undoes is not None:
        return tr("brought in again")
    return tr("taken back: {words}", words=told_of(undone, profile))
