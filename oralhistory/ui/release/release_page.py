"""Step 4: what leaves the building. Names are decided one by one, and the door opens when nothing stands against it any more."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QSplitter, QTabWidget

from oralhistory.domain.consent import Allowed, Context, Operation, Reason, Refused
from oralhistory.domain.ports import ExportRecord
from oralhistory.domain.redaction import Decisions
from oralhistory.errors import NotAllowed, OralHistoryError
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services import refusal
from oralhistory.services.opened import Notice
from oralhistory.services.redacting import Redacting, Redaction
from oralhistory.services.releasing import Order, Outlook
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.look.pieces import button, column, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.words import FORM, IDENTITY
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.release.decision_list import DecisionList
from oralhistory.ui.release.entity_list import EntityList
from oralhistory.ui.release.order_form import OrderForm
from oralhistory.ui.release.release_cards import Card, beside_each_other, cards
from oralhistory.ui.release.result_view import ResultView

_MATTERS = {"text", "draft", "consent", "review", "decisions", "recording"}


def _gathered(redacting: Redacting, code: str, state: Redaction) -> list[Card]:
    """What is open as cards, each beside what it resembles and what other interviews know of it."""
    made = cards(state, redacting.suggest)
    forms = [one.text for one in made] + [form for one in state.decisions.entities for form in one.variants]
    return beside_each_other(made, redacting.alike(forms), [one.entity.variants for one in redacting.book(code)])


class ReleasePage(Page):
    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._code = ""
        self._asked = 0
        self._exporting = False
        self._queue = InOrder(context.jobs, self)
        self.choose_file: Callable[[str], str] = self._choose_file
        """Asks where to: (format) -> path, empty when nobody says."""
        self._order = OrderForm(self.says, context.desk.releasing.formats)
        self._says_consent = label()
        self._says_consent.setObjectName("release_consent")
        self._consent = QFrame()
        self._consent.setLayout(column(self._says_consent, margin=GRID))
        self._cards = DecisionList()
        self._entities = EntityList(self.says)
        self._result = ResultView(self.says, context.theme)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("release_tabs")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        for part in (self._cards, self._entities):
            self._tabs.addTab(part, "")
        self._told = label("large")
        self._told.setObjectName("release_open")
        self._report = label()
        self._report.setObjectName("release_report")
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._report_frame = QFrame()
        self._report_frame.setLayout(column(self._report, margin=2 * GRID))
        self._report_frame.hide()
        self._export = button("release_export", self.says, mark("Export …"), role="primary",
                              icon=lambda one: context.theme.dress(one, "export", "on_accent"))  # fmt: skip
        self._lay_out()
        self._order.changed.connect(self._refresh)
        self._cards.decided.connect(self._decide)
        self._entities.decided.connect(self._decide)
        self._export.clicked.connect(self._choose_and_export)

    def _lay_out(self) -> None:
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self._tabs)
        both.addWidget(self._result)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        foot = QFrame()
        foot.setProperty("role", "foot")
        inside = row(margin=2 * GRID)
        inside.addWidget(self._told, 1)
        inside.addWidget(self._export)
        foot.setLayout(inside)
        consent = column(self._consent, self._report_frame, margin=GRID)
        layout = column(self._order, spacing=0)
        layout.addLayout(consent)
        layout.addWidget(both, 1)
        layout.addWidget(foot)
        self.setLayout(layout)

    # --- what the window asks ---------------------------------------------------------------------------------------

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self._order.begin()
            self._report_frame.hide()
            self._result.clear()
            self._cards.show_cards((), ())
            self._entities.show_entities(())
            self._export.setEnabled(False)
            self._told.setText(tr("Looking for names and places …"))
        self._refresh()

    def leave(self) -> None:
        self._result.clear()  # the text is not kept on the screen's memory longer than it is looked at

    def end(self) -> None:
        self._queue.finish()
        self.leave()

    def retranslate(self) -> None:
        super().retranslate()
        if self._code and self.isVisible():
            self._refresh()

    def changed(self, notice: Notice) -> None:
        if notice.code == self._code and notice.what in _MATTERS and self.isVisible():
            self._refresh()

    # --- looking ----------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Ask what stands against it now. Only the latest question's answer is shown."""
        self._asked += 1
        number, code, order, desk = self._asked, self._code, self._order.order(), self.context.desk
        if not code:
            return

        def work() -> tuple[Outlook, list[Card], Allowed | Refused]:
            outlook = desk.releasing.outlook(code, order)
            answer = desk.consenting.why(code, Operation.EXPORT_TEXT, Context(order.purpose, order.recipient))
            return outlook, _gathered(desk.redacting, code, outlook.state), answer

        self.context.jobs.run(
            work, lambda found: self._show(order, *found) if number == self._asked else None, owner=self
        )

    def _show(self, order: Order, outlook: Outlook, open_cards: list[Card], answer: Allowed | Refused) -> None:
        entities = outlook.state.decisions.entities
        self._cards.show_cards(open_cards, entities)
        self._entities.show_entities(entities)
        self._tabs.setTabText(0, tr("To decide ({n})", n=len(open_cards)))
        self._tabs.setTabText(1, tr("Decided ({n})", n=len(entities)))
        self._result.show_result(outlook.state, outlook.rendered)
        against = [one for one in outlook.reasons if one.field != "decisions"]
        self._show_consent(against, answer)
        if not outlook.state.whole:
            self.context.notify(
                tr("The Korean words could not be analysed: nouns are not swept, and fewer names are proposed than could be.")
            )
        self._show_open(order, against, len(outlook.state.open))
        ready = not outlook.reasons and bool(order.recipient) and not self._exporting
        self._export.setEnabled(ready)

    def _show_consent(self, against: list[Reason], answer: Allowed | Refused) -> None:
        restyle(self._consent, "note_caution" if against else "note_good")
        if against:
            lines = [tr("This export is not allowed yet:"), *(f"– {refusal.sentence(one)}" for one in against)]
            self._says_consent.setText("\n".join(lines))
        elif isinstance(answer, Allowed):
            given = answer.permission
            self._says_consent.setText(
                tr(
                    "The narrator allowed {purpose}: {form}, {identity}.",
                    purpose=tr(refusal.PURPOSES[given.purpose.value]),
                    form=tr(FORM[given.form.value]),
                    identity=tr(IDENTITY[given.identity.value]),
                )
            )
        else:
            self._says_consent.setText(tr("The narrator allowed it, and has answered about the text."))

    def _show_open(self, order: Order, against: list[Reason], open_now: int) -> None:
        if open_now:
            told = ntr("{n} decision is open.", "{n} decisions are open.", open_now)
        elif against:
            told = tr("No decision is open; the reasons above still stand against it.")
        elif not order.recipient:
            told = tr("Say who receives it.")
        else:
            told = tr("Nothing stands against it.")
        self._told.setText(told)

    # --- deciding ---------------------------------------------------------------------------------------------------

    def _decide(self, decisions: Decisions) -> None:
        code, desk = self._code, self.context.desk
        self._queue.add(lambda: desk.redacting.add(code, decisions), self._stored, lambda _error: self._refresh())

    def _stored(self, _decisions: Decisions) -> None:
        if not self.isVisible():
            self._refresh()  # where the page is seen, the notice of the change does it

    # --- leaving ----------------------------------------------------------------------------------------------------

    def _choose_and_export(self) -> None:
        order = self._order.order()
        chosen = self.choose_file(order.format)
        if chosen:
            path = Path(chosen)
            self._give_out(order, path if path.suffix else path.with_suffix(f".{order.format}"))

    def _give_out(self, order: Order, to: Path) -> None:
        code, desk = self._code, self.context.desk
        self._exporting = True
        self._export.setEnabled(False)
        self._report_frame.hide()
        self.context.notify(tr("The file is written and searched for names …"))
        self.context.jobs.run(
            lambda: desk.releasing.export(code, order, to), self._given_out, self._refused, owner=self
        )

    def _given_out(self, record: ExportRecord) -> None:
        self._exporting = False
        self.context.notify("")
        lines = [
            tr("Exported for {recipient}. The finished file was searched: no known name is in it but those that you kept.",
               recipient=record.recipient),
            tr("Its fingerprint (SHA-256): {hash}", hash=record.sha256),
            tr("It stands in the history of this interview."),
        ]  # fmt: skip
        self._tell("note_good", lines)
        self._refresh()

    def _refused(self, error: Exception) -> None:
        self._exporting = False
        self.context.notify("")
        if isinstance(error, NotAllowed):
            reasons = [f"– {refusal.sentence(one)}" for one in error.reasons]
            self._tell("note_caution", [error.happened, *reasons, error.safe, error.todo])
        elif isinstance(error, OralHistoryError):
            self._tell("note_caution", [error.happened, error.safe, error.todo])
        self._refresh()

    def _tell(self, role: str, lines: list[str]) -> None:
        restyle(self._report_frame, role)
        self._report.setText("\n".join(line for line in lines if line))
        self._report_frame.show()

    def _choose_file(self, format_: str) -> str:
        """The offered name says nothing of whose story it is."""
        return QFileDialog.getSaveFileName(
            self, tr("Export to"), f"export.{format_}", f"*.{format_}",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )[0]  # fmt: skip
