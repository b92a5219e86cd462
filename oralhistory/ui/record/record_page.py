"""Step 2: a take from start to safe, or a session that is only written.

Closing the window does not end a take; the next window takes it in hand again.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal

from oralhistory.domain.interview import Recording, Status, TakePurpose, WrittenSession
from oralhistory.domain.timecode import clock
from oralhistory.errors import InUse, OralHistoryError, OutOfReach
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.services.recording.going_on import GoingOn
from oralhistory.services.recording.takes import RunningTake
from oralhistory.ui.look.turning import Turning
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.record.bringing_in import BringingIn
from oralhistory.ui.record.drafting import Drafting
from oralhistory.ui.record.following import Following
from oralhistory.ui.record.notes_card import NotesOnFile
from oralhistory.ui.record.notes_view import NotesView
from oralhistory.ui.record.record_prepare import RecordPrepare, against_recording
from oralhistory.ui.record.record_running import RecordRunning
from oralhistory.ui.record.running_words import begins_again, goes_on
from oralhistory.ui.resuming import missing_sentence

_LOOK_AGAIN_MS = 1_000


class RecordPage(Page):
    lock_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._code = ""
        self._take: RunningTake | None = None
        self._begun: RunningTake | None = None
        """A take that runs and is not in hand yet."""
        self._unfiled: RunningTake | None = None
        """A take that is over and could not be filed."""
        self._following = Following(context.jobs, self)
        self._going_on = GoingOn(context.desk.recording)
        self._drafting = Drafting(context, self)
        self._prepare = RecordPrepare(context, self.says)
        self._running = RecordRunning(context.theme, self.says)
        self._notes = NotesView(context, self.says)
        self._stack = Turning(self)  # given its page first: it would show the first part as a window of its own
        for part in (self._prepare, self._running, self._notes):
            self._stack.addWidget(part)
        self._prepare.start_wanted.connect(self._start)
        self._bringing_in = BringingIn(context, self._prepare, lambda: self._code, self._refresh, self._not_started)
        self._prepare.file_chosen.connect(self._bringing_in.bring_in)
        self._prepare.kept.again.connect(self._file_again)
        self._prepare.notes.begin_wanted.connect(self._begin_notes)
        self._prepare.notes.session_chosen.connect(lambda number: self._write_notes(self._code, number))
        self._notes.over.connect(self._notes_over)
        self._running.asked.connect(self._going_on.asked)
        self._running.asked.connect(self._following.order)
        self._running.marked.connect(self._following.mark)
        self._running.seal_last_asked.connect(self._following.seal_last)
        self._running.lock_wanted.connect(self.lock_wanted)
        self._following.beat.connect(self._running.show_beat)
        self._following.beat.connect(self._drafting.beat)
        self._following.ended.connect(self._file)
        self._following.broken.connect(self._broken)
        self._following.away.connect(self._running.show_away)

    @property
    def recording(self) -> bool:
        return self._take is not None

    @property
    def take_address(self) -> str:
        """Of the recorder that is running; empty when none is."""
        take = self._begun or self._take  # one that has just begun in the place of one that broke off comes first
        return take.address if take is not None else ""

    # --- what the window asks ---------------------------------------------------------------------------------------

    def show_interview(self, code: str) -> None:
        if self._take is not None:
            return
        if code != self._code:
            self._prepare.begin()
            if self._notes.code not in ("", code):
                self._leave_notes()
        self._code = code
        self._prepare.microphone.look()
        self._refresh()

    def attach(self, take: RunningTake) -> None:
        """Take a running take in hand: one that was just started, or one that outlived its window."""
        went_on = not self.isVisible() or self._code != take.interview.code
        self._going_on.begin()
        self._take, self._begun = take, None
        self._code = take.interview.code
        self._prepare.show_busy(False)
        self._stack.setCurrentWidget(self._running)
        self._running.begin(sealable=take.purpose is TakePurpose.TESTIMONY)
        self._running.panel.break_minutes = self.context.settings.current.break_minutes
        if went_on:  # while it began: filled with another page, or under another head, the window would have no way here
            self.context.open_interview(self._code)
            self.context.open_step("record")
        self.context.fill_window(True)
        self._following.follow(take)
        self._drafting.begin(take)

    def retranslate(self) -> None:
        super().retranslate()
        self._running.retranslate()
        self._prepare.retranslate()
        self._notes.retranslate()
        if self._code and self._take is None:
            self.show_interview(self._code)

    def expect_consent(self) -> None:
        """What is recorded next is the spoken consent; what runs already stays what it is."""
        if self._take is None:
            self._prepare.choose(TakePurpose.CONSENT)

    def leave(self) -> None:
        self._notes.finish()
        if self._take is None:
            self._prepare.test.forget()
            self._prepare.choose(TakePurpose.TESTIMONY)  # whoever comes back records the interview, until they say otherwise

    def changed(self, notice: Notice) -> None:
        concerns = notice.what in (Changed.CONSENT, Changed.RECORDING, Changed.NOTES)
        if notice.code == self._code and concerns and self._take is None:
            self._refresh()

    def hindrance(self) -> str:
        return goes_on() if self._take is not None else ""

    def end(self) -> None:
        """Let go of the take without ending it."""
        self._notes.finish()
        self._prepare.test.forget()
        self._following.let_go()
        self._drafting.let_go()

    def lost(self) -> str:
        return self._notes.lost()

    # --- a take -----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        desk, code = self.context.desk, self._code
        device, channels, purpose = self._prepare.device, self._prepare.channels, self._prepare.purpose
        self._prepare.show_busy(True)
        self._prepare.kept.clear()

        def work() -> RunningTake:
            take = desk.recording.start(code, device=device, channels=channels, purpose=purpose, outlives_starter=True)
            self._begun = take  # here, not when the answer arrives: a lock may come between
            return take

        self.context.jobs.run(work, self.attach, self._not_started, owner=self)

    def _not_started(self, error: Exception) -> None:
        self._prepare.show_busy(False)
        self.context.jobs.tell(error)
        self._prepare.microphone.look()
        self._refresh()

    def _broken(self, error: Exception) -> None:
        """The recorder is gone; what it sealed is filed like after Stop. It is told on the page, where it can be mended.

        A fault of this program is none of the recorder's: it is looked for again.
        """
        take = self._take
        if isinstance(error, OralHistoryError):
            if take is not None and self._going_on.may(take):
                self._begin_again(take)
            else:
                self._file(self._prepare.point_at_start)
        elif take is not None:
            self._running.show_away(OutOfReach(tr("The window has lost sight of the recorder and looks for it again.")))
            QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self._following.follow(take) if take is self._take else None)

    def _begin_again(self, broken: RunningTake) -> None:
        """Its recorder has died in the middle: a new recording begins by itself, unless somebody asks for the end meanwhile."""
        self._running.show_away(*begins_again())

        def work() -> RunningTake | None:
            new = self._begun = self._going_on.begin_again(broken)  # here: a lock may come between
            return new

        def begun(new: RunningTake | None) -> None:
            if new is None:
                self._file(self._prepare.point_at_start)
            else:
                self._went_on(new)

        def failed(error: Exception) -> None:
            self.context.jobs.tell(error)
            self._file(self._prepare.point_at_start)

        self.context.jobs.run(work, begun, failed, owner=self)

    def _went_on(self, take: RunningTake) -> None:
        """The new take is in hand; the one before is filed beside it, or before it at the end."""
        self._take, self._begun = take, None
        self._running.begin(sealable=take.purpose is TakePurpose.TESTIMONY)
        self._running.panel.tell_begun_again(self._going_on.told)
        self._following.follow(take)
        if not self._going_on.wanted:  # asked for since the take began
            self._following.order("stop")
        self._drafting.let_go()
        self._drafting.begin(take)
        self.context.jobs.run(self._going_on.file, lambda _: None, lambda _error: None, owner=self)

    def _file(self, then: Callable[[], None] = lambda: None) -> None:
        take = self._take
        if take is None:
            return

        def filed(kept: tuple[list[Recording], bool]) -> None:
            self._filed(take, *kept)
            then()

        def failed(error: Exception) -> None:
            self._not_filed(error)
            if not isinstance(error, InUse):
                then()

        self.context.jobs.run(lambda: self._put_in_place(take), filed, failed, owner=self)

    def _put_in_place(self, take: RunningTake) -> tuple[list[Recording], bool]:
        """The parts that were filed, and whether sound is missing that was safe on some disk. InUse."""
        parts = self._going_on.file(take)
        return parts, any(one.code == take.interview.code for one in self.context.desk.recording.missing())

    def _filed(self, take: RunningTake, parts: list[Recording], missing: bool) -> None:
        self._leave_take()
        self._drafting.filed(parts)
        lost = [self._going_on.told, missing_sentence([take.interview.code]) if missing else ""]
        self._prepare.kept.show_take(take.purpose, parts, "\n".join(filter(None, lost)))
        self._prepare.point_at_kept()

    def _not_filed(self, error: Exception) -> None:
        """The disk is full or gone: the sound is sealed, in its place or in the reserve, and can be filed later."""
        self._unfiled = self._take or self._unfiled
        self._leave_take()
        self._drafting.let_go()
        if isinstance(error, OralHistoryError):
            self._prepare.kept.show_waiting(error)
            self._prepare.point_at_kept()

    def _file_again(self) -> None:
        take = self._unfiled
        if take is None:
            return
        self._prepare.show_busy(True)

        def answered(kept: tuple[list[Recording], bool]) -> None:
            self._prepare.show_busy(False)
            self._unfiled = None
            self._filed(take, *kept)

        def failed(error: Exception) -> None:
            self._prepare.show_busy(False)
            self._not_filed(error)

        self.context.jobs.run(lambda: self._put_in_place(take), answered, failed, owner=self)

    def _leave_take(self) -> None:
        self._take = None
        self._prepare.choose(TakePurpose.TESTIMONY)  # an interview must not follow into the place of a spoken consent
        self._stack.setCurrentWidget(self._prepare)
        self.context.fill_window(False)
        self._refresh()

    # --- a session without sound ------------------------------------------------------------------------------------

    def _begin_notes(self) -> None:
        desk, code = self.context.desk, self._code
        self._prepare.show_busy(True)
        self._prepare.kept.clear()

        def begun(session: WrittenSession) -> None:
            self._prepare.show_busy(False)
            if code == self._code and self._take is None:
                self._write_notes(code, session.number)

        self.context.jobs.run(lambda: desk.note_taking.begin(code), begun, self._not_started, owner=self)

    def _write_notes(self, code: str, number: int) -> None:
        """Read anew: what a list shows may be older than what was written since."""
        self._prepare.test.forget()
        try:
            opened = self._notes.open(code, number)
        except OralHistoryError as error:
            self.context.jobs.tell(error)
            return
        if opened:
            self._stack.setCurrentWidget(self._notes)
            self._notes.take_focus()

    def _notes_over(self, told: str, any_kept: bool) -> None:
        self._leave_notes()
        status = self.context.desk.interviews.card(self._code).interview.status
        self._prepare.kept.tell_notes(told, any_kept=any_kept, untaken=status is Status.NOTED)
        self._prepare.point_at_kept()
        self._refresh()

    def _leave_notes(self) -> None:
        self._notes.finish()
        self._notes.forget()
        self._stack.setCurrentWidget(self._prepare)

    # --- what is on file --------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        desk, code = self.context.desk, self._code

        def work() -> tuple[list[str], list[Recording], NotesOnFile]:
            return against_recording(desk, code), desk.listening.recordings(code), NotesOnFile.of(desk, code)

        if code:
            self.context.jobs.run(work, lambda found: self._show(code, *found), owner=self)

    def _show(self, code: str, reasons: list[str], recordings: list[Recording], notes: NotesOnFile) -> None:
        if code == self._code:
            self._prepare.show_reasons(reasons, notes)
            spoken = [one for one in recordings if one.purpose is TakePurpose.TESTIMONY]
            self._prepare.show_total(len(spoken), clock(sum(one.duration_ms for one in spoken)))
