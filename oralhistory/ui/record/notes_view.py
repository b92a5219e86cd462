"""A session without sound while it goes on: what is said is written down and sealed as one types; or corrected later.

A save each second is one transaction in the encrypted database; nothing else holds the words. What the disk refuses is tried
again with the next key, and told at the end if it never was taken.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from oralhistory.domain.interview import WrittenSession
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, ntr, tr
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.look.pieces import button, column, label, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

_SAVE_MS, _CORRECTED_MS = 1_000, 30_000
"""While they speak; while an ended session is corrected, of which every save stands in the history."""


class NotesView(QWidget):
    over = Signal(str)
    """The session was ended, or its correction: what was kept, as a sentence."""

    def __init__(self, context: PageContext, says: Wording) -> None:
        super().__init__()
        self._context = context
        self._code = ""
        self._session: WrittenSession | None = None
        self._stored = ""
        self._keep = InOrder(context.jobs, self)
        self._soon, self._tick = QTimer(self, singleShot=True), QTimer(self, interval=1_000)
        self._soon.timeout.connect(self._save)
        self._tick.timeout.connect(self._show_time)
        self._time = label("title", wrap=False)
        self._time.setObjectName("notes_time")
        self._state = label("soft")
        self._state.setObjectName("notes_state")
        self._text = QPlainTextEdit()
        self._text.setObjectName("notes_text")
        self._text.setProperty("role", "reading")
        says(self._text.setAccessibleName, mark("What is said"))
        says(self._text.setPlaceholderText, mark("Write down what is said. It is sealed as you type."))
        self._text.textChanged.connect(self._changed)
        self._stamp = button("notes_stamp", says, mark("Time stamp (Ctrl+T)"),
                             icon=lambda one: context.theme.dress(one, "mark"))  # fmt: skip
        self._stop = button("notes_stop", says, mark("End the session (F9)"), role="primary")
        self._done = button("notes_done", says, mark("Keep the corrections (F9)"), role="primary")
        self._stamp.clicked.connect(self._write_time)
        for one, keys in ((self._stop, "F9"), (self._done, "F9"), (self._stamp, "Ctrl+T")):
            QShortcut(QKeySequence(keys), one).activated.connect(one.click)
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
        foot = QFrame()
        foot.setProperty("role", "foot")
        keys = row(self._stamp, margin=GRID + 4)
        keys.addStretch(1)
        keys.addWidget(self._done)
        keys.addWidget(self._stop)
        foot.setLayout(keys)
        middle = column(head, self._text, margin=2 * GRID, spacing=2 * GRID)
        whole = column(spacing=0)
        whole.addLayout(middle, 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    # --- what the page asks

    def open(self, code: str, session: WrittenSession) -> None:
        """Write on in a session that goes on, or correct one that has ended."""
        self.finish()
        self._code, self._session, self._stored = code, session, session.text
        going_on = session.ended_at is None
        self._text.setPlainText(session.text)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        self._text.document().clearUndoRedoStacks()
        self._text.setFocus()
        self._soon.stop()
        for one, shown in ((self._stop, going_on), (self._stamp, going_on), (self._done, not going_on)):
            one.setVisible(shown)
        self._show_time()
        self._show_stored()
        if going_on:
            self._tick.start()
        else:
            self._tick.stop()

    @property
    def code(self) -> str:
        """The interview whose notes are in hand; nothing when none are."""
        return self._code

    def finish(self) -> None:
        """Store what was written before this returns; the disk may refuse it (`lost`)."""
        self._soon.stop()
        if self._session is not None:
            QGuiApplication.inputMethod().commit()
            if not self._is_stored:
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
        self._state.setText(tr("Being sealed …"))
        if not self._soon.isActive():
            self._soon.start(_SAVE_MS if self._session.ended_at is None else _CORRECTED_MS)

    def _save(self) -> None:
        if self._keep.idle:
            self._add()
        else:  # the disk refused it, or is slow: one thing after the other
            self._keep.go_on()
            self._soon.start(_SAVE_MS)

    def _add(self) -> None:
        session, code, text = self._session, self._code, self._text.toPlainText()
        if session is None:
            return
        notes, number = self._context.desk.note_taking, session.number

        def store() -> None:
            notes.save(code, text, number)
            if code == self._code:
                self._stored = text  # here: who waits for `finish` wants to know it before any answer comes

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
        cursor = self._text.textCursor()
        begun = bool(cursor.block().text().strip())
        cursor.insertText(f"{chr(10) if begun else ''}[{self._elapsed()}] ")
        self._text.setTextCursor(cursor)
        self._text.setFocus()

    def _end(self) -> None:
        self.finish()
        if self._is_stored:  # else the banner has told why
            code, words = self._code, len(self._stored.split())
            told = ntr("The session is over; {n} word is kept.", "The session is over; {n} words are kept.", words)
            self._keep.add(lambda: self._context.desk.note_taking.end(code), lambda _: self.over.emit(told))

    def _close(self) -> None:
        self.finish()
        if self._is_stored:
            self.over.emit(tr("The corrections are kept."))

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
        size = ntr("{n} word", "{n} words", len(self._stored.split()))
        self._state.setText(tr("Sealed on the disk: {size}.", size=size))
