"""The transcript on the screen: only visible rows are painted, and one live editor stands on the current row.

The text belongs to `ReviewText`; what is typed is handed to it when the row is left and after a moment of typing. The view
decides nothing about the transcript.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from oralhistory.domain.replacing import Place, Wanted
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment, normalised
from oralhistory.i18n import tr
from oralhistory.ui.look.theme import Theme
from oralhistory.ui.review.edited_rows import EditedRows
from oralhistory.ui.review.flag_words import why
from oralhistory.ui.review.review_keys import Keys
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.row_painter import RowLook
from oralhistory.ui.review.row_words import SpokenWords, time_at

SAVE_AFTER_MS = 500
END = -1
"""As a caret's place: behind the last letter."""

_MOVES = {"next": (1, 0), "previous": (-1, 0), "row_up": (-1, END), "row_left": (-1, END), "row_down": (1, 0),
          "row_right": (1, 0), "page_up": (-8, 0), "page_down": (8, 0)}  # fmt: skip
"""Rows to go, and where the caret stands then."""


class SegmentView(EditedRows):
    """`commanded` carries commands that are not the view's own; `play_wanted` a time that was clicked."""

    commanded = Signal(str)
    play_wanted = Signal(int)
    row_changed = Signal(int)
    following_changed = Signal(bool)

    def __init__(self, text: ReviewText, theme: Theme, keys: Keys) -> None:
        super().__init__(text, theme, keys)
        self.setObjectName("review_segments")
        self._playing_ms: int | None = None
        self._playing_row = -1
        self._spoken: tuple[int, int] | None = None
        self._words = SpokenWords()
        self.following = True
        self._speakers: dict[str, int] = {}
        self.setFocusProxy(self.editor)
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_due = False
        self._entered = ("", "")  # the row in hand, and its text when it was taken in hand
        self._placed = ""  # what the editor was given: when it holds something else, somebody typed
        self._last_correction: Wanted | None = None
        self._waits = 0  # steps of which nobody said yet that they are laid
        self._connect()

    def _connect(self) -> None:
        self.editor.commanded.connect(self._command)
        self.editor.textChanged.connect(self._typed)
        self.editor.cursorPositionChanged.connect(lambda: self.keep_in_view(self.current))
        self.editor.composed.connect(self._save_if_due)
        self._save.timeout.connect(self._autosave)
        self.text.loaded.connect(self._loaded)
        self.text.spliced.connect(self._spliced)
        self._theme.changed.connect(self._restyled)

    # --- which row --------------------------------------------------------------------------------------------------

    @property
    def segment(self) -> Segment | None:
        """The one under the editor."""
        return self.text.segments[self.current] if 0 <= self.current < len(self.text.segments) else None

    def go_to(self, row: int, caret: int = 0) -> None:
        """Hand in what was typed and edit another row, the caret behind so many code points (or at its `END`)."""
        if not self.editor.holding:
            self.commit()
            self.place(row, caret)

    def place(self, row: int, caret: int = 0) -> None:
        """Show this row's text in the editor, dropping what the editor held."""
        if not 0 <= row < len(self.text.segments):
            self.current = -1
            self.editor.hide()
            return
        self.current = row
        segment = self.text.segments[row]
        if segment.id != self._entered[0]:
            self._last_correction = self.correction()
            self._entered = (segment.id, segment.text)
        self._placed = segment.text
        self._give(segment.text, caret)
        self._save.stop()
        self._save_due = False
        self._dress()
        self._describe(segment)
        self._underline()
        self.arrange()
        self.editor.show()
        self.bring_into_view(row)
        self.viewport().update()
        self.row_changed.emit(row)

    def _give(self, text: str, caret: int) -> None:
        """Have this text in the editor, as if nobody had typed."""
        self.editor.blockSignals(True)
        self.editor.set_text(text)
        self.editor.set_caret(len(text) if caret == END else caret)
        self.editor.blockSignals(False)

    def _dress(self) -> None:
        self.editor.setFont(self._painter.text_font)
        self.editor.faces = self._painter.faces

    def correction(self) -> Wanted | None:
        """The one word that was corrected in this row, or else in the row before: to be looked for elsewhere."""
        row = self.text.row_of(self._entered[0])
        now = self.text.segments[row].text if row is not None else ""
        return self.text.same_error(self._entered[1], now) or self._last_correction

    def edit_here(self) -> None:
        """Put the keyboard into the current row, or the first one."""
        if self.current < 0:
            self.go_to(0)
        self.editor.setFocus()

    def commit(self) -> None:
        """Hand what was typed to the text."""
        self._save.stop()
        self._save_due = False
        if self.segment is not None and not self.editor.isHidden() and not self.editor.holding:
            self.text.set_text(self.current, self.editor.settled_text())

    def hand_in(self, *finish: Callable[[], None]) -> None:
        """Hand in what was typed, and what is kept too: `finish` ends the steps that it waits for."""
        left = -1
        while self.editor.holding and self.editor.held != left:  # a key may be a step too; where the disk refuses none is done
            left = self.editor.held
            for one in finish:
                one()
        self.commit()

    def settle(self) -> None:
        """What the editor holds is handed in: when the text is read anew, the text counts."""
        self.commit()
        self._placed = self.editor.settled_text()

    def wait(self) -> None:
        """Hand in what was typed and keep further typing until `go_on`."""
        self.commit()
        self._waits += 1
        self.editor.hold()

    def go_on(self, row: int | None, caret: int = 0) -> None:
        """The text has changed under the editor: stand there and, when no other step is awaited, type what was kept."""
        self._waits = max(self._waits - 1, 0)
        if row is not None or self.segment is not None:
            last = len(self.text.segments) - 1
            self.place(min(self.current if row is None else row, last), self.editor.caret() if row is None else caret)
        if not self._waits:
            self.editor.let_go()

    def _describe(self, segment: Segment) -> None:
        self.editor.setAccessibleName(tr("Segment {n} of {count}", n=self.current + 1, count=len(self.text.segments)))
        closed = tr("sealed by consent") if self._painter.closed(segment) else ""
        self.editor.setAccessibleDescription(f"{clock(segment.start_ms)} {segment.speaker} {closed} {why(segment)}".strip())

    def _command(self, command: str) -> None:
        if command in _MOVES:
            step, caret = _MOVES[command]
            row = min(max(self.current + step, 0), len(self.text.segments) - 1)
            if row != self.current:
                self.go_to(row, caret)
        else:
            self.commanded.emit(command)

    # --- typing -----------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.follow(False)
        self.fit_row(self.current)
        if not self._save.isActive() and not self._save_due and self._unsaved():
            self._save.start()
        self._save_if_due()

    def _unsaved(self) -> bool:
        segment, typed = self.segment, self.editor.toPlainText()
        return segment is not None and typed != segment.text and normalised(typed) != segment.text

    def _autosave(self) -> None:
        """Never while something is being composed: then as soon as it is not."""
        self._save_due = True
        self._save_if_due()

    def _save_if_due(self) -> None:
        if self._save_due and not self.editor.composing:
            self.commit()

    # --- the text changed -------------------------------------------------------------------------------------------

    def _loaded(self) -> None:
        """The text was read anew. What was typed and is not in it (storing it was refused) stays in the editor.

        It is handed in again with the next letter or when the row is left, not by itself: what is refused once more would
        never come to rest.
        """
        if not self.text.known:  # another interview's: an answer to what was asked of the one before comes no more
            self._waits = 0
            self.editor.forget()
        shown = not self.editor.isHidden()
        caret, typed = (self.editor.caret(), self.editor.settled_text()) if shown else (0, self._placed)
        placed, again = self._placed, self.text.row_of(self._entered[0])
        self._playing_row = -1
        self._count_speakers()
        self.reset_rows()
        self.place(min(self.current, len(self.text.segments) - 1) if again is None else again, caret)
        if shown and again is not None and typed != placed:
            self._give(typed, caret)
            self.fit_row(self.current)

    def _spliced(self, row: int, removed: int, inserted: int) -> None:
        self._playing_row = -1
        self._count_speakers()
        if removed == inserted == 1 and row == self.current and not self.editor.holding:
            self._underline()
            self.fit_row(row)
            self.repaint_row(row)
        else:
            self.splice_rows(row, removed, inserted)

    def _count_speakers(self) -> None:
        self._speakers = {name: n for n, name in enumerate(self.text.speakers())}

    def use_glossary(self, misheard: Callable[[Segment], Sequence[Place]]) -> None:
        """Underline what this finds, from now on."""
        self._painter.misheard = misheard
        self._painter.refresh()
        self._underline()
        self.viewport().update()

    def mark_closed(self, closed: Callable[[Segment], bool]) -> None:
        """Say beside a row that it lies in a passage which the narrator closed, where this says so."""
        self._painter.closed = closed

    def show_translation(self, language: str) -> None:
        """Show what each row says in this language below it; none, for an empty one."""
        if language != self._painter.translation.language:
            self._painter.translation.language = language
            if len(self._heights) == len(self.text.segments):  # not between a new text and `reset_rows`
                self.fit_rows()

    def _restyled(self) -> None:
        self._painter.refresh()
        self.editor.settle_ime()
        self.commit()
        self._dress()
        self.reset_rows()
        self._underline()

    def _underline(self) -> None:
        if self.segment is not None:
            self.underline(self.segment, self._heard_here())

    def _heard_here(self) -> tuple[int, int] | None:
        """The word that is being heard in the row in hand."""
        return self._spoken if self._playing_row == self.current else None

    # --- where things stand -----------------------------------------------------------------------------------------

    def look_of(self, row: int) -> RowLook:
        current, playing = row == self.current, row == self._playing_row
        return RowLook(
            current=current,
            edited=current and not self.editor.isHidden(),
            playing=playing,
            word=self._spoken if playing else None,
            speaker=self._speakers.get(self.text.segments[row].speaker, 0),
        )

    def follow(self, on: bool) -> None:
        """Scroll with the sound, or rest where one works."""
        if on != self.following:
            self.following = on
            self.following_changed.emit(on)

    # --- sound ------------------------------------------------------------------------------------------------------

    def show_sound(self, ms: int | None) -> None:
        """Mark what is being heard; None when nothing is."""
        self._playing_ms = ms
        row = -1 if ms is None else self.text.row_at(ms)
        spoken = self._words.at(self.text.segments[row], ms) if row >= 0 and ms is not None else None
        if (row, spoken) == (self._playing_row, self._spoken):
            return
        before, self._playing_row, self._spoken = self._playing_row, row, spoken
        for one in {before, row}:
            if before != row or one != self.current or self.editor.isHidden():  # the editor shows its word itself
                self.repaint_row(one)
        if self.current in (before, row) and self.segment is not None:
            self.highlight(self.segment, self._heard_here())
        if row != before and row >= 0 and self.following:
            self.bring_into_view(row)

    # --- pointing ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.text.segments or self.editor.holding:
            return
        self.follow(False)
        row, point = self.row_under(event.position().toPoint())
        segment = self.text.segments[row]
        for_menu = event.button() == Qt.MouseButton.RightButton
        if event.position().x() < self._painter.side and not for_menu:
            self.go_to(row)
            self.play_wanted.emit(segment.start_ms)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.play_wanted.emit(time_at(segment, point))
        elif not for_menu or row != self.current:  # else what is selected stays
            self.go_to(row, point)
        self.editor.setFocus()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.follow(False)
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys belong to the editor, or to the page."""
        event.ignore()
