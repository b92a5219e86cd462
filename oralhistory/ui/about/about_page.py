"""What is known of the interview in hand: of it, of who speaks, what it tells of, who took part, and its one timeline."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from oralhistory.domain.events import Event
from oralhistory.domain.facts import About, Fact, written
from oralhistory.domain.meeting import Meeting
from oralhistory.domain.roles import Part, Participant
from oralhistory.domain.staff import Member
from oralhistory.domain.timecode import clock
from oralhistory.domain.timeline import Kind, Moment
from oralhistory.domain.topics import Topic, TopicMention
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import language, mark, tr
from oralhistory.services.archive.opened import Notice
from oralhistory.services.library.describing import Description, Person
from oralhistory.services.library.fact_words import EVENT_TYPE, FIELD
from oralhistory.services.library.fact_words import told as fact_told
from oralhistory.services.library.library_words import ROUTE
from oralhistory.ui.about.cast_card import CastCard, SessionCard
from oralhistory.ui.about.event_card import EventCard
from oralhistory.ui.about.fact_form import FactForm
from oralhistory.ui.about.language_uses import told_uses
from oralhistory.ui.about.topic_card import TopicCard
from oralhistory.ui.look.pieces import (
    button,
    card,
    clear,
    column,
    joined,
    label,
    row,
    scrolling,
    sentence,
    stacked,
    told,
)
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import Page, PageContext
from oralhistory.zones import local_day

_WIDTH = 112 * GRID
_KINDS = {
    Kind.RECORDING: mark("recording, part"),
    Kind.MARK: mark("mark"),
    Kind.CLOSED: mark("sealed by consent"),
    Kind.EVENT: mark("told of"),
    Kind.TOPIC: mark("topic"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the page shows, read beside the window's thread."""

    description: Description
    title: str
    topics: list[Topic]
    told: list[TopicMention]
    events: list[Event]
    parts: list[Participant]
    staff: list[Member]
    sessions: list[Meeting]
    moments: list[Moment]

    def may_take_part(self) -> dict[str, str]:
        """What the narrators and whoever is with the organisation are called, by code."""
        narrators = {one.narrator.code: one.narrator.pseudonym for one in self.description.people}
        return narrators | {one.code: one.name for one in self.staff if one.active}


class PersonCard(QFrame):
    """One narrator: code, pseudonym, way, and the fields of a person with what was stated before."""

    def __init__(self, person: Person, statements: list[Fact], stated: Callable[[str, str, str], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = Wording()
        self.code = person.narrator.code
        self.form = FactForm(f"about_{self.code}", self.says, About.PERSON)
        self.form.stated.connect(lambda field, text: stated(self.code, field, text))
        self._head, self._earlier = label("large"), label("small")
        self.setLayout(column(self._head, self.form, self._earlier, margin=2 * GRID))
        self.show_person(person, statements, anew=True)

    def show_person(self, person: Person, statements: list[Fact], *, anew: bool = False) -> None:
        one = person.narrator
        self._head.setText(joined([one.code, one.pseudonym, told(ROUTE, one.route.value)]))
        self.form.fill(person.facts, anew=anew)
        _show_earlier(self._earlier, [fact for fact in statements if fact.subject == one.id])


class AboutPage(Page):
    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("about")
        self._code = ""
        self._known: Known | None = None
        says = self.says
        self._title, self._earlier = label("title"), label("small")
        self._form = FactForm("about", says, About.INTERVIEW)
        self._form.stated.connect(self._state)
        self._people: list[PersonCard] = []
        self._people_below = QVBoxLayout()
        self._people_below.setSpacing(2 * GRID)
        self._further = button("about_further", says, mark("A further narrator"))
        self._further.clicked.connect(self._add_narrator)
        self._topics, self._events, self._cast, self._sessions = TopicCard(), EventCard(), CastCard(), SessionCard()
        self._topics.chosen.connect(self._choose_topic)
        self._topics.told_in.connect(self._tell_in)
        self._topics.not_told_in.connect(self._tell_no_more)
        self._events.noted.connect(self._note)
        self._cast.cast.connect(self._give)
        self._cast.uncast.connect(self._take_off)
        self._sessions.held.connect(self._hold)
        self._timeline = Table("about_timeline", says, mark("Timeline"), [
            mark("At"), mark("Ends at"), mark("What"), mark("Which"), mark("In the part"),
        ], wraps=True)  # fmt: skip
        self._nothing = sentence(says, mark("Nothing was recorded, marked or told of at a time yet."), "soft")
        further = row(self._further)
        further.addStretch(1)
        inner = stacked(
            card(self._title, sentence(says, mark("Write no names here. Changes are saved when you leave a field; earlier "
                                                  "entries are kept."), "soft"), self._form, self._earlier),
            self._people_below, further, self._topics, self._events, self._cast, self._sessions,
            card(sentence(says, mark("Timeline"), "large"), self._nothing, self._timeline),
        )  # fmt: skip
        inner.setMaximumWidth(_WIDTH)
        self.setLayout(column(scrolling(inner)))
        self._desk = context.desk

    def show_interview(self, code: str) -> None:
        anew = code != self._code
        self._code = code
        if code:
            self.context.jobs.run(lambda: self._read(code), lambda known: self._show(known, anew=anew), owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        cards = (self._topics, self._events, self._cast, self._sessions)
        for says in (*(one.says for one in cards), *(one.says for one in self._people)):
            says.again()
        if self._known is not None:
            self._show(self._known, anew=False)

    def changed(self, notice: Notice) -> None:
        if self.isVisible() and notice.code in (self._code, ""):
            self.show_interview(self._code)

    def leave(self) -> None:
        """State what was typed and whose field was not left; what cannot be kept stays in its field and is told."""
        describing, code = self._desk.describing, self._code
        forms: list[tuple[FactForm, Callable[[str, str], None]]] = [(self._form, partial(describing.state, code))]
        forms += [(one.form, partial(describing.state_of_person, one.code)) for one in self._people]
        for form, state in forms if self._known is not None else ():
            for field, text in form.changed():
                try:
                    state(field, text)
                except OralHistoryError as error:
                    self.context.jobs.tell(error)

    def _read(self, code: str) -> Known:
        desk = self._desk
        return Known(
            desk.describing.of(code), desk.topics.title(code), desk.topics.all(), desk.topics.told(code),
            desk.telling.events(code), desk.casting.parts(code), desk.staffing.members(), desk.casting.sessions(code),
            desk.describing.timeline(code),
        )  # fmt: skip

    def _show(self, known: Known, *, anew: bool) -> None:
        if known.description.interview.code != self._code:
            return  # the answer to an earlier question
        self._known = known
        for one in (self._topics, self._events, self._cast, self._sessions) if anew else ():
            one.clear()  # what was typed for another interview is not to be kept in this one
        statements = list(known.description.statements)
        self._title.setText(known.title)
        self._form.fill(known.description.facts, anew=anew)
        _show_earlier(self._earlier, [one for one in statements if not one.subject])
        if [one.code for one in self._people] != [one.narrator.code for one in known.description.people]:
            clear(self._people_below)
            self._people = [PersonCard(one, statements, self._state_of) for one in known.description.people]
            for made in self._people:
                self._people_below.addWidget(made)
        for shown, person in zip(self._people, known.description.people, strict=True):
            shown.show_person(person, statements, anew=anew)
        self._topics.show_topics(known.topics, known.told)
        self._events.show_events(known.events)
        self._cast.show_parts(known.parts)
        self._cast.offer(known.may_take_part())
        self._sessions.show_sessions(known.sessions)
        self._timeline.fill([self._line(one, known.topics) for one in known.moments])
        self._nothing.setVisible(not known.moments)

    def _line(self, one: Moment, topics: list[Topic]) -> tuple[str, ...]:
        which = {topic.code: topic.name(language()) for topic in topics}.get(one.what, one.what)
        which = told(EVENT_TYPE, one.what) if one.kind is Kind.EVENT else which
        until = clock(one.end_ms) if one.end_ms > one.at_ms else ""
        return clock(one.at_ms), until, tr(_KINDS[one.kind]), which, clock(one.in_part_ms) if one.recording else ""

    def _state(self, field: str, text: str) -> None:
        describing, code = self._desk.describing, self._code
        self._do(lambda: describing.state(code, field, text))

    def _state_of(self, person: str, field: str, text: str) -> None:
        describing = self._desk.describing
        self._do(lambda: describing.state_of_person(person, field, text))

    def _add_narrator(self) -> None:
        describing, code = self._desk.describing, self._code
        self._do(lambda: describing.add_narrator(code))

    def _choose_topic(self, topic: str, told: bool) -> None:
        topics, code = self._desk.topics, self._code
        self._do(lambda: topics.assign(code, topic) if told else topics.withdraw(code, topic))

    def _tell_in(self, topic: str, start_ms: int, end_ms: int) -> None:
        topics, code = self._desk.topics, self._code
        self._do(lambda: topics.assign(code, topic, (start_ms, end_ms)), self._topics.clear)

    def _tell_no_more(self, topic: str, start_ms: int, end_ms: int) -> None:
        topics, code = self._desk.topics, self._code
        self._do(lambda: topics.withdraw(code, topic, (start_ms, end_ms)))

    def _take_off(self, part: str, who: str) -> None:
        casting, code = self._desk.casting, self._code
        self._do(lambda: casting.uncast(code, Part(part), who))

    def _note(self, given: dict[str, str]) -> None:
        telling, code = self._desk.telling, self._code
        self._do(lambda: telling.note(code, given), self._events.clear)

    def _give(self, part: str, who: str, speaker: str, shown: bool) -> None:
        casting, code = self._desk.casting, self._code
        self._do(lambda: casting.cast(code, Part(part), who, label=speaker, shown=shown), self._cast.clear)

    def _hold(self, number: int, given: dict[str, str]) -> None:
        casting, code = self._desk.casting, self._code
        self._do(lambda: casting.hold(code, number, given), self._sessions.clear)

    def _do(self, work: Callable[[], object], then: Callable[[], None] = lambda: None) -> None:
        """Do it beside the window's thread; the notice of the change shows what came of it."""
        code = self._code
        self.context.jobs.run(work, lambda _: then() if code == self._code else None, owner=self)


def _show_earlier(shown: QLabel, statements: list[Fact]) -> None:
    """What was stated before and has been stated anew since, the oldest first."""
    last = {one.field: one for one in statements}
    earlier = [one for one in statements if one is not last[one.field] and written(one.value)]
    lines = [joined([tr(FIELD[one.field]), _told(one), local_day(one.at), one.by]) for one in earlier]
    shown.setText("\n".join([tr("Stated before:"), *lines]) if lines else "")
    shown.setVisible(bool(lines))


def _told(one: Fact) -> str:
    return told_uses(one.value) if one.field == "language_roles" else fact_told(one.field, one.value)
