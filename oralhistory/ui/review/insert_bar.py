"""Below the text: what a transcript notes besides words, each a chip that puts it at the caret; and what the glossary offers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton

from oralhistory.domain.conventions import CONVENTIONS, inserted, written
from oralhistory.i18n import mark
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.look.drawn_once import stand_on
from oralhistory.ui.look.folding import Folding
from oralhistory.ui.look.pieces import button, column
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.chip_faces import WORDS
from oralhistory.ui.review.glossary_bar import GlossaryBar
from oralhistory.ui.review.review_keys import INSERT, Keys, shown
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.text_menu import TextMenu


class InsertBar(QFrame):
    """`commanded` carries the same commands as the keys; `menu` offers the others, here and in the text."""

    commanded = Signal(str)

    def __init__(
        self,
        says: Wording,
        keys: Keys,
        view: SegmentView,
        glossary: GlossaryBar,
        verbatim: QPushButton,
        another_draft: QPushButton,
    ) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self._keys = keys
        self._chips = {INSERT + one.code: self._chip(says, INSERT + one.code, WORDS[one.code]) for one in CONVENTIONS}
        chips = self._chips.values()
        self.menu = TextMenu(keys, view.editor)
        view.menu_wanted.connect(self.menu.open_at)
        edit = button("review_edit", says, mark("Edit"), role="link")
        edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        edit.setMenu(self.menu)
        self.menu.commanded.connect(self.commanded)
        line = Folding(
            "review_insert_more", says, mark("Insert more"), edit, *chips, *glossary.parts, verbatim, another_draft,
            foldable=(*chips, glossary.teaching, another_draft), margins=QMargins(2 * GRID, GRID // 2, GRID, GRID // 2),
        )  # fmt: skip
        self.setLayout(column(line))
        stand_on(QPalette.ColorRole.Base, self)
        glossary.commanded.connect(self.commanded)
        self.again()

    def again(self) -> None:
        """Tell the keys as they are now."""
        for command, chip in self._chips.items():
            chip.setToolTip(shown(self._keys.key(command)))

    def _chip(self, says: Wording, command: str, words: str) -> QPushButton:
        made = button(f"review_{command}", says, words, role="chip")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        made.clicked.connect(partial(self.commanded.emit, command))
        return made


class Inserting:
    """Puts what is noted at the caret; what is being composed is brought in first, what is selected gives way."""

    def __init__(self, view: SegmentView, sound: Playback) -> None:
        self._view, self._sound = view, sound

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {INSERT + one.code: partial(self._insert, at) for at, one in enumerate(CONVENTIONS)}

    def _insert(self, which: int) -> None:
        self._view.editor.in_turn(partial(self._insert_now, which))

    def _insert_now(self, which: int) -> None:
        view = self._view
        segment, editor = view.segment, view.editor
        if segment is None or editor.isHidden():
            return
        editor.settle_ime()
        editor.textCursor().removeSelectedText()
        text, caret = editor.toPlainText(), editor.caret()
        heard = self._sound.position_ms
        at_ms = heard if segment.start_ms <= heard < segment.end_ms else segment.start_ms
        words, stands = inserted(text, caret, written(CONVENTIONS[which], segment, caret, at_ms))
        editor.insertPlainText(words)
        editor.set_caret(caret + stands)
