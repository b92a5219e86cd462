"""What keys, pedal and buttons ask of the sound: play, pause, back, faster, this segment over and over.

Playing never stops for typing. Whether the rows follow the sound is kept in the view.
"""

import time
from collections.abc import Callable

from oralhistory.domain.ports.sound import PcmSource
from oralhistory.domain.transcript import DISTRESSING
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import tr
from oralhistory.settings import SPEEDS
from oralhistory.ui.listening.playback import SKIP_MS, JoinedSound, Playback
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.review_keys import PEDAL
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.soft_passages import SoftPassages
from oralhistory.ui.review.transport_bar import TransportBar, times

DOUBLE_TAB_S = 0.25
_TOLD_FOR_S = 30.0
"""So long nobody is told the same in a card again."""


class SoundCommands:
    def __init__(self, context: PageContext, sound: Playback, view: SegmentView, bar: TransportBar) -> None:
        self._context, self._sound, self._view, self._bar = context, sound, view, bar
        self._tabbed_at = 0.0
        self._looped = ""
        self._troubled: tuple[str, float] = "", 0.0
        self._stood_ms = 0
        """Where nothing was heard yet: what is played from there does not begin a little earlier."""
        bar.speed_chosen.connect(self._set_speed)
        view.following_changed.connect(lambda _on: self.show_following())
        view.row_changed.connect(lambda _row: self._loop_follows())
        sound.soften(self._soft)
        sound.troubled.connect(self._tell_trouble)
        self._use_speed()

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {
            "play": self.toggle, "play_tab": self._tab, "play_row": self._play_row, PEDAL: self._press_pedal,
            "back": lambda: self._sound.skip(-SKIP_MS), "forward": lambda: self._sound.skip(SKIP_MS),
            "slower": lambda: self._faster(-1), "faster": lambda: self._faster(1), "loop": self._loop,
        }  # fmt: skip

    def begin(self) -> None:
        """Another interview is in hand."""
        self._tabbed_at, self._looped, self._stood_ms = 0.0, "", 0
        self._sound.stand(0)
        self._sound.set_loop(None)
        self._show_loop()

    def play(self, from_ms: int) -> None:
        self._view.follow(True)
        self._sound.play(from_ms)

    def stand_here(self) -> None:
        """Somebody was sent to the row in hand: the sound begins with it."""
        if self._view.segment is not None and not self._sound.playing:
            self._stood_ms = self._view.segment.start_ms
            self._sound.stand(self._stood_ms)

    def toggle(self) -> None:
        at_ms = self._sound.position_ms
        if not self._sound.playing and at_ms == 0 and self._view.segment is not None:
            return self._play_row()
        if not self._sound.playing and at_ms == self._stood_ms:
            return self.play(at_ms)
        self._view.follow(True)
        return self._sound.toggle(self._context.settings.current.step_back_ms)

    def let_pedal_go(self) -> None:
        """The pedal came up: silence, if it plays only while it is held."""
        if self._context.settings.current.pedal == "hold":
            self._sound.pause()

    def show_following(self) -> None:
        """Offer the way back while the rows do not follow what is being heard."""
        self._bar.to_sound.setVisible(self._sound.playing and not self._view.following)

    def _tell_trouble(self, error: OralHistoryError) -> None:
        """In a card, and who tries again soon is told on the quiet line: a card at every key moves the whole page."""
        before, since = self._troubled
        if error.happened == before and time.monotonic() - since < _TOLD_FOR_S:
            self._context.notify(error.happened)
        else:
            self._troubled = error.happened, time.monotonic()
            self._context.jobs.tell(error)

    def _soft(self, sound: JoinedSound) -> PcmSource:
        """What is marked as distressing is played softly."""
        spans = [(one.start_ms, one.end_ms) for one in self._view.text.segments if DISTRESSING in one.flags]
        return SoftPassages(sound, spans) if spans else sound

    def _press_pedal(self) -> None:
        held = self._context.settings.current.pedal == "hold"
        if not held or not self._sound.playing:
            self.toggle()

    def _tab(self) -> None:
        now = time.monotonic()
        if now - self._tabbed_at < DOUBLE_TAB_S:
            self._sound.play(max(self._sound.position_ms - SKIP_MS, 0))
        else:
            self.toggle()
        self._tabbed_at = now

    def _play_row(self) -> None:
        if self._view.segment is not None:
            self.play(self._view.segment.start_ms)

    def _faster(self, step: int) -> None:
        at = SPEEDS.index(self._context.settings.current.speed) + step
        if 0 <= at < len(SPEEDS):
            self._set_speed(SPEEDS[at])

    def _set_speed(self, percent: int) -> None:
        self._context.settings.change(speed=percent)
        self._use_speed()
        self._context.notify(tr("Speed: {times}", times=times(percent)))

    def _use_speed(self) -> None:
        percent = self._context.settings.current.speed
        self._bar.show_speed(percent)
        self._sound.set_speed(percent / 100)

    def _loop(self) -> None:
        segment = self._view.segment
        if self._looped or segment is None:
            self._looped = ""
            self._sound.set_loop(None)
        else:
            self._looped = segment.id
            self._sound.set_loop((segment.start_ms, segment.end_ms))
            if not segment.start_ms <= self._sound.position_ms < segment.end_ms or not self._sound.playing:
                self.play(segment.start_ms)
        self._show_loop()

    def _loop_follows(self) -> None:
        """The loop is of the row in hand: going to another one takes it along, and so does moving its borders."""
        segment = self._view.segment
        if self._looped and segment is not None:
            another, self._looped = segment.id != self._looped, segment.id
            self._sound.set_loop((segment.start_ms, segment.end_ms))
            if another and self._sound.playing:
                self.play(segment.start_ms)

    def _show_loop(self) -> None:
        self._bar.loop.setChecked(bool(self._looped))
