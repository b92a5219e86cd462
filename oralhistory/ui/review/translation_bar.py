"""What the segment in hand says in another language, typed by a person: in a field of its own, never in the testimony.

What stands in the field belongs to the segment it was begun for: it is handed over whenever the typing rests, so that a crash
takes no more of it than of the text, and when another segment is taken in hand.
"""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton

from oralhistory.domain.transcript import Segment
from oralhistory.i18n import mark, tr
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.ui.look.pieces import Choice, column, label, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.review.note_field import NoteField

_NONE = mark("no translation")


class TranslationBar(QFrame):
    """`written` carries a segment's id, a language and words; `given` that the person is through with this segment."""

    written = Signal(str, str, str)
    given = Signal()
    language_chosen = Signal(str)

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self._segment: Segment | None = None
        self._placed = ""
        self._gone = ""
        self.language = ""
        """Of the translation that is being written; empty when none is."""
        languages = [("", _NONE), *((one, LANGUAGE[one]) for one in LANGUAGES)]
        self._language = Choice("review_translation_language", says, mark("Language of the translation"), languages)
        self._language.picked.connect(lambda: self.language_chosen.emit(self._language.value))
        close = QToolButton()
        close.setObjectName("review_translation_close")
        says(close.setAccessibleName, mark("Close the translation"))
        says(close.setToolTip, mark("Close the translation; what was written is kept"))
        theme.dress(close, "close")
        close.clicked.connect(lambda: self.language_chosen.emit(""))
        self._told = label("small")
        self._told.setObjectName("review_translation_told")
        self.field = NoteField("review_translation", 7 * GRID)
        says(self.field.setAccessibleName, mark("Translation of this segment"))
        says(self.field.setPlaceholderText, mark("In no export. Enter: next segment."))
        self.field.given.connect(self._give)
        self.field.rested.connect(self.hand_in)
        side = column(self._language, self._told, spacing=GRID // 2)
        layout = row(self.field)
        layout.addLayout(side)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(0, 1)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def use(self, language: str) -> None:
        """Write in this language from now on; empty: no translation."""
        if language != self.language:
            self.hand_in()
            self.language = language
            self._place(self._segment)
        self._language.pick(language)

    def offer(self, languages: Collection[str]) -> None:
        """Into which languages this text can be put."""
        for at, one in enumerate(LANGUAGES, 1):  # behind that there is none
            self._language.view().setRowHidden(at, one not in languages)  # type: ignore[attr-defined]

    def show_row(self, segment: Segment | None) -> None:
        """The segment in hand as it stands; what is being written for it stays."""
        if segment is None or self._segment is None or segment.id != self._segment.id:
            self._gone = ""
            self.hand_in()
            self._place(segment, self._gone)
        elif segment != self._segment:
            typed = self.field.composing or _words(self.field.toPlainText()) != self._placed
            self._segment = segment
            if not typed and not self.field.hasFocus():  # else: an answer to what was handed in, while the next words come
                self._place(segment)
            self._tell()

    def hand_in(self) -> None:
        """What stands in the field is the translation of the segment it stands for."""
        words = _words(self.field.settled_text())
        if self._segment is not None and self.language and words != self._placed:
            self._placed = words
            self.written.emit(self._segment.id, self.language, words)

    def take_back(self, words: str) -> None:
        """What was handed in for a segment that is gone by now goes on being written, behind what the one in hand has."""
        self._gone = words

    def again(self) -> None:
        """Say everything again in the language now in use."""
        self._tell()

    def _place(self, segment: Segment | None, more: str = "") -> None:
        self._segment = segment
        found = segment.translated(self.language) if segment is not None else None
        self._placed = found.text if found is not None else ""
        self.field.settle_ime()
        self.field.setPlainText(" ".join(filter(None, [self._placed, more])))
        self._tell()

    def _tell(self) -> None:
        found = self._segment.translated(self.language) if self._segment is not None else None
        if found is None or self._segment is None:
            self._told.setText("")
        elif found.of == self._segment.sha256:
            self._told.setText(tr("by {who}", who=found.by))
        else:
            self._told.setText(tr("by {who}; the text was changed since", who=found.by))

    def _give(self) -> None:
        self.hand_in()
        self.given.emit()


def _words(text: str) -> str:
    return " ".join(text.split())
