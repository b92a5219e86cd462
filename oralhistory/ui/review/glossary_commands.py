"""What keys ask of the glossary: put its words where they were misheard, teach it another; what it offers for the row in hand."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oralhistory.domain.glossary import Term
from oralhistory.domain.lexicon import Lexicon
from oralhistory.domain.replacing import Place
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import ntr, sentences, tr
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.check_queue import CheckQueue
from oralhistory.ui.review.glossary_bar import GlossaryBar
from oralhistory.ui.review.glossary_dialog import GlossaryDialog
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView


class GlossaryCommands:
    def __init__(
        self, context: PageContext, page: QWidget, text: ReviewText, view: SegmentView, bar: GlossaryBar, queue: CheckQueue
    ) -> None:
        self._context, self._page, self._text, self._view, self._bar, self._queue = context, page, text, view, bar, queue
        self._lexicon: Lexicon | None = None

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {"glossary": self._put, "glossary_add": self._teach}

    def refresh(self) -> None:
        """Read the glossary anew."""
        self._context.jobs.run(self._context.desk.glossary.lexicon, self._use, owner=self._bar)

    def show_row(self) -> None:
        """Offer what was misheard in the row in hand."""
        segment = self._view.segment
        self._bar.show_places(segment, self._misheard(segment))

    def _use(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._queue.use(lexicon.suspects)
        self._view.use_glossary(lexicon.misheard)
        self.show_row()

    def _misheard(self, segment: Segment | None) -> list[Place]:
        return self._lexicon.misheard(segment) if self._lexicon is not None and segment is not None else []

    def _put(self) -> None:
        view = self._view
        if view.segment is None:
            return
        view.wait()
        row, caret = view.current, view.editor.caret()
        places = self._misheard(view.segment)
        if places:
            self._text.put(places, lambda at: view.go_on(row if at is None else at, caret))
        else:
            view.go_on(None)
            self._context.notify(tr("The glossary knows of nothing that was misheard here."))

    # --- teaching it ------------------------------------------------------------------------------------------------

    def _teach(self) -> None:
        """Begin with what is selected, else with the last correction."""
        chosen = self._view.editor.textCursor().selectedText()
        self._view.commit()
        correction = None if chosen else self._view.correction()
        text, variant = (correction.put, correction.text) if correction else (chosen, "")
        segment = self._view.segment
        language = segment.language if segment is not None else ""
        dialog = GlossaryDialog(self._page, text, variant)
        dialog.given.connect(lambda word, misheard: self._learn(word, misheard, language))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._view.edit_here)
        dialog.open()

    def _learn(self, text: str, variant: str, language: str) -> None:
        glossary = self._context.desk.glossary
        self._context.jobs.run(lambda: glossary.learn(text, variant, language), self._learned, owner=self._bar)

    def _learned(self, term: Term) -> None:
        """Told by the notice of the change as well, maybe later: here it is known which word it was."""
        waiting = sum(any(one in segment.text for one in term.variants) for segment in self._text.segments)
        told = tr("{term} is kept in the glossary.", term=term.text)
        if waiting:
            misheard = ntr(
                "{n} passage may have it misheard: it stands in the list.",
                "{n} passages may have it misheard: they stand in the list.", waiting,
            )  # fmt: skip
            told = sentences((told, misheard))
        self._context.notify(told)
