"""What can be done with the segment in hand, as a menu: each command with its key, for whoever does not know the keys.

It opens by a right click, by the menu key, and by a button below the text; the commands are those of the keys.
"""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from oralhistory.i18n import tr
from oralhistory.ui.review.review_keys import Keys, shown
from oralhistory.ui.review.segment_editor import SegmentEditor

_OFFERED = (
    ("undo", "redo"),
    ("replace", "alike", "glossary_add"),
    ("right", "check", "mark", "comment"),
    ("split", "join", "same_speaker_on", "play_row"),
    ("translation", "passage"),
    ("keys",),
)  # fmt: skip
"""In groups. What is typed, played or jumped to all day is no matter for a menu."""
_CLIPBOARD = ("edit-cut", "edit-copy", "edit-paste")


class TextMenu(QMenu):
    """`commanded` carries the same commands as the keys."""

    commanded = Signal(str)

    def __init__(self, keys: Keys, editor: SegmentEditor) -> None:
        super().__init__(editor)
        self.setObjectName("review_text_menu")
        self._keys, self._editor = keys, editor
        self._usual: QMenu | None = None
        self.aboutToShow.connect(self._fill)

    def open_at(self, place: QPoint) -> None:
        """On the screen; once where a key comes as a key and as a wish for a menu."""
        if not self.isVisible():
            self.popup(place)

    def _fill(self) -> None:
        """As the keys, the language and what is selected are now."""
        self.clear()
        for group in _OFFERED:
            for command in group:
                self.addAction(self._action(command))
            self.addSeparator()
            if group[0] == "undo":
                self._add_clipboard()

    def _action(self, command: str) -> QAction:
        key = self._keys.key(command)
        action = QAction(f"{tr(key.offered or key.says)}\t{shown(key, 1)}", self)
        action.setObjectName(f"review_menu_{command}")
        action.triggered.connect(partial(self.commanded.emit, command))
        return action

    def _add_clipboard(self) -> None:
        """Cut, copy and paste as every text field offers them, in Qt's own words."""
        if self._usual is not None:
            self._usual.deleteLater()
        self._usual = self._editor.createStandardContextMenu()
        for action in self._usual.actions():
            if action.objectName() in _CLIPBOARD:
                self.addAction(action)
        self.addSeparator()
