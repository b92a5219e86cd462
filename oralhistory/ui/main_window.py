"""The unlocked archive: places at the top, interviews at the left, the interview in hand at the right, step by step.

A page is made when somebody first goes to it: the list stands in a third of the time without them, and a page that is not
there has nothing to save, to say or to follow.
"""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from oralhistory.domain.due import DueKind
from oralhistory.domain.library import Glance
from oralhistory.i18n import sentences
from oralhistory.services.archive.opened import DEMONSTRATION, Changed, Notice, OpenArchive
from oralhistory.services.due_list import Item
from oralhistory.services.library.interviews import InterviewCard
from oralhistory.services.program import Player, Program
from oralhistory.services.recording.takes import RunningTake
from oralhistory.settings import SettingsFile
from oralhistory.ui import resuming, window_keys
from oralhistory.ui.banner import Banner
from oralhistory.ui.closing import closed
from oralhistory.ui.idle_reading import IdleReading
from oralhistory.ui.interviews.header import STEPS, InterviewHeader
from oralhistory.ui.interviews.interview_form import InterviewForm
from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.interviews.list_room import ListRoom
from oralhistory.ui.interviews.search_page import SearchPage
from oralhistory.ui.interviews.shelf import Shelf
from oralhistory.ui.interviews.welcome_page import WelcomePage
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.look.pieces import column, row
from oralhistory.ui.look.stack import Stack
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.outset_step import outset_step
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.preferences.settings_page import SettingsPage
from oralhistory.ui.steps import Steps
from oralhistory.ui.top_bar import TopBar
from oralhistory.ui.voices.voices_page import VoicesPage

_Place = TypeVar("_Place", bound=Page)

_STATUS_MS = 8000
_REFRESH_MS = 200
_UNSEEN = frozenset({Changed.TEXT, Changed.DECISIONS, Changed.INTEGRITY, Changed.FILTERS})
"""Changes that neither list nor header shows: each saved keystroke is one, and reads nothing because of it."""
_DONE = frozenset({Changed.INTERVIEW, Changed.CONSENT, Changed.REVIEW, Changed.DECISIONS, Changed.EXPORT, Changed.REMOVED,
                   Changed.STAFF, Changed.SLOTS})  # fmt: skip
"""What changes because a person wanted it now; sound, drafts and saved keystrokes come by themselves."""


class MainWindow(QWidget):
    lock_wanted = Signal()
    language_chosen = Signal(str)
    passphrase_wanted = Signal(str, str)

    def __init__(
        self, program: Program, archive: OpenArchive, settings: SettingsFile, theme: Theme, banner: Banner
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.archive = archive
        self.desk = program.desk(archive)
        self._banner = banner
        self._make_player = program.player
        self._player: Player | None = None
        self._code = ""
        self._left_at: dict[str, str] = {}  # the step at which each interview was seen last, by its code, until locking
        self.jobs = Jobs(self)
        self.jobs.trouble.connect(banner.trouble)
        self.jobs.fault.connect(banner.fault)
        self.context = PageContext(
            self.desk, self.jobs, settings, theme, self.notify, self.open_interview, self.open_step, self.player,
            self.fill_window, program.restoring,
        )  # fmt: skip
        # Read while the window is being built, and shown as soon as it stands.
        self._shelf = Shelf(self.desk, self.jobs, self)
        self._shelf.refresh(lambda: resuming.go_on(self.desk, self.jobs, banner, self))  # beside it the list would be slow
        self._pages, self._places, self._interview = Stack(), Stack(), QWidget()
        self.steps = Steps(self.context, self._pages, self.lock_wanted.emit)
        self.welcome = self._place(WelcomePage(self.context))
        self._lay_out(theme)
        self._connect()
        self.idle_reading = IdleReading(self.desk.fixity, self.jobs, banner, lambda: self.listening or self.recording, self)

    @property
    def code(self) -> str:
        """The interview in hand; nothing when none is."""
        return self._code

    @property
    def page(self) -> Page:
        """The page that is in front."""
        shown = self._places.currentWidget()
        page = self._pages.currentWidget() if shown is self._interview else shown
        assert isinstance(page, Page)
        return page

    @property
    def take_address(self) -> str:
        """Of the recorder that is running, for the window that comes after this one; empty when none is."""
        return self.steps.record.take_address if "record" in self.steps else ""

    @property
    def recording(self) -> bool:
        return bool(self.take_address)

    @property
    def listening(self) -> bool:
        """Whether a recording is being heard right now."""
        return self._player is not None and self._player.position is not None

    def begin(self) -> None:
        """After unlocking: take a running take in hand; what was interrupted is finished and filed when the list stands."""
        self._go(self.form if self.desk.drafts.new() and self.form.begin_again() else self.welcome)
        self.jobs.run(self.desk.recording.running, self._attach, owner=self)

    def open_interview(self, code: str, step: str = "") -> None:
        """Take an interview in hand, at this `step`, or where somebody left it, or where its work stands."""
        card = self.desk.interviews.card(code)
        page = self.steps[step or self._left_at.get(code) or outset_step(self.desk, card)]
        if code != self._code and self.page is page:
            page.leave()
        self._code = code
        self._header.show_interview(card)
        self._show_step(page)

    def open_step(self, name: str) -> None:
        """Go to a step of the interview in hand: consent, record, transcript, release or history."""
        if self._code:
            self._show_step(self.steps[name])

    def notify(self, message: str) -> None:
        """A line at the foot of the window, gone after some seconds."""
        self._top.say(message)
        self._quiet.start(_STATUS_MS)

    def player(self) -> Player:
        if self._player is None:
            self._player = self._make_player()
        return self._player

    def fill_window(self, fill: bool) -> None:
        """Hide everything but the page (while a take is running)."""
        for widget in (self._top, self._header):
            widget.setVisible(not fill)
        self._room.fill(fill)
        self._banner.let_give_way(fill)

    def hindrance(self) -> str:
        return sentences(page.hindrance() for page in self._all_pages())

    def retranslate(self) -> None:
        for part in (self._top, self._list, self._header):
            part.retranslate()
        for page in self._all_pages():
            page.retranslate()

    def close_archive(self, patience_ms: int = -1) -> tuple[str, ...]:
        """See `closing`."""
        self._forget_notices()
        return closed(self.desk, self.jobs, self._player, self._all_pages(), patience_ms)

    @cached_property
    def form(self) -> InterviewForm:
        form = self._place(InterviewForm(self.context))
        form.closed.connect(self._show_interviews)
        return form

    @cached_property
    def search(self) -> SearchPage:
        search = self._place(SearchPage(self.context))
        search.hit_chosen.connect(self._open_hit)
        search.interview_chosen.connect(self.open_interview)
        return search

    @cached_property
    def settings_page(self) -> SettingsPage:
        settings = self._place(SettingsPage(self.context))
        settings.language_chosen.connect(self.language_chosen)
        settings.passphrase_wanted.connect(self.passphrase_wanted)
        return settings

    @cached_property
    def voices(self) -> VoicesPage:
        voices = self._place(VoicesPage(self.context))
        voices.chosen.connect(self._list.only)
        voices.chosen.connect(lambda *_: self._room.come())
        self._list.filtered.connect(lambda query: voices.show_library(self._list.everything, query))
        voices.show_library(self._list.everything, self._list.narrowed)
        return voices

    def _place(self, page: _Place) -> _Place:
        self._places.addWidget(page)
        return page

    def _all_pages(self) -> list[Page]:
        """Those that are there."""
        places = (self._places.widget(n) for n in range(self._places.count()))
        return [*self.steps.values(), *(one for one in places if isinstance(one, Page))]

    def _lay_out(self, theme: Theme) -> None:
        self._top, self._list, self._header = TopBar(theme), InterviewList(theme), InterviewHeader(theme)
        self._interview.setLayout(column(self._header, self._pages, spacing=0))
        self._places.addWidget(self._interview)
        below = row(self._list, spacing=0)
        below.addWidget(self._places, 1)
        layout = column(self._top, spacing=0)
        layout.addLayout(below, 1)
        self.setLayout(layout)
        self._room = ListRoom(self._list, self.context, self._places, self.welcome, self._header.setFocus)

    def _connect(self) -> None:
        self._top.interviews_wanted.connect(self._show_interviews)
        self._top.voices_wanted.connect(lambda: self._go(self.voices))
        self._shelf.serve(self._list)
        self._shelf.listed.connect(self._listed)
        self._shelf.due.connect(self.welcome.show_due)
        self._top.settings_wanted.connect(lambda: self._go(self.settings_page))
        self._top.show_demonstration(self.archive.actor == DEMONSTRATION)
        self._top.show_actor(self.archive.actor)
        self._top.search_wanted.connect(self._search)
        self._top.lock_wanted.connect(self.lock_wanted)
        self._list.chosen.connect(self.open_interview)
        self._list.new_wanted.connect(self._new_interview)
        self._list.due_wanted.connect(lambda: self._go(self.welcome))
        self.welcome.due_chosen.connect(self._open_due)
        self.welcome.new_wanted.connect(self._new_interview)
        self._header.step_chosen.connect(self.open_step)
        self._header.change_wanted.connect(self._change_interview)
        self._soon, self._quiet = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._shelf.refresh)
        self._quiet.timeout.connect(lambda: self._top.say(""))
        self._forget_notices = self.archive.notices.subscribe(
            lambda notice: self.jobs.post(self, lambda: self._changed(notice))
        )
        for keys, action in ((window_keys.NEW_INTERVIEW, self._new_interview), (window_keys.SEARCH, self._top.focus_search),
                             (window_keys.LOCK, self.lock_wanted.emit), (window_keys.LIST, self._room.turn)):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number, name in enumerate(STEPS, 1):  # the tabs' own would wait for an animated click, and not be there beside a form
            QShortcut(QKeySequence(window_keys.step(number)), self).activated.connect(
                lambda n=name: None if self._header.isHidden() else self.open_step(n)  # a take has the whole window
            )

    def _attach(self, running: RunningTake | None) -> None:
        if running is not None:
            self.open_interview(running.interview.code, "record")
            self.steps.record.attach(running)

    def _open_due(self, item: Item) -> None:
        if item.code:
            self.open_interview(item.code, "history" if item.kind is DueKind.WITHDRAWAL else "consent")
        else:
            self._go(self.settings_page)

    def _listed(self, known: list[Glance]) -> None:
        self._mark()
        self.welcome.show_count(len(known))

    def _mark(self) -> None:
        """In the list: the interview in hand, and none while one is filled in that is not there yet."""
        page = self.page
        self._list.select("" if isinstance(page, InterviewForm) and page.is_new else self._code)

    def _changed(self, notice: Notice) -> None:
        if notice.what is Changed.DESTROYED and notice.code == self._code:
            self._code = ""
            self._go(self.welcome)
        if notice.what in _DONE:
            self._banner.put_right()
        if notice.what is Changed.TOPICS:
            self._shelf.read_filters()
        if notice.what not in _UNSEEN:
            self._soon.start(_REFRESH_MS)
            if self._code and notice.code == self._code:
                self._header.show_interview(self._card())
        for page in self._all_pages():
            page.changed(notice)

    def _card(self) -> InterviewCard:
        return self.desk.interviews.card(self._code)

    def _show_step(self, step: Page) -> None:
        if self.page is not step:
            self._leave()
        name = self._left_at[self._code] = next(name for name, page in self.steps.items() if page is step)
        self._header.show_step(name)
        self._pages.setCurrentWidget(step)
        self._places.setCurrentWidget(self._interview)
        self._top.show_place("interviews")
        self._mark()
        step.show_interview(self._code)

    def _go(self, place: Page) -> None:
        self._leave()
        self._places.setCurrentWidget(place)
        self._top.show_place({SettingsPage: "settings", VoicesPage: "voices"}.get(type(place), "interviews"))
        self._mark()
        place.show_interview(self._code)

    def _leave(self) -> None:
        """Another page comes to the front. The loudspeaker is let go of: with it open no new microphone would be seen."""
        self.page.leave()
        self._banner.went_on()
        if self._player is not None:
            self._player.rest()

    def _show_interviews(self) -> None:
        step = self.steps[self._left_at[self._code]] if self._code else self.welcome
        if self.page is step:
            self._room.turn()  # whoever is there already wants their list to go, or to come
        else:
            (self._show_step if self._code else self._go)(step)

    def _new_interview(self) -> None:
        if self.recording or (self.page is self.form and self.form.is_new):  # a take has the whole window; what was typed stays
            return
        self._go(self.form)
        self.form.begin_new()
        self._mark()

    def _change_interview(self) -> None:
        self._go(self.form)
        self.form.begin_change(self._card())
        self._mark()

    def _search(self, wanted: str) -> None:
        self._go(self.search)
        self.search.search(wanted)

    def _open_hit(self, code: str, segment: str) -> None:
        self.open_interview(code, "transcript")
        self.steps["transcript"].show_segment(segment)
