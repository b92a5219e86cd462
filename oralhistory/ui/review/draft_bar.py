"""From sound to a first text: whether a draft can be made, making it, how far it is. Stops when told; nothing is lost by it.

Where there is a text already, another draft is made only after saying what becomes of the text: nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QPushButton

from oralhistory.domain.chinese import ChineseScript, may_be_spoken
from oralhistory.domain.consent import Operation, Refused
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.transcript import Draft
from oralhistory.errors import Cancelled, NotFound
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.services.progress import Asked
from oralhistory.ui.jobs import Job
from oralhistory.ui.look.pieces import Choice, button, card, column, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CHINESE_BRIEFLY, LANGUAGE
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.review_keys import Keys, shown
from oralhistory.ui.work_bar import time_left

_LONGEST_SCRIPT = 20
"""Letters of the longest way to write Chinese, as wide as they need to be read."""


@dataclass(frozen=True, slots=True)
class Outset:
    """What stands between an interview and its draft: nothing, or the sentences that say it."""

    has_sound: bool
    languages: tuple[str, ...]
    chinese: ChineseScript
    hindrances: tuple[str, ...]
    waiting: bool = False
    """It was asked for before: then it is made as soon as it can be."""
    being_finished: bool = False
    """It was made while recording, and its last windows are being heard."""
    model: str = ""
    """The speech model it is made with."""


def outset(desk: Desk, code: str) -> Outset:
    card = desk.interviews.card(code)
    sound = any(one.purpose is TakePurpose.TESTIMONY for one in card.recordings)
    sentences: list[str] = []
    answer = desk.consenting.why(code, Operation.TRANSCRIBE)
    if isinstance(answer, Refused):
        sentences += [refusal.sentence(reason) for reason in answer.reasons]
    model = ""
    try:
        model = desk.models.find(None).name
    except NotFound as missing:
        sentences += [one for one in (missing.happened, missing.safe, missing.todo) if one]
    waits, finishing = code in desk.transcribing.waiting.codes(), desk.transcribing.making == card.interview.code
    return Outset(sound, card.interview.languages, desk.models.chinese(), tuple(sentences), waits, finishing, model)


class DraftBar(QFrame):
    """Shown while an interview has no text, or a draft is being made or asked about. `made` carries the code of a finished one.

    `hand_back` takes the keyboard when it is here and what has it goes.
    """

    made = Signal(str)

    def __init__(self, context: PageContext, says: Wording, keys: Keys, hand_back: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._keys, self._hand_back = context, keys, hand_back
        self._code = ""
        self._working = ""
        self._has_text = False
        self._beside = ""
        """The code of the interview whose text stays while another draft is asked about, or made."""
        self._just_asked = False
        self._tried = False
        """What was begun here and failed is not begun by itself once more: it would never come to rest."""
        self._job: Job | None = None
        self._began, self._began_ms = 0.0, 0
        self._percent = self._kept = 0
        """How much of the draft is made, and how much was when it was stopped here, in percent."""
        self._told = label("large")
        self._told.setObjectName("review_draft_told")
        self._more = label()
        self._more.setObjectName("review_draft_more")
        self._progress = QProgressBar()
        self._progress.setObjectName("review_draft_progress")
        self._progress.setTextVisible(False)
        says(self._progress.setAccessibleName, mark("How far the draft is"))
        languages = [("", mark("language: find out")), *((value, words) for value, words in LANGUAGE.items())]
        self._language = Choice("review_draft_language", says, mark("Language that is spoken"), languages)
        scripts = list(CHINESE_BRIEFLY.items())
        self._chinese = Choice("review_draft_chinese", says, mark("How Chinese is written"), scripts)
        self._chinese.setMinimumContentsLength(_LONGEST_SCRIPT)
        self.another: QPushButton = button("review_another_draft", says, mark("Another draft …"), role="link")
        """Stands in a bar of somebody else's, and asks for one."""
        self.another.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.another.clicked.connect(self.ask_for_another)
        self._make = button("review_draft", says, mark("Make the draft"), role="primary")
        self._stop = button("review_draft_stop", says, mark("Stop; what is finished is kept"))
        self._record = button("review_go_record", says, mark("Go to recording"))
        self._not_now = button("review_draft_not_now", says, mark("No other draft"))
        self._asking = (self._make, self._language, self._chinese, self._record, self._not_now)
        self._make.clicked.connect(self.start)
        self._stop.clicked.connect(self._stop_for_good)
        self._record.clicked.connect(lambda: context.open_step("record"))
        self._not_now.clicked.connect(self._leave_it)
        actions = row(self._make, self._language, self._chinese, self._stop, self._record, self._not_now)
        actions.addStretch(1)
        inside = card(self._told, self._more, self._progress)
        inside.layout().addLayout(actions)  # type: ignore[union-attr]
        self.setLayout(column(inside, margin=2 * GRID))
        self.hide()

    @property
    def working(self) -> str:
        """The code of the interview whose draft is being made; empty when none is."""
        return self._working

    def show_interview(self, code: str, has_text: bool) -> None:
        if code != self._code:
            self._code, self._tried, self._kept = code, False, 0
            self._language.pick("")
            self._go()
        if self._beside not in (code, self._working):
            self._beside = ""
        self._has_text = has_text
        if has_text and self._beside != code:  # also when it is now that the draft came: what takes its place needs the room
            self._go()
        elif self._working:
            self._show_working()
        else:
            self._context.jobs.run(
                lambda: outset(self._context.desk, code), lambda found: self._ready(code, found), owner=self
            )

    def ask_for_another(self) -> None:
        """Say what another draft would do to the text that is there, and whether it can be made."""
        if self._working:
            self._context.notify(tr("The draft of {code} is being made; another one can be made after it.", code=self._working))
        else:
            self._beside, self._just_asked = self._code, True
            self._language.pick("")
            self.show_interview(self._code, self._has_text)

    def start(self) -> None:
        """Make the draft of the interview that is shown, behind the window."""
        desk, jobs, code = self._context.desk, self._context.jobs, self._code
        language = self._language.value if self._language.isVisible() else ""
        chinese = ChineseScript(self._chinese.value) if self._chinese.isVisible() else None
        self._working = code
        self._began, self._began_ms, self._percent = time.monotonic(), -1, 0

        def work(cancelled: Asked) -> Draft:
            def tell(done_ms: int, whole_ms: int) -> None:
                jobs.post(self, lambda: self._tell(done_ms, whole_ms))

            return desk.transcribing.run(
                code, language=language or None, chinese=chinese, progress=tell, cancelled=cancelled
            )

        self._progress.setRange(0, 0)
        self._show_working()
        self._job = jobs.run_stoppable(work, lambda _draft: self._done(), self._failed, owner=self)

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._keep_keyboard()
            self._stop.setEnabled(False)

    def _stop_for_good(self) -> None:
        """A person wants no draft now; locking and closing only interrupt it."""
        desk, code = self._context.desk, self._working
        if code:
            self._context.jobs.run(lambda: desk.transcribing.let_be(code), lambda _: None, owner=self)
        self.stop()

    def _ready(self, code: str, found: Outset) -> None:
        another = self._beside == code
        if code != self._code or self._working or (self._has_text and not another):
            return
        if found.being_finished:
            self._show_being_finished()
            return
        self._offer(found, another=another)
        if another and found.has_sound:
            self._told.setText(tr("Another draft leaves the text here as it is: nothing that anybody wrote is changed."))
            self._more.setText("\n".join(found.hindrances) or self._offered_beside(found))
        elif found.has_sound:
            self._told.setText(tr("This interview has no text yet."))
            self._more.setText("\n".join(found.hindrances) or self._offered())
        else:
            self._told.setText(tr("Nothing has been recorded yet."))
            self._more.setText(tr("Record the interview or import a sound file; then its text is made here."))
        self.show()
        if self._just_asked:
            self._just_asked = False
            self._not_now.setFocus()  # Return or Space alone begins nothing
        elif not another and found.waiting and found.has_sound and not (found.hindrances or self._tried):
            self.start()

    def _offer(self, found: Outset, *, another: bool) -> None:
        """What can be chosen and begun; another draft also in a language that nobody thought of."""
        here = self._has_keyboard()
        several = len(found.languages) > 1
        self._record.setVisible(not found.has_sound)
        self._make.setVisible(found.has_sound)
        self._make.setEnabled(not found.hindrances)
        self._not_now.setVisible(another)
        self._language.setVisible(found.has_sound and (several or another))
        self._chinese.setVisible(found.has_sound and may_be_spoken(found.languages))
        self._chinese.pick(found.chinese)
        for index in range(self._language.count()):
            offered = self._language.itemData(index) in found.languages or (another and index > 0) or (several and index == 0)
            self._language.view().setRowHidden(index, not offered)  # type: ignore[attr-defined]
        if self._language.view().isRowHidden(self._language.currentIndex()):  # type: ignore[attr-defined]
            self._language.pick("" if several else next(iter(found.languages), ""))
        if here:
            (self._make if self._make.isEnabled() else self._progress).setFocus()
        self._progress.hide()
        self._stop.hide()

    def _leave_it(self) -> None:
        self._beside = ""
        self.show_interview(self._code, self._has_text)

    def _offered_beside(self, found: Outset) -> str:
        key = shown(self._keys.key("passage"))
        made = tr("It is kept beside the text: {key} shows what it heard in a segment, and puts that there if you want.", key=key)
        how = tr("It is made with the speech model {model}. Model and engine are chosen in the settings.", model=found.model)
        return f"{made}\n{how}"

    def _offered(self) -> str:
        if self._kept:
            return tr("{percent} % of the draft is made and kept. It goes on from there.", percent=self._kept)
        return tr("The machine can make a draft; you correct it then.")

    def _show_being_finished(self) -> None:
        """Whoever makes it announces the draft; there is nothing to do here but wait."""
        self._told.setText(tr("The draft was made while you recorded; its last minute is being heard."))
        self._more.setText("")
        self._progress.setRange(0, 0)
        self._show_progress()
        self._stop.hide()

    def _show_working(self) -> None:
        here = self._working == self._code
        self._told.setText(
            tr("The draft is being made. You can do other things meanwhile.")
            if here
            else tr("The draft of {code} is being made; this interview's turn is after it.", code=self._working)
        )
        self._more.setText("")
        self._show_progress()
        self._stop.setEnabled(True)
        self._stop.setVisible(here)

    def _show_progress(self) -> None:
        """In the place of what could be chosen."""
        self._progress.show()
        self.show()
        self._keep_keyboard()
        for one in self._asking:
            one.hide()

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _keep_keyboard(self) -> None:
        """Qt hands it on to whatever comes next when its widget goes: a key pressed then would mean something else."""
        if self._has_keyboard():
            self._progress.setFocus()

    def _go(self) -> None:
        if self._has_keyboard():
            self._hand_back()
        self.hide()

    def _tell(self, done_ms: int, whole_ms: int) -> None:
        if not self._working:
            return
        if self._began_ms < 0:
            self._began, self._began_ms = time.monotonic(), done_ms
        self._progress.setRange(0, max(whole_ms, 1))
        self._progress.setValue(done_ms)
        percent = self._percent = round(100 * done_ms / max(whole_ms, 1))
        advanced = done_ms - self._began_ms
        if advanced <= 0:
            self._more.setText(f"{percent} %")
            return
        left = time_left((time.monotonic() - self._began) * (whole_ms - done_ms) / advanced)
        self._more.setText(f"{percent} %  ·  {left}")

    def _done(self) -> None:
        code, beside = self._working, self._beside
        self._working, self._job, self._beside = "", None, ""
        self._go()
        if code != self._code:  # it is this interview's turn now
            self.show_interview(self._code, self._has_text)
        key = shown(self._keys.key("passage"))
        self._context.notify(
            tr("The new draft of {code} is kept beside the text: {key} shows it for each segment.", code=code, key=key)
            if beside
            else tr("The draft of {code} is finished.", code=code)
        )
        self.made.emit(code)

    def _failed(self, error: Exception) -> None:
        self._tried = self._working == self._code
        self._kept = self._percent if self._tried and isinstance(error, Cancelled) else 0
        self._working, self._job, self._beside = "", None, ""
        self.show_interview(self._code, self._has_text)
        if isinstance(error, Cancelled):
            self._context.notify(error.happened)
        else:
            self._context.jobs.tell(error)
