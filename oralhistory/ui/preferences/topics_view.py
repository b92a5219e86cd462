"""The organisation's list of topics: names in three languages, the order in which they are offered, and which still are."""

from PySide6.QtWidgets import QFrame

from oralhistory.domain.topics import LANGUAGES, Topic, code_of
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import boxed, button, column, field, line_edit, sentence
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import PageContext


class TopicsView(QFrame):
    """Whoever chooses a topic changes it; with none chosen, what is typed is a new one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._topics: list[Topic] = []
        self._suggested = ""
        self.says = says = Wording()
        self._table = Table("settings_topics", says, mark("Topics"), [
            mark("Code"), mark("Offered"), *(LANGUAGE[one] for one in LANGUAGES),
        ], wraps=True)  # fmt: skip
        self._code = line_edit("settings_topic_code", says, mark("Code, in small letters"))
        self._names = {one: line_edit(f"settings_topic_{one}", says, LANGUAGE[one]) for one in LANGUAGES}
        self._names["en"].textEdited.connect(self._suggest_code)
        self._keep = button("settings_topic_keep", says, mark("Add"))
        self._other = button("settings_topic_new", says, mark("A new one instead"))
        self._up = button("settings_topic_up", says, mark("Further up"))
        self._down = button("settings_topic_down", says, mark("Further down"))
        self._retire = button("settings_topic_retire", says, mark("Offer it no longer"))
        self._table.itemSelectionChanged.connect(self._take_in_hand)
        for line in (self._code, *self._names.values()):
            line.textChanged.connect(self._enable)
            line.returnPressed.connect(self._keep.click)
        self._keep.clicked.connect(self._keep_names)
        self._other.clicked.connect(self._table.clearSelection)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._retire.clicked.connect(self._turn)
        self._lay_out(says)
        self._enable()

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.topics.all, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._show(self._topics)

    def _show(self, topics: list[Topic]) -> None:
        """The one in hand stays in hand, wherever it stands now."""
        chosen = self._chosen()
        self._topics = topics
        self._table.blockSignals(True)
        self._table.fill([
            (one.code, tr("yes") if one.active else tr("no longer"), *(one.names.get(language, "") for language in LANGUAGES))
            for one in topics
        ])  # fmt: skip
        self._table.clearSelection()
        if chosen is not None and chosen.code in (codes := [one.code for one in topics]):
            self._table.choose(codes.index(chosen.code))
        self._table.blockSignals(False)
        self._enable()

    def _chosen(self) -> Topic | None:
        at = self._table.chosen
        return self._topics[at] if 0 <= at < len(self._topics) else None

    def _suggest_code(self, name: str) -> None:
        """A new topic's code follows its English name until somebody writes another one."""
        if self._chosen() is None and self._code.text() == self._suggested:
            self._suggested = code_of(name)
            self._code.setText(self._suggested)

    def _take_in_hand(self) -> None:
        chosen, self._suggested = self._chosen(), ""
        self._code.setText(chosen.code if chosen else "")
        for language, line in self._names.items():
            line.setText(chosen.names.get(language, "") if chosen else "")
        self._enable()

    def _enable(self) -> None:
        chosen, at = self._chosen(), self._at()
        self._code.setReadOnly(chosen is not None)
        self._keep.setText(tr("Keep the names") if chosen else tr("Add"))
        self._keep.setEnabled(bool(self._code.text().strip()) and any(one.text().strip() for one in self._names.values()))
        for one in (self._other, self._retire):
            one.setEnabled(chosen is not None)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < len(self._topics) - 1)
        self._retire.setText(tr("Offer it again") if chosen and not chosen.active else tr("Offer it no longer"))
        for one in (self._keep, self._retire):
            one.setAccessibleName(one.text())

    def _at(self) -> int:
        chosen = self._chosen()
        return self._topics.index(chosen) if chosen else -1

    def _keep_names(self) -> None:
        names = {language: line.text() for language, line in self._names.items()}
        chosen = self._chosen()
        code, active = self._code.text().strip(), chosen.active if chosen else True
        put = self._context.desk.topics.put
        self._context.jobs.run(lambda: put(code, names, active=active), self._kept, owner=self)

    def _kept(self, topic: Topic) -> None:
        if self._chosen() is None:
            self._suggested = ""
            self._code.clear()
            for line in self._names.values():
                line.clear()
        self._context.notify(tr("The topic {code} is in the list.", code=topic.code))
        self.refresh()

    def _turn(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            put, code, active = self._context.desk.topics.put, chosen.code, not chosen.active
            self._context.jobs.run(lambda: put(code, {}, active=active), lambda _: self.refresh(), owner=self)

    def _move(self, by: int) -> None:
        codes, at = [one.code for one in self._topics], self._at()
        if at >= 0:
            codes.insert(at + by, codes.pop(at))
            arrange = self._context.desk.topics.arrange
            self._context.jobs.run(lambda: arrange(codes), lambda _: self.refresh(), owner=self)

    def _lay_out(self, says: Wording) -> None:
        named = (field(says, LANGUAGE[one], line) for one, line in self._names.items())
        names = Wrapping([boxed(one) for one in (field(says, mark("Code, in small letters"), self._code), *named)])
        buttons = Flow(self._keep, self._other, self._up, self._down, self._retire)
        self.setLayout(column(
            sentence(says, mark("Topics"), "large"),
            sentence(says, mark("What interviews are described by, in the order in which it is offered. A topic that is offered "
                                "no longer stays where it was assigned."), "soft"),
            self._table, names, buttons, margin=2 * GRID,
        ))  # fmt: skip
