"""A few words of the interview to listen to: from a little before them to a little after, and then silence again.

What is heard here does not count as listened to: a word in passing is no review.
"""

from PySide6.QtCore import QObject

from oralhistory.domain.spans import Span
from oralhistory.errors import NotFound
from oralhistory.services.recording.listening import Timeline
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.page import PageContext

_AROUND_MS = 600
"""Names are understood from the words around them."""


class Sounding(QObject):
    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._code = ""
        self._opened = False
        self._wanted: Span | None = None
        self._playback = Playback(context.player, self)
        self._playback.moved.connect(self._watch)
        self._playback.troubled.connect(context.jobs.trouble)

    @property
    def playing(self) -> bool:
        return self._playback.playing

    def begin(self, code: str) -> None:
        """From now on it is this interview that is heard."""
        self.end()
        self._code = code

    def end(self) -> None:
        """Be silent, and let go of the sound."""
        self._wanted = None
        self._playback.close()
        self._opened = False

    def hear(self, span: Span) -> None:
        """Play this stretch; the same one again stops it."""
        if self.playing and span == self._wanted:
            return self._playback.pause()
        self._wanted = span
        if self._opened:
            return self._play()
        code, listening = self._code, self._context.desk.listening
        self._context.jobs.run(
            lambda: listening.timeline(code), lambda found: self._open(code, found), self._no_sound, owner=self
        )
        return None

    def _open(self, code: str, timeline: Timeline) -> None:
        if code != self._code or self._opened or self._wanted is None:
            return timeline.close()
        self._playback.open(timeline)
        self._opened = True
        return self._play()

    def _play(self) -> None:
        if self._wanted is not None:
            self._playback.play(max(self._wanted[0] - _AROUND_MS, 0))

    def _watch(self, at_ms: int) -> None:
        if self.playing and self._wanted is not None and at_ms >= self._wanted[1] + _AROUND_MS:
            self._playback.pause()

    def _no_sound(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._context.notify(error.happened)
        else:
            self._context.jobs.tell(error)
