"""Asked before another draft is made beside a text: what becomes of the text, and in which language it is to be heard. What is
written stays; sound that has no text yet gets what is heard in it behind that.

Whoever answers by Return or Escape without reading begins nothing.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from oralhistory.domain.chinese import may_be_spoken
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CHINESE_BRIEFLY, LANGUAGE
from oralhistory.ui.review.outset import FIND_OUT, LONGEST_SCRIPT, Outset

_WIDTH = 76 * GRID


class AnotherDraft(QDialog):
    """`wanted` carries the language ("": the interview's own) and the script of its Chinese ("": the archive's own)."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget, found: Outset, key: str) -> None:
        super().__init__(parent)
        self.setObjectName("review_another")
        self.setWindowTitle(parent.window().windowTitle())
        says = Wording()
        stays, how = label("large"), label()
        stays.setObjectName("review_another_stays")
        stays.setText(_becomes(found))
        how.setObjectName("review_another_told")
        how.setText("\n".join(found.hindrances) or _how(found, key))
        several = len(found.languages) > 1
        offered = [*([("", FIND_OUT)] if several else []), *LANGUAGE.items()]
        self._language = Choice("review_another_language", says, mark("Language that is spoken"), offered)
        self._language.pick("" if several else next(iter(found.languages), ""))
        self._chinese = Choice("review_another_chinese", says, mark("How Chinese is written"), list(CHINESE_BRIEFLY.items()))
        self._chinese.setMinimumContentsLength(LONGEST_SCRIPT)
        self._chinese.pick(found.chinese)
        self._language.picked.connect(self._show_chinese)
        made, left = mark("Make another draft"), mark("No other draft")
        if found.growing_ms:
            made, left = mark("Make the draft"), mark("No draft now")
        make = button("review_another_make", says, made, role="primary")
        make.setEnabled(found.has_sound and not found.hindrances)
        make.clicked.connect(self._make)
        stay = button("review_another_stay", says, left)
        stay.clicked.connect(self.reject)
        choices = Flow(self._language, self._chinese)
        self.setLayout(column(stays, how, choices, Flow(make, stay), margin=2 * GRID, spacing=2 * GRID))
        self._languages = found.languages
        self._show_chinese()
        stay.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the sentences want to be in this width: Qt does not ask them by itself."""
        super().showEvent(event)
        lines = self.layout()
        assert lines is not None
        self.resize(_WIDTH, max(lines.heightForWidth(_WIDTH), lines.sizeHint().height()))

    def _show_chinese(self) -> None:
        self._chinese.setVisible(may_be_spoken((self._language.value,) if self._language.value else self._languages))

    def _make(self) -> None:
        self.accept()
        self.wanted.emit(self._language.value, self._chinese.value if not self._chinese.isHidden() else "")


def _becomes(found: Outset) -> str:
    """Of the text that is there."""
    if not found.growing_ms:
        return tr("Another draft leaves the text here as it is: nothing that anybody wrote is changed.")
    return tr(
        "What is written here stays as it is. {duration} of the sound has no text yet: what is heard there is put behind it.",
        duration=clock(found.growing_ms),
    )


def _how(found: Outset, key: str) -> str:
    if not found.has_sound:
        return tr("Record the interview or import a sound file; then its text is made here.")
    made = tr("It is kept beside the text: {key} shows what it heard in a segment, and puts that there if you want.", key=key)
    if found.growing_ms:
        made = "\n".join((
            tr("With the new passages it is another text: who signed it off reads them and signs again."),
            tr("What it hears in the rest is kept beside the text: {key} shows it for each segment.", key=key),
        ))  # fmt: skip
    return f"{made}\n" + tr(
        "It is made with the speech model {model}. Model and engine are chosen in the settings.", model=found.model
    )
