"""Opening an interview's sound for the page; never into the middle of what somebody is hearing."""

from PySide6.QtCore import QObject, Signal

from oralhistory.errors import NotFound
from oralhistory.services.recording.listening import Timeline
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.transport_bar import TransportBar


class SoundOpening(QObject):
    """`opened` tells that other sound is there to be played, from where the one before was."""

    opened = Signal()

    def __init__(self, context: PageContext, playback: Playback, transport: TransportBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._playback, self._transport = context, playback, transport
        self._code = ""

    def open(self, code: str) -> None:
        """Read what sound the interview has now; what was asked before counts no more."""
        self._code = code
        self._context.jobs.run(
            lambda: self._context.desk.listening.timeline(code),
            lambda timeline: self._open(code, timeline),
            self._none,
            owner=self,
        )

    def _open(self, code: str, timeline: Timeline) -> None:
        playback, transport = self._playback, self._transport
        if code != self._code or playback.playing:
            timeline.close()
            return
        at_ms = playback.position_ms
        playback.open(timeline)
        playback.position_ms = min(at_ms, playback.duration_ms)
        transport.begin(playback.duration_ms, playback.sounds)
        self.opened.emit()
        transport.show_position(playback.position_ms)

    def _none(self, error: Exception) -> None:
        if not isinstance(error, NotFound):
            self._context.jobs.tell(error)
