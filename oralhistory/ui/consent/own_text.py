"""Making the text that is read aloud the organisation's own: what stands in brackets filled in, every paragraph as it likes.

What is kept is a new version with its own number and hash; a version that a consent may name is never changed. What was typed
and is no version yet outlives a lock, and is thrown away by nobody who was not asked.
"""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from oralhistory import i18n
from oralhistory.domain.consent import CHECKLIST, Purpose
from oralhistory.domain.form_text import FormText
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.refusal import CHECKLIST as ITEMS
from oralhistory.services.refusal import PURPOSES, STAGES
from oralhistory.ui.look.pieces import (
    button,
    capital,
    card,
    column,
    field,
    label,
    line_edit,
    row,
    rule,
    scrolling,
    sentence,
    stacked,
)
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.settling import SettledText
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.page import PageContext

_LINES = 4


class OwnText(QDialog):
    """`kept` carries the new version."""

    kept = Signal(object)

    def __init__(self, parent: QWidget, context: PageContext, text: FormText) -> None:
        super().__init__(parent)
        self.setObjectName("own_text")
        self._context = context
        self._text = begun = _begun(text)
        self._says = says = Wording()
        says(self.setWindowTitle, mark("Our own text"))
        self._values = {place: line_edit(f"own_text_place_{n}", says, place) for n, place in enumerate(begun.places)}
        for place, value in context.desk.form_texts.values_for(begun).items():
            self._values[place].setText(value)
        self._titles = {name: self._line(name, words) for name, words in (("title", begun.title), *begun.questions.items())}
        self._paragraphs = {
            name: self._paragraph(name, words)
            for name, words in (("notice", begun.notice), ("opening", begun.opening), *begun.checklist.items())
        }
        other = context.desk.form_texts.sample(begun).without_sound
        self._without_sound = {
            item: self._paragraph(item, begun.without_sound.get(item, ""), "without_sound_")
            for item in CHECKLIST if item in other or item in begun.without_sound
        }  # fmt: skip
        for item, paragraph in self._without_sound.items():
            paragraph.setPlaceholderText(other.get(item, ""))
        self._begun, self._again = self._typed(), self._take_up()
        self._why = label("caution")
        self._why.setObjectName("own_text_refused")
        self._why.hide()
        keep = button("own_text_keep", says, mark("Save as a new version"), role="primary")
        back = button("own_text_back", says, mark("Back, keep nothing"))
        keep.clicked.connect(self._keep)
        back.clicked.connect(self.reject)
        foot = row(back, keep)
        foot.insertStretch(0, 1)
        cards = stacked(*self._cards())
        cards.layout().setContentsMargins(0, 0, GRID, 0)  # type: ignore[union-attr]  # their edges are the dialog's
        whole = column(scrolling(cards), rule(), self._why, foot, margin=2 * GRID)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(96 * GRID, 84 * GRID)

    def _cards(self) -> list[QFrame]:
        says, text = self._says, self._text
        head = label("large")
        head.setText(capital(tr("{moment}, {language}", moment=tr(STAGES[text.stage]), language=tr(LANGUAGE[text.language]))))
        begun = sentence(says, mark("This was begun before, and is not kept as a version yet."), "caution")
        begun.setObjectName("own_text_begun")
        begun.setVisible(self._again)
        made = [card(
            head, begun,
            sentence(says, mark("What you save is a new version with a number and a fingerprint of its own. Consents given on "
                                "an earlier version keep that version."), "soft"),
        )]  # fmt: skip
        if self._values:
            places = [field(says, place, line) for place, line in self._values.items()]
            made.append(card(sentence(says, mark("Fill in once; it appears wherever it is used"), "large"), *places))
        made.append(card(
            field(says, mark("Title"), self._titles["title"]),
            field(says, mark("Text below the title (not read aloud)"), self._paragraphs["notice"]),
            field(says, mark("To begin with"), self._paragraphs["opening"]),
        ))  # fmt: skip
        told = [field(says, ITEMS[item], self._paragraphs[item]) for item in CHECKLIST]
        made.append(card(sentence(says, mark("What the narrator is told"), "large"), *told))
        made.append(card(
            sentence(says, mark("What is told instead to a narrator who is not recorded"), "large"),
            sentence(says, mark("Where nothing is written here, what stands above is read to everybody."), "soft"),
            *(field(says, ITEMS[item], one) for item, one in self._without_sound.items()),
        ))  # fmt: skip
        asked = [field(says, PURPOSES[one.value], self._titles[one.value]) for one in Purpose]
        made.append(card(sentence(says, mark("What the narrator is asked"), "large"), *asked))
        return made

    def _line(self, name: str, words: str) -> QLineEdit:
        made = line_edit(f"own_text_{name}", self._says, PURPOSES.get(name, mark("Title")))
        made.setText(words)
        made.setCursorPosition(0)
        return made

    def _paragraph(self, name: str, words: str, kind: str = "") -> SettledText:
        made = SettledText(words)
        made.setObjectName(f"own_text_{kind}{name}")
        made.setTabChangesFocus(True)
        self._says(made.setAccessibleName, ITEMS.get(name, mark("Text read aloud")))
        made.setFixedHeight(made.fontMetrics().lineSpacing() * _LINES + 3 * GRID)
        return made

    def text(self) -> FormText:
        """The text as it stands here, its places filled in as far as they are."""
        lines = {name: one.text() for name, one in self._titles.items()}
        paragraphs = {name: one.settled_text() for name, one in self._paragraphs.items()}
        instead = {item: words for item, one in self._without_sound.items() if (words := one.settled_text().strip())}
        typed = replace(
            self._text, title=lines.pop("title"), notice=paragraphs.pop("notice"), opening=paragraphs.pop("opening"),
            checklist=paragraphs, questions=lines, without_sound=instead,
        )  # fmt: skip
        return typed.filled({place: line.text() for place, line in self._values.items()})

    # --- what is no version yet -------------------------------------------------------------------------------------

    def keep_begun(self) -> None:
        """The archive is being locked or closed: what was typed is there when this text is taken in hand again."""
        typed = self._typed()
        self._draft(typed if typed != self._begun else None)

    def reject(self) -> None:
        """By the button, Escape or the frame of the window."""
        if self._typed() == self._begun or leaving_question(self).agreed():
            self._draft(None)
            super().reject()

    def _draft(self, typed: dict[str, Any] | None) -> None:
        self._context.desk.drafts.keep_text(self._text.stage, self._text.language, typed)

    def _typed(self) -> dict[str, Any]:
        return {
            "places": {name: one.text() for name, one in self._values.items()},
            "titles": {name: one.text() for name, one in self._titles.items()},
            "paragraphs": {name: one.settled_text() for name, one in self._paragraphs.items()},
            "without_sound": {name: one.settled_text() for name, one in self._without_sound.items()},
        }

    def _take_up(self) -> bool:
        """Show what was typed before a lock; False when nothing was."""
        kept = self._context.desk.drafts.text(self._text.stage, self._text.language)
        if kept is None:
            return False
        lines: dict[str, dict[str, QLineEdit]] = {"places": self._values, "titles": self._titles}
        for part, fields in lines.items():
            for name in fields.keys() & kept[part].keys():
                fields[name].setText(kept[part][name])
        for part, texts in (("paragraphs", self._paragraphs), ("without_sound", self._without_sound)):
            words = kept.get(part, {})  # what an earlier program kept has no words for who is not recorded
            for name in texts.keys() & words.keys():
                texts[name].setPlainText(words[name])
        return True

    # --- a new version ----------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        text, texts = self.text(), self._context.desk.form_texts
        if text.places:
            named = listed(text.places)
            self._refuse(tr("Fill these in, or take them out; nobody should hear them read: {places}", places=named))
            return

        def failed(error: Exception) -> None:
            if isinstance(error, OralHistoryError):
                self._refuse("\n".join(filter(None, [error.happened, error.todo])))

        def add() -> FormText:
            kept = texts.add(text.document())
            self._draft(None)
            self._begun = typed  # here, not when the answer arrives: a lock may come between
            return kept

        typed = self._typed()
        self._context.jobs.run(add, self._done, failed, owner=self)

    def _done(self, text: FormText) -> None:
        self.accept()
        self.kept.emit(text)

    def _refuse(self, why: str) -> None:
        self._why.setText(why)
        self._why.show()


def _begun(text: FormText) -> FormText:
    """A sample says of itself that it is one; the organisation's own says whose it is."""
    return text.as_own(i18n.said_in(text.language, mark("The text of our organisation."))) if text.sample else text


def leaving_question(dialog: QWidget) -> Question:
    """Asked before what was typed into a text and is no version yet is thrown away."""
    return Question(
        dialog, "own_text_leave", tr("Throw away what you wrote here?"), yes=("throw", tr("Throw it away")),
        no=("stay", tr("Go on writing")), told=tr("It is not kept as a version yet."),
    )  # fmt: skip
