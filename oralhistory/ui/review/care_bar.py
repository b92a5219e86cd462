"""The clock of whoever listens: how long it was today, and a quiet line when a pause would do good.

Never in the way: no window, no sound, no focus taken, nothing stopped. Kept is today's figure, in this person's settings.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.exposure import Exposure, Suggestion, suggested
from oralhistory.domain.timecode import clock
from oralhistory.i18n import mark, tr
from oralhistory.settings import SettingsFile
from oralhistory.ui.look.pieces import button, label, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_MINUTE_MS = 60_000


def _now() -> datetime:
    return datetime.now().astimezone()


class CareBar(QFrame):
    """Hidden while there is nothing to suggest. `told` carries how long was listened today, in words."""

    told = Signal(str)

    def __init__(self, settings: SettingsFile, says: Wording, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self.setObjectName("review_care")
        self.setProperty("role", "bar")
        self._settings, self._now = settings, now
        self._suggestion: Suggestion | None = None
        self._words = label()
        self._words.setObjectName("review_care_words")
        close = button("review_care_close", says, mark("Close"))
        close.clicked.connect(self.rest)
        layout = row(self._words, close)
        layout.setStretch(0, 1)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(layout)
        self._exposure = self._kept()
        self.hide()

    def _kept(self) -> Exposure:
        """What was listened today before: a pause lies between, for the archive was opened anew. Another day's is forgotten."""
        kept, at = self._settings.current, self._now()
        if kept.listened_on == at.date().isoformat():
            return Exposure(at, kept.listened_ms)
        if kept.listened_on:
            self._settings.change(listened_on="", listened_ms=0)
        return Exposure()

    def heard(self, sound_ms: int) -> None:
        """So much of a recording was played just now, at the speed that is set."""
        spent = sound_ms * 100 // self._settings.current.speed
        before, self._exposure = self._exposure, self._exposure.later(self._now(), spent)
        after, wanted = self._exposure, self._settings.current
        found = suggested(before, after, wanted.listening_pause_minutes, wanted.listening_day_minutes)
        if found is not None:
            self._suggestion = found
            self.show()
        if found is not None or after.today_ms // _MINUTE_MS != before.today_ms // _MINUTE_MS:
            self.keep()
            self.again()

    def keep(self) -> None:
        """Write down today's figure in place of any other."""
        last = self._exposure.last
        if last is not None and self._exposure.today_ms != self._settings.current.listened_ms:
            self._settings.change(listened_on=last.date().isoformat(), listened_ms=self._exposure.today_ms)

    def rest(self) -> None:
        """Say nothing until the next time."""
        self._suggestion = None
        self.hide()

    def again(self) -> None:
        """Say everything again in the language now in use."""
        today = clock(self._exposure.today_ms)[:-3]
        self.told.emit(tr("Listened today: {time}", time=today) if self._exposure.today_ms >= _MINUTE_MS else "")
        if self._suggestion is Suggestion.PAUSE:
            minutes = self._exposure.unbroken_ms // _MINUTE_MS
            self._words.setText(
                tr("You have listened for {minutes} minutes without a pause. A few minutes away from it do good; the "
                   "interview waits.", minutes=minutes)
            )  # fmt: skip
        elif self._suggestion is Suggestion.ENOUGH:
            self._words.setText(
                tr("You have listened for {time} today. That may be enough for one day. The rest can wait, or go to somebody "
                   "else: nobody has to say why.", time=today)
            )  # fmt: skip
