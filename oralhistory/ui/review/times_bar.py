"""Guessed times: what that means in a sentence, and the buttons with which a person who listened says that they are right.

Hidden where no time of the text is guessed.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from oralhistory.i18n import mark, ntr
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.review_keys import Keys, shown
from oralhistory.ui.review.review_text import ReviewText, Then
from oralhistory.ui.review.segment_view import SegmentView


class TimesBar(QFrame):
    """`commanded` carries the same commands as the keys."""

    commanded = Signal(str)

    def __init__(self, says: Wording, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self._count = 0
        self._told = label()
        self._told.setObjectName("review_times_guessed")
        self._briefly = label("soft", wrap=False)
        self._briefly.hide()
        layout = column(self._told)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.addLayout(Flow(
            self._briefly,
            self._button(says, "times_right", mark("The times of this segment are right")),
            self._button(says, "times_right_before", mark("All up to here are right")),
        ))  # fmt: skip
        self.setLayout(layout)
        says(lambda _words: self._tell(), "")

    def _button(self, says: Wording, command: str, words: str) -> QPushButton:
        made = button(f"review_{command}", says, words)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        made.clicked.connect(partial(self.commanded.emit, command))
        says(lambda _words: made.setToolTip(shown(self._keys.key(command))), "")  # the key may be another by then
        return made

    def give_way(self, briefly: bool) -> None:
        """Say it in a few words, the whole to whoever points at them: there is little room, and the text needs it."""
        self._told.setHidden(briefly)
        self._briefly.setVisible(briefly)

    def show_count(self, count: int) -> None:
        """So many segments of the text have guessed times."""
        if count != self._count:
            self._count = count
            self._tell()

    def _tell(self) -> None:
        self._briefly.setText(ntr("{n} guessed time", "{n} guessed times", self._count))
        self._told.setText(
            ntr(
                "The times of {n} segment are guessed: nobody has confirmed when it was said. While any passage is sealed, this"
                " segment cannot leave. Listen, move wrong borders, then confirm.",
                "The times of {n} segments are guessed: nobody has confirmed when they were said. While any passage is sealed,"
                " these segments cannot leave. Listen, move wrong borders, then confirm.",
                self._count,
            )
        )
        self._briefly.setToolTip(self._told.text())
        self._briefly.setAccessibleDescription(self._told.text())
        self.setVisible(self._count > 0)


class TimesCommands:
    """`when_heard(then)` calls back when everything that was played up to now is stored: nobody confirms what nobody heard."""

    def __init__(
        self,
        context: PageContext,
        text: ReviewText,
        view: SegmentView,
        bar: TimesBar,
        when_heard: Callable[[Callable[[], None]], None],
    ) -> None:
        self._context, self._text, self._view, self._bar, self._when_heard = context, text, view, bar, when_heard
        bar.commanded.connect(lambda command: self.all()[command]())

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {"times_right": partial(self._right, False), "times_right_before": partial(self._right, True)}

    def show(self) -> None:
        """The text is another one, or was changed."""
        self._bar.show_count(self._text.guessed)

    def _right(self, before: bool) -> None:
        segment = self._view.segment
        if segment is None:
            return
        was = self._text.guessed

        def told(at: int | None) -> None:
            self._view.go_on(self._text.row_of(segment.id))
            if at is not None and (now := was - self._text.guessed):
                self._context.notify(ntr("The times of {n} segment are right.", "The times of {n} segments are right.", now))

        self._view.wait()
        self._when_heard(lambda: self._confirm(segment.id, before, told))

    def _confirm(self, segment: str, before: bool, then: Then) -> None:
        """Wherever the segment stands by now: storing what was heard took its time. Nothing, where it is gone."""
        row = self._text.row_of(segment)
        if row is None:
            then(None)
        else:
            self._text.confirm_times(row, then, before=before)
