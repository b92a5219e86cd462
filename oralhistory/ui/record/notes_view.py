"""A session without sound while it goes on: what is said is written down and encrypted as one types; or corrected later.

A save each second is one transaction in the encrypted database; nothing else holds the words. What the disk refuses is tried
again every few seconds, and told at the end if it never was taken.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from oralhistory.domain.interview import WrittenSession
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.note_words import size_sentence
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.look.pieces import button, column, foot, label, row, sentence
from oralhistory.ui.look.settling import SettlingText
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

_SAVE_MS = 1_000


class _Notes(SettlingText, QPlainTextEdit):
    pass


class NotesView(QWidget):
    over = Signal(str, bool)
    """The session was ended, or its correction: what was kept, as a sentence, and whether anything was."""

    def __init__(self, context: PageContext, says: Wording) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self._session: WrittenSession | None = None
        """As it is on file."""
        self._stored = ""
        """What was in the field when it was last stored."""
        self._corrected = False
        """The history tells of this correction."""
        self._keep = InOrder(context.jobs, self)
        self._soon, self._tick = QTimer(self, singleShot=True), QTimer(self, interval=1_000)
        self._soon.timeout.connect(self._save)
        self._tick.timeout.connect(self._show_time)
        self._time = label("title", wrap=False)
        self._time.setObjectName("notes_time")
        self._state = label("soft")
        self._state.setObjectName("notes_state")
        self._text = _Notes()
        self._text.setObjectName("notes_text")
        self._text.setProperty("role", "reading")
        self._text.setTabChangesFocus(True)
        says(self._text.setAccessibleName, mark("What is said"))
        says(self._text.setPlaceholderText, mark("Write down what is said. It is encrypted as you type."))
        self._text.textChanged.connect(self._changed)
        self._stamp = button("notes_stamp", says, mark("Time stamp (Ctrl+T)"),
                             icon=lambda one: context.theme.dress(one, "mark"))  # fmt: skip
        self._stop = button("notes_stop", says, mark("End the session (F9)"), role="primary")
        self._done = button("notes_done", says, mark("Keep the corrections (F9)"), role="primary")
        self._stamp.clicked.connect(self._write_time)
        for one, keys in ((self._stop, "F9"), (self._done, "F9"), (self._stamp, "Ctrl+T")):
            shortcut = QShortcut(QKeySequence(keys), one)
            shortcut.activated.connect(one.click)
            shortcut.setAutoRepeat(False)
        self._done.hide()  # one or the other, as the session goes on or has ended
        self._stop.clicked.connect(self._end)
        self._done.clicked.connect(self._close)
        self._lay_out(says)

    def _lay_out(self, says: Wording) -> None:
        silent = sentence(says, mark("Nothing is being recorded."), "large")
        head = QFrame()
        head.setProperty("role", "note")
        first = row(self._time, silent)
        first.setStretch(1, 1)
        head.setLayout(column(first, self._state, margin=GRID + 4))
        keys = row(self._stamp)
        keys.addStretch(1)
        keys.addWidget(self._done)
        keys.addWidget(self._stop)
        middle = column(head, self._text, margin=2 * GRID, spacing=2 * GRID)
        whole = column(spacing=0)
        whole.addLayout(middle, 1)
        whole.addWidget(foot(keys))
        self.setLayout(whole)

    # --- what the page asks

    def open(self, code: str, number: int) -> bool:
        """Write on in a session that goes on, or correct one that has ended.

        False while the disk refuses what was written before: what is on file is older than that, and written on it would
        replace it. The banner has told why. OralHistoryError of the archive.
        """
        self.finish()
        if self._keep.waiting:
            return False
        self._take_in_hand(code, self._context.desk.note_taking.session(code, number))
        return True

    def _take_in_hand(self, code: str, session: WrittenSession) -> None:
        self._code, self._session, self._stored, self._corrected = code, session, session.text, False
        going_on = session.ended_at is None
        self._text.setPlainText(session.text)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        self._text.document().clearUndoRedoStacks()
        self._soon.stop()
        for one, shown in ((self._stop, going_on), (self._stamp, going_on), (self._done, not going_on)):
            one.setVisible(shown)
        self._show_time()
        self._show_stored()
        if going_on:
            self._tick.start()
        else:
            self._tick.stop()

    def take_focus(self) -> None:
        self._text.setFocus()

    @property
    def code(self) -> str:
        """The interview whose notes are in hand; nothing when none are."""
        return self._code

    def finish(self) -> None:
        """Store what was written before this returns; the disk may refuse it (`lost`)."""
        self._text.settle_ime()
        self._soon.stop()
        if self._session is not None and not self._is_stored:
            self._add()
        self._keep.finish()

    def forget(self) -> None:
        """Nothing is in hand any more."""
        self._tick.stop()
        self._code, self._session, self._stored = "", None, ""
        self._text.clear()
        self._text.document().clearUndoRedoStacks()
        self._soon.stop()

    def lost(self) -> str:
        stored = self._is_stored and not self._keep.waiting
        return "" if stored else tr("The last notes could not be stored and are lost.")

    def retranslate(self) -> None:
        if self._session is not None:
            self._show_time()
            self._show_stored()

    # --- writing and storing

    @property
    def _is_stored(self) -> bool:
        return self._session is None or self._text.toPlainText() == self._stored

    def _changed(self) -> None:
        if self._session is None or self._is_stored:
            return
        self._state.setText(tr("Being encrypted …"))
        if not self._soon.isActive():
            self._soon.start(_SAVE_MS)

    def _save(self) -> None:
        if self._keep.idle:
            self._add()
        else:  # the disk refused it, or is slow: one thing after the other
            self._soon.start(_SAVE_MS)

    def _add(self) -> None:
        """What is being composed follows when it is whole: to settle it each second would tear syllables apart."""
        session, code, text = self._session, self._code, self._text.toPlainText()
        if session is None:
            return
        notes, number = self._context.desk.note_taking, session.number

        def store() -> None:
            before = self._session
            in_hand = before is not None and (self._code, before.number) == (code, number)
            kept = notes.save(code, text, number, known=in_hand and self._corrected)
            if before is not None and in_hand:  # here: who waits for `finish` wants to know it before any answer comes
                self._corrected = self._corrected or kept.text != before.text
                self._session, self._stored = kept, text

        self._keep.add(store, lambda _: self._kept(code), stubborn=True)

    def _kept(self, code: str) -> None:
        if code != self._code:
            return
        if self._is_stored:
            self._show_stored()
        else:
            self._changed()

    def _write_time(self) -> None:
        """On a line of its own, so that a reader finds it."""
        self._text.settle_ime()
        cursor = self._text.textCursor()
        begun = bool(cursor.block().text().strip())
        cursor.insertText(f"{chr(10) if begun else ''}[{self._elapsed()}] ")
        self._text.setTextCursor(cursor)
        self._text.setFocus()

    def _end(self) -> None:
        self.finish()
        if self._is_stored:  # else the banner has told why
            code, size = self._code, size_sentence(self._stored)
            if size:
                told = tr("The session is over. Kept: {size}.", size=size)
            else:
                told = tr("The session is over. Nothing was written down.")
            self._keep.add(lambda: self._context.desk.note_taking.end(code), lambda _: self.over.emit(told, bool(size)))

    def _close(self) -> None:
        self.finish()
        if self._is_stored:
            self.over.emit(tr("The corrections are kept."), bool(self._stored.strip()))

    # --- what is shown

    def _elapsed(self) -> str:
        assert self._session is not None
        passed = self._context.desk.archive.clock() - self._session.started_at
        return clock(int(passed.total_seconds() * 1000))

    def _show_time(self) -> None:
        if self._session is None:
            return
        if self._session.ended_at is None:
            self._time.setText(self._elapsed())
        else:
            self._time.setText(tr("Session {number}", number=self._session.number))

    def _show_stored(self) -> None:
        size = size_sentence(self._stored)
        self._state.setText(tr("Encrypted on the disk: {size}.", size=size) if size else tr("Nothing has been written down yet."))
