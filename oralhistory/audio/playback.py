"""Playing sealed sound through the loudspeaker, from any frame, at once.

The sound card's callback is handed one cue and copies from it; a thread reads and decrypts ahead. Starting elsewhere replaces
the cue as a whole, so the callback never sees half of a change. Nothing is written anywhere.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from oralhistory.audio import samples
from oralhistory.audio.system import Settings, SoundSystem
from oralhistory.domain.ports import PcmSource
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import DeviceFailed, OralHistoryError
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from oralhistory.audio.stretch import Stretch

AHEAD_S = 1.0
"""How much is decrypted in advance."""
_CHUNK_S = 0.05
_LATENCIES = (0.03, "high")
"""Seconds that the device holds back. What it calls low (9 ms) ran dry at each stir of a busy window; a sound server then is
silent for up to two seconds."""
_BYTES_PER_SAMPLE = 4  # float32: every device and driver takes it


class _Cue:
    """What is to be heard: `source` from a frame on, at `speed`. One thread fills it, the callback empties it.

    Frames count as they leave for the loudspeaker; `source_frame` says which of the source is heard there.
    """

    def __init__(self, source: PcmSource, from_frame: int, speed: float) -> None:
        self.source = source
        self.first_frame = from_frame
        self.speed = speed
        self.chunks: deque[bytes] = deque()
        self.next_frame = from_frame
        self.read_to_end = False
        self.unreadable: OralHistoryError | None = None
        self.ready_frames = 0
        self.played_frames = 0
        self.rest = b""
        self._stretch = _stretch(source.format, speed)

    def fill(self, frames: int) -> None:
        """Decrypt so many frames more."""
        sound = self.source.format
        count = min(frames, self.source.frames - self.next_frame)
        if count > 0:
            pcm = self.source.read(self.next_frame, count)
            self.next_frame += count
            heard = samples.floats(pcm, sound.channels)
            self._put(self._stretch.feed(heard) if self._stretch else heard)
        elif not self.read_to_end:
            if self._stretch:
                self._put(self._stretch.finish())
            self.read_to_end = True

    def fill_ahead(self) -> None:
        """Decrypt a moment more; what can't be read is kept as `unreadable`, and nothing is read any more."""
        try:
            self.fill(int(self.source.format.rate * _CHUNK_S))
        except OralHistoryError as error:
            self.unreadable = error

    @property
    def hungry(self) -> bool:
        """Whether more is to be read now."""
        return not (self.read_to_end or self.unreadable) and self.ahead < AHEAD_S * self.source.format.rate

    def _put(self, frames: Any) -> None:
        if len(frames):
            self.chunks.append(frames.tobytes())
            self.ready_frames += len(frames)

    @property
    def ahead(self) -> int:
        """Frames that are ready and not yet played."""
        return self.ready_frames - self.played_frames

    @property
    def over(self) -> bool:
        return self.read_to_end and self.ahead <= 0

    def source_frame(self, held_back: int) -> int:
        """The frame of the source that is heard while the device holds so many frames back."""
        heard = max(0, self.played_frames - (0 if self.over else held_back))
        return min(self.first_frame + round(heard * self.speed), self.next_frame)

    def take(self, count: int, width: int) -> bytes:
        """Up to `count` bytes for the loudspeaker (called by the callback)."""
        while len(self.rest) < count:
            try:
                self.rest += self.chunks.popleft()
            except IndexError:
                break
        taken, self.rest = self.rest[:count], self.rest[count:]
        self.played_frames += len(taken) // width
        return taken


def _stretch(sound: SoundFormat, speed: float) -> "Stretch | None":
    if speed == 1.0:
        return None
    from oralhistory.audio.stretch import Stretch  # PyAV, for whoever wants another speed

    return Stretch(sound.rate, sound.channels, speed)


class Player:
    """One loudspeaker stream, opened when it is needed. Safe from every thread. `ended` is called when a source is over.

    `ended` comes on the player's own thread, and not when playing was stopped or moved elsewhere.
    """

    def __init__(self, system: SoundSystem, ended: Callable[[], None] = lambda: None) -> None:
        self._system = system
        self._ended = ended
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._cue: _Cue | None = None
        self._stream: Any = None
        self._format: SoundFormat | None = None
        self._width = 0
        self._closing = False
        self._feeder = threading.Thread(target=self._feed, name="player", daemon=True)
        self._feeder.start()

    def play(self, source: PcmSource, from_frame: int, speed: float = 1.0) -> None:
        """Play `source` from a frame to its end, instead of what was played before. DeviceFailed without a loudspeaker.

        At another `speed` (0.5 to 2.0) the pitch is kept.
        """
        cue = _Cue(source, max(0, from_frame), speed)
        while not (cue.ahead or cue.read_to_end):  # the stretching filter gives nothing for its first frames
            cue.fill(int(source.format.rate * _CHUNK_S))
        with self._lock:
            self._cue = None
            self._open_for(source.format)
            self._cue = cue
        self._wake.set()

    def stop(self) -> None:
        """Silence: nothing plays any more."""
        with self._lock:
            self._cue = None

    def rest(self) -> None:
        """Silence, and no stream: while one is open a microphone that is plugged in does not appear (see `SoundSystem`)."""
        with self._lock:
            self._cue = None
            self._let_go()

    def close(self) -> None:
        """Let go of the loudspeaker for good."""
        self.stop()
        self._closing = True
        self._wake.set()
        self._feeder.join()
        self.rest()

    @property
    def position(self) -> int | None:
        """The frame of the source that the loudspeaker is at, what the device still holds back taken off.

        None when nothing plays, and when a source is over: this is how the window knows that nobody listens any more.
        """
        cue, stream = self._cue, self._stream
        if cue is None or stream is None:
            return None
        held_back = int(float(stream.latency) * cue.source.format.rate)
        return cue.source_frame(held_back)

    @property
    def failure(self) -> OralHistoryError | None:
        """Why nothing is heard any more, although neither the source is over nor anybody stopped it; else None.

        Damaged or NotFound of the source, when what could be read of it was played; DeviceFailed when the loudspeaker is gone.
        `position` stays where it was; what is played next tries anew.
        """
        cue, stream = self._cue, self._stream
        if cue is None or stream is None:
            return None
        if not stream.active:
            return _gone()
        return cue.unreadable if cue.ahead <= 0 else None

    @property
    def playing(self) -> bool:
        return self._cue is not None

    def _open_for(self, sound: SoundFormat) -> None:
        if self._stream is not None and self._stream.active and _alike(self._format, sound):
            return
        self._let_go()
        self._width = sound.channels * _BYTES_PER_SAMPLE
        self._stream, _ = self._system.open_output(_candidates(sound), self._give)
        self._format = sound
        self._system.start(self._stream)

    def _let_go(self) -> None:
        if self._stream is not None:
            self._system.close(self._stream)
            self._stream, self._format = None, None

    def _give(self, out: Any, _frames: int, _time: Any, _status: Any) -> None:
        cue = self._cue
        sound = cue.take(len(out), self._width) if cue else b""
        out[: len(sound)] = sound
        out[len(sound) :] = bytes(len(out) - len(sound))

    def _feed(self) -> None:
        while not self._closing:
            cue = self._cue
            if cue is None:
                self._wake.wait()
                self._wake.clear()
                continue
            while cue is self._cue and cue.hungry:
                cue.fill_ahead()
            if cue.over:
                self._come_to_the_end(cue)
            else:
                self._wake.wait(_CHUNK_S)
                self._wake.clear()

    def _come_to_the_end(self, cue: _Cue) -> None:
        with self._lock:
            if cue is not self._cue:
                return
            self._cue = None
        self._ended()


def _alike(one: SoundFormat | None, other: SoundFormat) -> bool:
    return one is not None and (one.rate, one.channels) == (other.rate, other.channels)


def _gone() -> DeviceFailed:
    return DeviceFailed(
        tr("The loudspeaker or the headphones are gone."),
        safe=tr("The recording is as it was."),
        todo=tr("Plug them in again, then play again."),
    )


def _candidates(sound: SoundFormat) -> list[Settings]:
    return [
        {"samplerate": sound.rate, "channels": sound.channels, "dtype": "float32", "latency": latency}
        for latency in _LATENCIES
    ]
