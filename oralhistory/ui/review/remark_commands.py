"""What keys ask about passages to check: the next one, a mark, a comment, done; and the panel that shows them."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from oralhistory.domain.transcript import CHECK, DISTRESSING, MARKS, SEALED
from oralhistory.i18n import tr
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.look.question import Question
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.check_panel import CheckPanel
from oralhistory.ui.review.flag_words import MARKS_EXPLAINED
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView


class RemarkCommands:
    """`fit` is called when the panel is wanted, or no longer: whoever lays out the page knows whether there is room."""

    def __init__(
        self,
        context: PageContext,
        text: ReviewText,
        view: SegmentView,
        sound: Playback,
        panel: CheckPanel,
        fit: Callable[[], None],
    ) -> None:
        self._context, self._text, self._view, self._panel, self._fit = context, text, view, panel, fit
        self._sound = sound
        self._menu: QMenu | None = None
        panel.wanted.connect(self._go)
        panel.comments.written.connect(self._write)
        panel.comments.left.connect(view.edit_here)
        panel.comments.done.connect(lambda comment: self._resolve((comment,)))

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {
            "doubtful": lambda: self._next(1), "doubtful_before": lambda: self._next(-1), "calm": self._calm,
            "check": self._check, "mark": self._mark, "comment": self._comment,
            "resolve": self._resolve_all, "panel": self._turn_panel,
        }  # fmt: skip

    @property
    def panel_wanted(self) -> bool:
        return self._context.settings.current.check_panel == "shown"

    def _go(self, row: int) -> None:
        self._view.go_to(row)
        self._view.edit_here()

    def _next(self, step: int) -> None:
        self._view.commit()
        row = self._panel.queue.following(self._view.current, step)
        if row is None:
            self._context.notify(tr("No doubtful passage is left."))
        else:
            self._go(row)

    def _calm(self) -> None:
        """The next passage that nobody marked as distressing; from one that is being heard, the sound comes along."""
        segments = self._text.segments
        heard = self._text.row_at(self._sound.position_ms) if self._sound.playing else -1
        along = heard >= 0 and DISTRESSING in segments[heard].flags
        rows = range((heard if along else self._view.current) + 1, len(segments))
        row = next((at for at in rows if DISTRESSING not in segments[at].flags), None)
        if row is not None:
            start_ms = segments[row].start_ms
            self._go(row)
            if along:
                self._sound.play(start_ms)
        else:
            if along:
                self._sound.pause()
            self._context.notify(tr("No passage without this mark follows."))

    # --- marks ------------------------------------------------------------------------------------------------------

    def _turn(self, flag: str, then: Callable[[], None] = lambda: None) -> None:
        segment = self._view.segment
        if segment is None:
            return
        self._view.commit()
        if flag != SEALED or not segment.closed:
            self._text.toggle_flag(self._view.current, flag, then)
        elif opening_question(self._view.window()).agreed():
            row = self._text.row_of(segment.id)  # the text went on while the question stood there
            if row is not None:
                self._text.open_passage(row)

    def _check(self) -> None:
        """Where the flag is one of several words at the side of the row, it is said too, when it is so."""
        segment = self._view.segment
        if segment is None:
            return self._context.notify(tr("No segment is in hand: click on one first."))
        marked = CHECK in segment.flags
        told = tr("The mark “check again” was taken away.") if marked else tr("Marked: to be checked again.")
        return self._turn(CHECK, lambda: self._context.notify(told))

    def _mark(self) -> None:
        """Offer the marks where the row is; a number sets one, or takes it away."""
        segment = self._view.segment
        if segment is None:
            return
        self._view.commit()
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self._view)
        menu.setObjectName("review_marks")
        if self._view.closed_here:
            told = menu.addAction(tr("Already sealed by consent (1 Consent, “Passages to seal”): leaves with no export"))
            told.setObjectName("review_mark_closed")
            told.setEnabled(False)
        for number, one in enumerate(MARKS, 1):
            menu.addAction(self._offered(menu, number, one, one in segment.flags))
        place = self._view.row_rect(self._view.current)
        menu.popup(self._view.viewport().mapToGlobal(QPoint(place.left(), place.bottom())))

    def _offered(self, menu: QMenu, number: int, flag: str, on: bool) -> QAction:
        action = QAction(f"&{number}  {tr(MARKS_EXPLAINED[flag])}", menu)
        action.setObjectName(f"review_mark_{flag}")
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda: self._turn(flag))
        return action

    # --- comments ---------------------------------------------------------------------------------------------------

    def _comment(self) -> None:
        """To the field for a comment; from there back to the text, what is written in it stays."""
        field = self._panel.comments.field
        if field.hasFocus():
            return self._view.edit_here()
        self._view.commit()
        self._context.settings.change(check_panel="shown")
        self._fit()
        if not self._panel.isVisible():
            return self._context.notify(tr("The window is too narrow for the comments. Make it wider."))
        return field.setFocus()

    def _write(self, segment: str, words: str) -> None:
        """Behind what was typed in the text. The editor need not wait: what it holds stays as it is."""
        row = self._text.row_of(segment)
        if row is None:  # a split was undone, or a join done again
            self._panel.comments.take_back(words)
        else:
            self._view.commit()
            self._text.comment(row, words, lambda _at: None)

    def _resolve_all(self) -> None:
        segment = self._view.segment
        comments = tuple(one.id for one in segment.comments if one.open) if segment is not None else ()
        if comments:
            self._resolve(comments)
        else:
            self._context.notify(tr("There is no open comment at this segment."))

    def _resolve(self, comments: tuple[str, ...]) -> None:
        if self._view.segment is not None:
            self._view.wait()
            self._text.resolve(self._view.current, comments, self._went_on)
            self._view.edit_here()

    def _went_on(self, at: int | None) -> None:
        self._view.go_on(at, self._view.editor.caret())

    # --- the panel --------------------------------------------------------------------------------------------------

    def _turn_panel(self) -> None:
        wanted = not self._panel.isVisible()
        self._context.settings.change(check_panel="shown" if wanted else "hidden")
        self._fit()
        if not wanted:
            self._view.edit_here()


def opening_question(window: QWidget) -> Question:
    """Asked before a passage that the narrator closed is opened again: a slip of a key is no wish of the narrator."""
    return Question(
        window, "review_opening", tr("The narrator sealed this passage. Open it again?"),
        yes=("open", tr("The narrator wants it open")), no=("stay", tr("Leave it sealed")),
        told=tr(
            "If opened, it goes out with the rest of the text, which must be signed off again. The custody log keeps who"
            " opened it."
        ),
    )  # fmt: skip
