"""Step 4: what leaves the building. Names are decided one by one, and the door opens when nothing stands against it any more."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget

from oralhistory.domain.redaction import Decisions
from oralhistory.errors import Cancelled
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.services.release.cards import Card
from oralhistory.services.release.redacting import Redacting
from oralhistory.services.release.release_state import ReleaseState, release_state
from oralhistory.services.release.releasing import Order
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.look.pieces import column
from oralhistory.ui.look.stack import Stack
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.release.aids import Aids, Answer
from oralhistory.ui.release.consent_note import ConsentNote
from oralhistory.ui.release.decision_list import DecisionList
from oralhistory.ui.release.finding_view import FindingView
from oralhistory.ui.release.give_out import GiveOut
from oralhistory.ui.release.known_view import KnownView
from oralhistory.ui.release.log_view import LogView
from oralhistory.ui.release.marked_words import Kept, MarkedWords
from oralhistory.ui.release.order_form import OrderForm
from oralhistory.ui.release.reading_view import ReadingView
from oralhistory.ui.release.result_view import ResultView
from oralhistory.ui.release.searching import Searching
from oralhistory.ui.release.second_view import SecondView
from oralhistory.ui.release.sounding import Sounding
from oralhistory.ui.release.stages import StageBar
from oralhistory.ui.release.taking_back import TakingBack
from oralhistory.ui.release.way_out import WayOut

_MATTERS = {
    Changed.TEXT, Changed.DRAFT, Changed.CONSENT, Changed.REVIEW, Changed.DECISIONS, Changed.RECORDING, Changed.LEAKS,
    Changed.INTERVIEW,
}  # fmt: skip
_ROOMY_LINES = 36
"""The height of a page that may take room for what is only good to know, in heights of a line."""


class ReleasePage(Page):
    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._code = ""
        self._asked = 0
        self._state: ReleaseState | None = None
        self._marked = MarkedWords(context.desk)
        self._orders: dict[str, Order] = {}
        self._queue = InOrder(context.jobs, self)
        self._sounding = Sounding(context, self)
        aids = Aids(self._sounding.hear, self._name)
        self._order = OrderForm(
            self.says, context.theme, context.desk.releasing.formats, context.desk.releasing.summary_formats
        )
        self._consent = ConsentNote(self.says)
        self._known, self._cards = KnownView(self.says, aids), DecisionList(aids)
        self._reading, self._log = ReadingView(self.says), LogView(self.says, aids)
        self._second, self._found = SecondView(self.says), FindingView(self.says)
        self._result = ResultView(self.says, context.theme)
        self._searching = Searching(context, self.says)
        stack = Stack()
        self._stages = StageBar(stack, {
            "known": self._known, "decide": self._cards, "read": self._reading, "decided": self._log,
            "second": self._second, "found": self._found,
        }, self)  # fmt: skip
        self.way_out = WayOut(context)
        self._foot = GiveOut(self.says, context.theme)
        self._taking_back = TakingBack(
            context.desk.redacting.began, context.notify,
            (self._cards.close_form, self._known.close_form, self._log.entities.close_form),
        )  # fmt: skip
        self._lay_out(stack)
        self._connect(context.desk.redacting)

    def _lay_out(self, stack: QStackedWidget) -> None:
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(stack)
        both.addWidget(self._result)
        both.setSizes([1_000, 1_000])
        both.setChildrenCollapsible(False)
        layout = column(self._order, spacing=0)
        self._told = column(self._consent, self.way_out)
        layout.addLayout(self._told)
        layout.addWidget(self._stages)
        layout.addWidget(self._searching)
        layout.addWidget(both, 1)
        layout.addWidget(self._foot)
        self.setLayout(layout)
        self._make_room()

    def _connect(self, redacting: Redacting) -> None:
        self._order.changed.connect(self._refresh)
        self._searching.again_wanted.connect(self._search)
        self._consent.elsewhere.connect(self._go_elsewhere)
        self._cards.decided.connect(self._decide)
        for part in (self._known, self._log.entities):
            part.decided.connect(self._decide)
        self._cards.ended.connect(lambda: self._stages.turn("read"))
        self._stages.turned.connect(self._take_keyboard)
        self._reading.chosen.connect(self._result.go_to)
        self._result.marked.connect(self._mark)
        self._log.report_wanted.connect(self.way_out.write_report)
        self._second.attested.connect(self._attest)
        self._found.explained.connect(self._explain)
        self._found.wanted.connect(self._decide_on)
        self._foot.back_wanted.connect(self._take_back)
        self._foot.again_wanted.connect(lambda: self._do(redacting.bring_back))
        self._foot.export_wanted.connect(self._export)
        self.way_out.ended.connect(self._exported)
        self.way_out.leaked.connect(self._show_leaks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def _make_room(self) -> None:
        """Where there is little height it is the text's that leaves, and of the names to decide on."""
        low = self.height() < _ROOMY_LINES * self.fontMetrics().height()
        self._told.setContentsMargins(2 * GRID, GRID // 2 if low else GRID, 2 * GRID, GRID // 2 if low else GRID)
        self._order.keep_low(low)
        self._consent.keep_short(low)

    # --- what the window asks ---------------------------------------------------------------------------------------

    def show_interview(self, code: str) -> None:
        if code != self._code:
            if self._code:
                self._orders[self._code] = self._order.order()
            self._code, self._state = code, None
            self._order.resume(self._orders[code]) if code in self._orders else self._order.begin()
            self._sounding.begin(code)
            self.way_out.begin(code)
            self._taking_back.begin()
            self._result.clear()
            self._cards.clear()
            self._known.clear()
            self._reading.show_passages((), ())
            self._log.clear()
            self._found.show_last(())
            self._found.show_findings(())
            self._stages.turn("decide")
            self._search()
        else:
            self._refresh()

    def leave(self) -> None:
        self._sounding.end()
        self._result.clear()  # the text is not kept on the screen's memory longer than it is looked at

    def end(self) -> None:
        self._queue.finish()
        self.leave()
        self._marked.keep()

    def retranslate(self) -> None:
        super().retranslate()
        self._known.retranslate()
        self.way_out.retranslate()
        if self._code and self.isVisible():
            self._refresh()

    def changed(self, notice: Notice) -> None:
        if notice.what is Changed.DESTROYED:
            self._marked.forget(notice.code)
        if notice.code == self._code and notice.what in _MATTERS and self.isVisible():
            self._refresh()

    # --- looking ----------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        """Look at the interview for the first time, or go on with what was stopped."""
        self._foot.wait()
        self._searching.begin()
        self._refresh()

    def _refresh(self) -> None:
        """Ask what stands against it now. Only the latest question's answer is shown."""
        self._asked += 1
        number, code, order, desk, words = self._asked, self._code, self._order.order(), self.context.desk, self._marked
        if not code:
            return

        stopped, progress = self._searching.search.cancelled, self._searching.progress()

        def work() -> tuple[Kept | None, ReleaseState]:
            desk.redacting.prepare(code, order.content, progress, stopped)
            return words.kept(code), release_state(desk, code, order)

        def found(answer: tuple[Kept | None, ReleaseState]) -> None:
            if number == self._asked:
                self._searching.end()
                words.take_up(code, answer[0])
                self._show(order, answer[1])

        def failed(error: Exception) -> None:
            stopped, latest = isinstance(error, Cancelled), number == self._asked
            if stopped and latest:
                self._searching.stop()
                self._foot.wait_for_search()
            elif latest:
                self._searching.end()
            if not stopped:
                self.context.jobs.tell(error)

        self.context.jobs.run(work, found, failed, owner=self)

    def _show(self, order: Order, state: ReleaseState) -> None:
        first = self._state is None
        self._state = state
        redaction, entities = state.outlook.state, state.outlook.state.decisions.entities
        against = [one for one in state.outlook.reasons if one.field != "decisions"]
        self._order.offer_recipients(state.recipients)
        self._consent.show_state(state, against, order)
        if against:
            self.way_out.no_longer()
        self._known.show_known(entities, state.offered, state.language)
        self._marked.look_again(self._code, redaction)
        waiting = self._marked.of(self._code)
        cards = [*waiting, *state.cards]
        self._cards.show_cards(cards, entities)
        self._reading.show_passages(state.combinations, state.outlook.rendered)
        self._log.show_decided(entities, state.log, order.profile)
        ready = not redaction.open and not waiting
        self._second.show_state(state.reading, order.profile, self.context.desk.archive.actor, state.deciders, ready=ready)
        self._found.show_findings(state.findings)
        self._result.show_result(redaction, state.outlook.rendered, state.language)
        self._stages.count({
            "known": len(state.offered), "decide": len(cards), "read": len(state.combinations),
            "decided": len(entities), "second": int(state.reading.needed and not state.reading.done), "found": state.unexplained,
        })  # fmt: skip
        if not redaction.whole:
            self.context.notify(
                tr("The Korean words could not be analysed: nouns are not swept, and fewer names are proposed than could be.")
            )
        self._foot.show_state(state, against, order, marked=len(waiting), exporting=self.way_out.busy)
        if first:
            self._take_keyboard(self._stages.shown)

    def _take_keyboard(self, stage: str) -> None:
        """Whoever goes to a stage goes on there with the keys."""
        takes = {
            "known": self._known.take_keyboard, "decide": self._cards.take_keyboard, "read": self._reading.take_keyboard,
        }  # fmt: skip
        if stage in takes and self.isVisible():
            takes[stage]()

    def _go_elsewhere(self, where: str) -> None:
        if where == "second":
            self._stages.turn(where)
        else:
            self.context.open_step(where)

    # --- deciding ---------------------------------------------------------------------------------------------------

    def _decide(self, decisions: object, card: Card | None = None) -> None:
        """Store the answer to `card`, or what was decided without one. Marked words that were not answered go on waiting."""
        desk, waiting = self.context.desk, self._marked.of(self._code)
        self._taking_back.begin()
        answered = [one for one in waiting if one == card]
        for one in answered:
            waiting.remove(one)
        if decisions == Decisions() and self._state is not None:  # a mark was taken back, and nothing decided
            return self._show(self._order.order(), self._state)
        return self._do(
            lambda code: desk.redacting.add(code, decisions),  # type: ignore[arg-type]
            lambda: waiting.extend(answered),
        )

    def _take_back(self) -> None:
        if self._state is None or self._foot.held:
            return
        redacting, log, profile = self.context.desk.redacting, self._state.log, self._order.order().profile
        line = self._taking_back.wanted(log, profile)
        if line is not None:
            row = line.row
            self._foot.hold()
            self._do(lambda code: redacting.take_back(code, row), done=lambda: self._taking_back.tell(line, log, profile))

    def _do(
        self, work: Callable[[str], Any], undo: Callable[[], None] = lambda: None, done: Callable[[], None] = lambda: None
    ) -> None:
        """Store something; where the page is seen, the notice of the change shows it. `undo` is called if it was refused."""
        code = self._code

        def stored(_what: object) -> None:
            done()
            if not self.isVisible():
                self._refresh()

        def refused(_error: Exception) -> None:
            undo()
            self._cards.reopen()
            self._refresh()

        self._queue.add(lambda: work(code), stored, refused)

    def _name(self, language: str, answer: Answer) -> None:
        code, redacting = self._code, self.context.desk.redacting
        self.context.jobs.run(lambda: redacting.pseudonym(code, language), answer, owner=self)

    def _mark(self, segment: str, start: int, end: int) -> None:
        if self._state is not None:
            self._marked.add(self._code, self._state.outlook.state, segment, start, end)
            self._show(self._order.order(), self._state)
            self._stages.turn("decide")
            self._cards.take_keyboard()

    def _decide_on(self, text: str) -> None:
        """Words of a finding are decided like any other that somebody knows of."""
        self._stages.turn("known")
        self._known.suggest(text)

    def _export(self) -> None:
        """What the file says itself is in the language of the transcript: who reads that is to understand it."""
        self._foot.shut()
        self.way_out.give_out(replace(self._order.order(), language=self._state.language if self._state else ""))

    def _exported(self) -> None:
        if self._foot.keyboard_waits:
            self.way_out.take_keyboard()
        self._refresh()

    def _show_leaks(self, findings: object) -> None:
        """Those of the file that was refused just now; none when one has left."""
        self._found.show_last(findings)  # type: ignore[arg-type]
        if findings:
            self._stages.turn("found")

    def _attest(self, digest: str) -> None:
        desk, order = self.context.desk, self._order.order()
        self._do(lambda code: desk.second_reading.attest(code, order.profile, digest, order.content, order.masked))

    def _explain(self, mark: str, reason: str) -> None:
        desk = self.context.desk
        self._do(lambda code: desk.leak_checking.explain(code, [(mark, reason)]))
