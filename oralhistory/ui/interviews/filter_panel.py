"""What the list is narrowed to besides words and state: the narrators' groups, a topic, what consent covers; kept filters."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from oralhistory.domain.query import Query
from oralhistory.domain.topics import Topic
from oralhistory.domain.voices import UNKNOWN, By
from oralhistory.i18n import language, mark, tr
from oralhistory.services.library.fact_words import GENDER, REGION
from oralhistory.services.library.library_words import ROUTE
from oralhistory.ui.look.drawn_once import DropDown
from oralhistory.ui.look.pieces import Choice, button, column, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_PARTS = 4
"""Of so many parts of its height one is always in sight."""
_NOT_KNOWN = (UNKNOWN, mark("not known"))
_DECADES = [(str(decade), str(decade)) for decade in range(1950, 2031, 10)]
_CONSENTS = {
    "record": mark("may be recorded"),
    "transcribe": mark("may be transcribed"),
    "publish": mark("text may be published"),
    "not_record": mark("may not be recorded"),
    "not_transcribe": mark("may not be transcribed"),
    "not_publish": mark("text may not be published"),
}


class FilterPanel(QWidget):
    """`changed` when anything was picked; `kept` and `dropped` carry the name of a filter, `taken` the
    words of one that was chosen."""

    changed = Signal()
    kept = Signal(str)
    dropped = Signal(str)
    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.says = says = Wording()
        self._filters: Mapping[str, Query] = {}
        self._topics: Sequence[Topic] = ()
        choices = {
            By.ROUTE: (mark("Way"), mark("every way"), [*ROUTE.items()]),
            By.REGION: (mark("Province of origin"), mark("every province"), [*REGION.items(), _NOT_KNOWN]),
            By.GENDER: (mark("Gender"), mark("every gender"), [*GENDER.items(), _NOT_KNOWN]),
            By.DECADE: (mark("Decade of leaving"), mark("every decade of leaving"), [*_DECADES, _NOT_KNOWN]),
            By.TOPIC: (mark("Topic"), mark("every topic"), [(UNKNOWN, mark("no topic yet"))]),
        }
        self._groups = {
            by: Choice(f"interviews_{by.value}", says, name, [("", every), *values])
            for by, (name, every, values) in choices.items()
        }
        self._consent = Choice("interviews_consent", says, mark("Consent"), [("", mark("any consent")), *_CONSENTS.items()])
        self._kept = DropDown()
        self._kept.setObjectName("interviews_kept_filters")
        says(self._kept.setAccessibleName, mark("Kept filters"))
        self._name = line_edit("interviews_filter_name", says, mark("Name for this filter"))
        says(self._name.setPlaceholderText, mark("Name for this filter"))
        keep, drop = button("interviews_filter_keep", says, mark("Keep")), button("interviews_filter_drop", says, mark("Drop"))
        for choice in (*self._groups.values(), self._consent):
            choice.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.picked.connect(self.changed)
        self._kept.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kept.activated.connect(lambda _at: self._take())
        keep.clicked.connect(lambda: self.kept.emit(self._name.text()))
        drop.clicked.connect(lambda: self.dropped.emit(str(self._kept.currentData() or "")))
        known = row(self._kept, drop)
        known.setStretch(0, 1)
        self.setProperty("role", "ground")
        self.setLayout(column(*self._groups.values(), self._consent, row(self._name, keep), known, spacing=GRID // 2))
        self.show_filters({})

    def query(self, words: str) -> Query:
        groups = {by: choice.value for by, choice in self._groups.items() if choice.value}
        return Query(words, groups, self._consent.value)

    def show_query(self, query: Query) -> None:
        for by, choice in self._groups.items():
            choice.pick(query.groups.get(by, ""))
        self._consent.pick(query.consent)

    def pick(self, by: By, key: str) -> None:
        """Narrow to one group, or to none of this kind."""
        self._groups[by].pick(key)
        self.changed.emit()

    def show_topics(self, topics: Sequence[Topic]) -> None:
        self._topics = topics
        choice, chosen = self._groups[By.TOPIC], self._groups[By.TOPIC].value
        while choice.count() > 2:
            choice.removeItem(2)
        for one in topics:
            choice.addItem(one.name(language()), one.code)
        choice.pick(chosen)

    def show_filters(self, filters: Mapping[str, Query]) -> None:
        self._filters = filters
        self._kept.clear()
        self._kept.addItem(tr("kept filters") if filters else tr("no filter kept"), "")
        for name in filters:
            self._kept.addItem(name, name)

    def retranslate(self) -> None:
        self.says.again()
        self.show_topics(self._topics)
        self._kept.setItemText(0, tr("kept filters") if self._filters else tr("no filter kept"))

    def _take(self) -> None:
        chosen = self._filters.get(str(self._kept.currentData() or ""))
        if chosen is not None:
            self.show_query(chosen)
            self.taken.emit(chosen.words)


class FilterArea(QScrollArea):
    """As high as the filters are, and less where the list below would have no room: then one scrolls to the others."""

    def __init__(self, panel: FilterPanel) -> None:
        super().__init__()
        self._panel = panel
        self._wanted = QSize()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wanted = self._panel.sizeHint()
        if wanted != self._wanted:  # their letters are higher than before; Qt tells nobody of it
            self._wanted = wanted
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._panel.minimumSizeHint().width(), self._panel.sizeHint().height() // _PARTS)
