"""From sound to a first text: whether a draft can be made, having it made, how far it is.

Where there is a text already, another draft is made only after saying what becomes of the text. One draft is made at a time;
what waits, also from before the program was started, is made after it, one interview after the other.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QPushButton, QWidget

from oralhistory.domain.chinese import may_be_spoken
from oralhistory.errors import Cancelled
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, card, column, joined, label, row
from oralhistory.ui.look.settling import typed_into
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CHINESE_BRIEFLY, LANGUAGE
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.another_draft import AnotherDraft
from oralhistory.ui.review.draft_making import DraftMaking
from oralhistory.ui.review.draft_turns import DraftTurns
from oralhistory.ui.review.outset import FIND_OUT, LONGEST_SCRIPT, Outset, outset
from oralhistory.ui.review.review_keys import Keys, shown


class DraftBar(QFrame):
    """Shown while an interview has no text, or a draft is being made. `made` carries the code of a finished one.

    `hand_back` takes the keyboard when it is here and what has it goes.
    """

    made = Signal(str)

    def __init__(self, context: PageContext, says: Wording, keys: Keys, hand_back: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._keys, self._hand_back = context, keys, hand_back
        self._code = ""
        self._has_text = False
        self._tried = False
        """Whether what is shown was begun here and failed."""
        self._kept = 0
        """How much of the draft was made when it was stopped here, in percent."""
        self._told = label("large")
        self._told.setObjectName("review_draft_told")
        self._more = label()
        self._more.setObjectName("review_draft_more")
        self._progress = QProgressBar()
        self._progress.setObjectName("review_draft_progress")
        self._progress.setTextVisible(False)
        says(self._progress.setAccessibleName, mark("How far the draft is"))
        languages = [("", FIND_OUT), *((value, words) for value, words in LANGUAGE.items())]
        self._language = Choice("review_draft_language", says, mark("Language that is spoken"), languages)
        scripts = list(CHINESE_BRIEFLY.items())
        self._chinese = Choice("review_draft_chinese", says, mark("How Chinese is written"), scripts)
        self._chinese.setMinimumContentsLength(LONGEST_SCRIPT)
        self.another: QPushButton = button("review_another_draft", says, mark("Another draft …"), role="link")
        """Stands in a bar of somebody else's, and asks for one."""
        self.another.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.another.clicked.connect(self.ask_for_another)
        self._make = button("review_draft", says, mark("Make the draft"), role="primary")
        self._stop = button("review_draft_stop", says, mark("Stop; what is finished is kept"))
        self._record = button("review_go_record", says, mark("Go to recording"))
        self._queue = button("review_draft_queue", says, mark("Make this draft after it"))
        self._queue.clicked.connect(self._ask_for_a_turn)
        self._queue.hide()
        self._asking = (self._make, self._language, self._chinese, self._record, self._queue)
        self._turns = DraftTurns(context, self)
        self._making = DraftMaking(context, self)
        self._making.far.told.connect(self._say_how_far)
        self._making.heard.connect(self._tell)
        self._making.made.connect(self._done)
        self._making.failed.connect(self._failed)
        self._turns.come.connect(lambda code: None if self.working else self._begin(code, "", ""))
        self._make.clicked.connect(self.start)
        self._stop.clicked.connect(self._stop_for_good)
        self._record.clicked.connect(lambda: context.open_step("record"))
        going = row(self._progress, self._stop)
        going.setStretch(0, 1)
        self._inside = card(self._told, self._more, Flow(*self._asking), going)
        self.setLayout(column(self._inside, margin=2 * GRID))
        self.hide()

    @property
    def working(self) -> str:
        """The code of the interview whose draft is being made; empty when none is."""
        return self._making.code

    @property
    def _beside_text(self) -> bool:
        """Whether it is being made beside the text that is shown."""
        return self._making.beside_text and self.working == self._code

    def show_interview(self, code: str, has_text: bool) -> None:
        if code != self._code:
            self._code, self._tried, self._kept = code, False, 0
            self._go()
        self._has_text = has_text
        if has_text and not self._beside_text:  # also when it is now that the draft came: what takes its place needs the room
            self._go()
        elif self.working:
            self._show_working()
        else:
            self._context.jobs.run(
                lambda: outset(self._context.desk, code), lambda found: self._ready(code, found), owner=self
            )

    def ask_for_another(self) -> None:
        """Say what another draft would do to the text that is there, and whether it can be made."""
        code, desk = self._code, self._context.desk
        if self.working:
            self._context.notify(tr("The draft of {code} is being made; another one can be made after it.", code=self.working))
        else:
            self._context.jobs.run(lambda: outset(desk, code), lambda found: self._ask(code, found), owner=self)

    def _ask(self, code: str, found: Outset) -> None:
        page = self.parentWidget()
        if code != self._code or self.working or not self._has_text or page is None or not page.isVisible():
            return
        dialog = AnotherDraft(self, found, shown(self._keys.key("passage")))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _how: self._hand_back())
        dialog.wanted.connect(lambda language, script: self._begin(code, language, script) if code == self._code else None)
        dialog.open()

    def start(self) -> None:
        """Make the draft of the interview that is shown, behind the window."""
        language = self._language.value if self._language.isVisible() else ""
        self._begin(self._code, language, self._chinese.value if self._chinese.isVisible() else "")

    def _begin(self, code: str, language: str, script: str) -> None:
        self._making.begin(code, language, script, beside_text=self._has_text and code == self._code)
        self._progress.setRange(0, 0)
        if code == self._code or not self._has_text:  # another interview's draft is no news beside a text
            self._show_working()

    def stop(self) -> None:
        if self._making.stop():
            self._keep_keyboard()
            self._stop.setEnabled(False)

    def _stop_for_good(self) -> None:
        """A person wants no draft now; locking and closing only interrupt it."""
        self._making.give_up()
        self.stop()

    def _ready(self, code: str, found: Outset) -> None:
        if code != self._code or self.working or self._has_text:
            return
        self._set_brief(False)
        if found.being_finished:
            self._show_being_finished()
            return
        here = self._has_keyboard()
        self._queue.hide()
        self._record.setVisible(not found.has_sound)
        self._make.setVisible(found.has_sound)
        self._make.setEnabled(not found.hindrances)
        self._language.setVisible(found.has_sound and len(found.languages) > 1)
        self._chinese.setVisible(found.has_sound and may_be_spoken(found.languages))
        self._chinese.pick(found.chinese)
        for index in range(1, self._language.count()):
            offered = self._language.itemData(index) in found.languages
            self._language.view().setRowHidden(index, not offered)  # type: ignore[attr-defined]
        if found.has_sound:
            self._told.setText(tr("This interview has no text yet."))
            self._more.setText("\n".join(found.hindrances) or self._offered())
        else:
            self._told.setText(tr("Nothing has been recorded yet."))
            self._more.setText(tr("Record the interview or import a sound file; then its text is made here."))
        self.show()
        if here or is_elsewhere(self.parentWidget()):
            first = self._make if found.has_sound else self._record
            if first.isEnabled():
                first.setFocus()
            else:
                self._hand_back()
        self._progress.hide()
        self._stop.hide()
        if found.waiting and found.has_sound and not found.hindrances and not self._tried:
            self._turns.go_on()  # whoever has waited longer comes first

    def _offered(self) -> str:
        if self._kept:
            return tr("{percent}% of the draft is made and kept. It goes on from there.", percent=self._kept)
        return tr("The machine can make a draft; you correct it then.")

    def _show_being_finished(self) -> None:
        """Whoever makes it announces the draft; there is nothing to do here but wait."""
        self._told.setText(tr("The draft was made while you recorded; its last minute is being heard."))
        self._more.setText("")
        self._progress.setRange(0, 0)
        self._show_progress()
        self._stop.hide()

    def _set_brief(self, brief: bool) -> None:
        """Beside a text there is little room."""
        self._told.setVisible(not brief)
        around, inside, above = (0, GRID, GRID // 2) if brief else (2 * GRID, 2 * GRID, 2 * GRID)
        self.layout().setContentsMargins(around, around, around, around)  # type: ignore[union-attr]
        lines = self._inside.layout()
        assert lines is not None
        lines.setContentsMargins(inside, above, inside, above)
        lines.setSpacing(GRID // 2 if brief else GRID)

    def _show_working(self) -> None:
        here = self.working == self._code
        self._set_brief(self._beside_text)
        self._told.setText(
            tr("The draft is being made. You can do other things meanwhile.")
            if here
            else tr("The draft of {code} is being made.", code=self.working)
        )
        self._say_how_far(self._making.far.words)
        self._show_progress()
        self._stop.setEnabled(True)
        self._stop.setVisible(here)
        if not here:
            self._turns.tell_of(self._code, self._show_turn)

    def _show_turn(self, code: str, waits: bool, may_wait: bool) -> None:
        """Whether this interview's draft is made after the one that is being made, or could be."""
        if code != self._code or not self.working or self.working == code or self._has_text:
            return
        if waits:
            turn = tr("The draft of {code} is being made; this interview's turn is after it.", code=self.working)
            self._told.setText(turn)
        self._queue.setVisible(may_wait and not waits)

    def _ask_for_a_turn(self) -> None:
        self._keep_keyboard()
        self._queue.hide()
        self._turns.ask_for(self._code, self._show_turn)

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
        self._progress.setRange(0, max(whole_ms, 1))
        self._progress.setValue(done_ms)

    def _say_how_far(self, how_far: str) -> None:
        words = tr("Another draft is being made. What is written stays as it is.") if self._beside_text else ""
        self._more.setText(joined([words, how_far]))

    def _done(self, code: str, beside_text: bool) -> None:
        self._go()
        if code != self._code:  # it is this interview's turn now
            self.show_interview(self._code, self._has_text)
        key = shown(self._keys.key("passage"))
        self._context.notify(
            tr("The new draft of {code} is finished: {key} shows it for each segment.", code=code, key=key)
            if beside_text
            else tr("The draft of {code} is finished.", code=code)
        )
        self.made.emit(code)
        self._turns.go_on()

    def _failed(self, code: str, error: Exception) -> None:
        self._tried = code == self._code
        self._kept = self._making.far.percent if self._tried and isinstance(error, Cancelled) else 0
        self.show_interview(self._code, self._has_text)
        if isinstance(error, Cancelled):
            self._context.notify(error.happened)
        else:
            self._context.jobs.tell(error)
            self._turns.go_on_after(code, error)


def is_elsewhere(page: QWidget | None) -> bool:
    """Whether the keyboard is outside a page that came to the front, and nobody writes there."""
    focused = QApplication.focusWidget()
    if page is None or not page.isVisible() or focused is None or typed_into(focused):
        return False
    return page is not focused and not page.isAncestorOf(focused)
