"""What the glossary offers for the segment in hand, one key away; and the way to teach it another word."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from oralhistory.domain.replacing import Place
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, joined
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.review_keys import Keys, shown

_MOST_LETTERS = 40


class GlossaryBar(QObject):
    """Its `parts` stand in a bar of somebody else's; `teaching` is the one of them that can wait.

    `commanded` carries the same commands as the keys.
    """

    commanded = Signal(str)

    def __init__(self, says: Wording, keys: Keys, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = keys
        self._words = ""
        self._put = button("review_glossary_put", Wording(), "", role="link")
        self._add = button("review_glossary_add", says, mark("Glossary …"), role="link")
        for one, command in ((self._put, "glossary"), (self._add, "glossary_add")):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
            one.clicked.connect(partial(self.commanded.emit, command))
        self.parts = (self._put, self._add)
        self.teaching = self._add
        self.show_places(None, ())

    def show_places(self, segment: Segment | None, places: Sequence[Place]) -> None:
        """What would be put where in the segment in hand."""
        text = segment.text if segment is not None else ""
        words = joined(list(dict.fromkeys(f"{text[one.start : one.end]} → {one.put}" for one in places)), ",  ")
        self._words = words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…"
        self.again()

    def again(self) -> None:
        """Say everything again, with the keys as they are now."""
        key = shown(self._keys.key("glossary"))
        self._put.setVisible(bool(self._words))
        self._put.setText(f"{self._words}  ({key})" if key else self._words)
        self._put.setAccessibleName(tr("Put the words of the glossary: {words}", words=self._words))
        self._add.setToolTip(shown(self._keys.key("glossary_add")))
