"""Voices: who is in the archive and who is missing. A bar filters the list; what is written to a file is masked first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from oralhistory.domain.library import Glance
from oralhistory.domain.query import Query
from oralhistory.domain.voices import THRESHOLD, UNKNOWN, By, Group
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.library.voices import TITLE, Voiced
from oralhistory.ui.look import choosing
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Number, button, clear, column, joined, label, row, scrolling, sentence, stacked
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.voices.bars import Bar, Shown, picture

_COLUMNS = 2
_AROUND = 8 * GRID
"""Pixels that margins, the room between two charts and a scroll bar take."""
_BY_SIZE = (By.REGION, By.TOPIC)
"""Groups without an order of their own: the largest first, on the page alone. In a file the order would tell masked counts."""


class GroupCard(QFrame):
    """The chart of one grouping. `chosen` carries the group's key, or nothing when it was chosen before."""

    chosen = Signal(By, str)
    wanted = Signal(By, str)

    def __init__(self, context: PageContext, by: By) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = Wording()
        self._theme, self._by = context.theme, by
        self._shown: dict[str, Bar] = {}
        self._bars = QVBoxLayout()
        self._bars.setSpacing(2)
        name = f"voices_{by.value}"
        self._table = button(f"{name}_csv", self.says, mark("Save the table …"), role="link")
        self._picture = button(f"{name}_png", self.says, mark("Save the picture …"), role="link")
        self._table.clicked.connect(lambda: self.wanted.emit(by, "csv"))
        self._picture.clicked.connect(lambda: self.wanted.emit(by, "png"))
        files = row(self._table, self._picture)
        files.addStretch(1)
        self._missing = label("soft")
        self._missing.setObjectName(f"{name}_missing")
        layout = column(sentence(self.says, TITLE[by], "large"), self._bars, self._missing, margin=2 * GRID)
        layout.addStretch(1)
        layout.addLayout(files)
        self.setLayout(layout)

    def show_groups(self, voiced: Voiced, chosen: str, beside: Sequence[Shown], exportable: bool) -> None:
        """`beside`: the bars of every card, which all begin at the same place."""
        groups = voiced.by[self._by]
        if self._by in _BY_SIZE:
            groups = sorted(groups, key=lambda one: (one.key == UNKNOWN, -one.voices))
        if [one.key for one in groups] != list(self._shown):
            clear(self._bars)
            self._shown = {}
        most = max((one.voices for one in groups), default=0)
        for one in groups:
            shown = _shown(voiced, self._by, one)
            bar = self._shown.get(shown.key) or self._bar(shown, most)
            bar.tell(shown, most, beside)
            bar.setChecked(shown.key == chosen)
        missing = joined([voiced.names[self._by][key] for key in voiced.missing[self._by]], " · ")  # a topic may hold a comma
        self._missing.setText(tr("None yet: {groups}", groups=missing) if missing else "")
        self._missing.setVisible(bool(missing))
        for wanted in (self._table, self._picture):
            wanted.setEnabled(exportable and bool(groups))

    def _bar(self, shown: Shown, most: int) -> Bar:
        bar = Bar(self._theme, f"voices_{self._by.value}", shown, most)
        bar.clicked.connect(lambda checked: self.chosen.emit(self._by, shown.key if checked else ""))
        self._bars.addWidget(bar)
        self._shown[shown.key] = bar
        return bar


def _shown(voiced: Voiced, by: By, group: Group) -> Shown:
    return Shown(group.key, voiced.names[by][group.key], group.voices, group.publishable)


class VoicesPage(Page):
    """`chosen` carries a group and its key (or nothing) for the list to show."""

    chosen = Signal(By, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("voices")
        self._all: Sequence[Glance] = ()
        self._query = Query()
        self._voiced: Voiced | None = None
        says = self.says
        self._total = label("soft")
        self._total.setObjectName("voices_total")
        self._filtered = QCheckBox()
        self._filtered.setObjectName("voices_filtered")
        says(self._filtered.setText, mark("Only the interviews that the list shows"))
        self._filtered.clicked.connect(self._draw)
        self._threshold = Number("voices_threshold", says, mark("Mask counts under"), THRESHOLD, 1000)
        self._threshold.setFixedWidth(8 * GRID)
        under = label("soft", wrap=False)
        says(under.setText, mark("In files, mask counts under"))
        masking = QWidget()
        masking.setLayout(row(under, self._threshold))
        choices = Flow(self._filtered, masking, spacing=3 * GRID)
        self._cards = {by: GroupCard(context, by) for by in By}
        self._grid = grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        for card in self._cards.values():
            card.chosen.connect(self._choose)
            card.wanted.connect(self._export)
        self._columns = 0
        self._arrange(_COLUMNS)
        inner = stacked(
            column(sentence(says, mark("Whose voices are here, and whose are missing"), "title"), self._total, choices),
            grid,
        )
        self.setLayout(column(scrolling(inner)))
        context.theme.changed.connect(self._draw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two charts beside each other, or one where two would be cut."""
        super().resizeEvent(event)
        widest = max(card.minimumSizeHint().width() for card in self._cards.values())
        self._arrange(_COLUMNS if _COLUMNS * widest + _AROUND <= self.width() else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards.values()):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def show_library(self, glances: Sequence[Glance], query: Query) -> None:
        """What the list holds, and how it is filtered."""
        self._all, self._query = glances, query
        if self.isVisible():
            self._draw()

    def show_interview(self, code: str) -> None:
        self._draw()

    def retranslate(self) -> None:
        super().retranslate()
        for card in self._cards.values():
            card.says.again()
        self._draw()

    def _draw(self) -> None:
        if not self.isVisible() and self._voiced is None and not self._all:
            return
        only = self._filtered.isChecked()
        shown = [one for one in self._all if self._query.matches(one)] if only else list(self._all)
        self._voiced = voiced = self.context.desk.voices.of(shown)
        everyone = voiced.everyone
        self._total.setText(
            ntr("{publishable} of {n} voice may be published: the filled part of each bar.",
                "{publishable} of {n} voices may be published: the filled part of each bar.", everyone.voices,
                publishable=everyone.publishable)
            + (" " + tr("Files are made of the whole archive only.") if only else "")
        )  # fmt: skip
        beside = [_shown(voiced, by, one) for by in self._cards for one in voiced.by[by]]
        for by, card in self._cards.items():
            card.show_groups(voiced, self._query.groups.get(by, ""), beside, exportable=not only)

    def _choose(self, by: By, key: str) -> None:
        self.chosen.emit(by, key)

    def _export(self, by: By, kind: str) -> None:
        """Ask for a file and write the masked table or picture of the whole archive to it."""
        names = {"csv": tr("Table (*.csv)"), "png": tr("Picture (*.png)")}
        suggested = f"{by.value}.{kind}"
        begin = choosing.folder_to_begin_in(self.context.desk.archive.folder)
        to = choosing.file_to_write(self, tr("Write to a file"), suggested, names[kind], begin=begin)
        if to and self._voiced is not None:
            self.write(by, Path(to if to.endswith(f".{kind}") else f"{to}.{kind}"))

    def write(self, by: By, path: Path) -> None:
        """The masked table or picture, as the file's name ends."""
        voices, threshold = self.context.desk.voices, self._threshold.value()
        voiced = voices.to_give_out(self._all)
        drawn = path.suffix == ".png"
        content = self._picture(voiced, by, threshold) if drawn else voices.table(voiced, by, threshold)

        def done(_: object) -> None:
            self.context.notify(tr("Written. Small counts are masked."))

        self.context.jobs.run(lambda: voices.write(by, path, content), done, owner=self)

    def _picture(self, voiced: Voiced, by: By, threshold: int) -> bytes:
        *groups, everyone = voiced.masked(by, threshold)
        shown = [Shown(one.key, voiced.names[by][one.key], one.voices, one.publishable) for one in groups]
        shown.append(Shown("", tr("all voices"), everyone.voices, everyone.publishable))
        notes = [
            tr("How many of the voices may be published"),
            tr("* masked: under {threshold}, or others could be computed from it", threshold=threshold),
        ]
        whole = QByteArray()
        buffer = QBuffer(whole)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture(self.context.theme, tr(TITLE[by]), shown, notes).save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(whole.data())
