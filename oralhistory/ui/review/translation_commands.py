"""What keys ask of the translation: to its field and back, on to the next segment; and in which language it is written."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.translation_bar import TranslationBar

_PREFERRED = ("en", "ko", "zh")
"""Into which language a text is put where nobody chose one yet: the first of these that it is not in."""


class TranslationCommands:
    """The second line is shown, and its field offered, as long as a language is chosen."""

    def __init__(self, context: PageContext, text: ReviewText, view: SegmentView, bar: TranslationBar) -> None:
        self._context, self._text, self._view, self._bar = context, text, view, bar
        self._offered: tuple[str, ...] = tuple(LANGUAGES)
        bar.written.connect(self._write)
        bar.given.connect(self._next)
        bar.language_chosen.connect(self._use)

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {"translation": self._turn}

    def begin(self) -> None:
        """The text of an interview is there. What is all in one language is not put into that one."""
        spoken = {one.language for one in self._text.segments}
        self._offered = tuple(one for one in LANGUAGES if spoken != {one})
        self._bar.offer(self._offered)
        kept = self._context.settings.current.translation
        self._show(kept if kept in self._offered else "")

    def show_row(self) -> None:
        self._bar.show_row(self._view.segment)

    def _turn(self) -> None:
        """To the field of the translation, which is offered from now on; from there back to the text."""
        if self._bar.field.hasFocus():
            self._bar.hand_in()
            return self._view.edit_here()
        if self._view.segment is None:
            return None
        if not self._bar.language:
            self._use(next(one for one in _PREFERRED if one in self._offered and one != self._view.segment.language))
        self._view.commit()
        return self._bar.field.setFocus()

    def _use(self, language: str) -> None:
        if language != self._context.settings.current.translation:
            self._context.settings.change(translation=language)
        self._show(language)

    def _show(self, language: str) -> None:
        here = self._bar.isAncestorOf(QApplication.focusWidget() or self._view)  # hidden, it passes the keyboard on to anybody
        self._bar.use(language)
        self._bar.setVisible(bool(language) and bool(self._text.segments))
        self._view.show_translation(language)
        if not language and here:
            self._view.edit_here()

    def _write(self, segment: str, language: str, words: str) -> None:
        """Behind what was typed in the text. The editor need not wait: what it holds stays as it is."""
        row = self._text.row_of(segment)
        if row is None:  # a split was undone, or a join done again
            self._bar.take_back(words)
        else:
            self._view.commit()
            self._text.translate(row, language, words, lambda _at: None)

    def _next(self) -> None:
        """On to the translation of the next segment."""
        row = self._view.current + 1
        if row < len(self._text.segments):
            self._view.go_to(row)
            self._bar.field.setFocus()
