"""How loud the last moments were: what the meter shows, and whether the microphone gives anything at all.

A muted microphone still delivers peaks of 0.0005 to 0.001, while real speech was never under 0.0042 in 495 takes (EnviousWispr,
issue 1845); some broken ones repeat one block, or a handful of blocks, for ever.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

MUTED_BELOW = 0.001
SILENT_AFTER_S = 2.8
"""Told within three seconds, the block and the heartbeat included."""
CHANNEL_SILENT_AFTER_S = 10.0
FULL_SCALE = 0.9999
TELL_CLIPPING_S = 3.0
_REMEMBERED_BLOCKS = 50
"""Blocks among which a repeated one is looked for: a second."""

Peaks = Callable[[bytes, int], tuple[float, ...]]
"""The largest sample of each channel, 0.0 to 1.0, of PCM with so many channels."""


class Loudness:
    """Fed by one thread, read by another."""

    def __init__(self, peaks: Peaks, clock: Callable[[], float] = time.monotonic) -> None:
        self._measure = peaks
        self._clock = clock
        self._lock = threading.Lock()
        self._peaks: tuple[float, ...] = ()
        self._last_sign = self._last_new = clock()
        self._channel_signs: list[float] = []
        self._clipped_at: float | None = None
        self._before: deque[int] = deque(maxlen=_REMEMBERED_BLOCKS)

    def start(self) -> None:
        """A stretch of sound begins: nothing was heard in it yet, and nothing missed."""
        with self._lock:
            self._last_sign = self._last_new = self._clock()
            self._channel_signs, self._clipped_at = [], None
            self._before.clear()

    def hear(self, pcm: bytes, channels: int) -> None:
        found = self._measure(pcm, channels)
        mark, now = hash(pcm), self._clock()
        repeated = mark in self._before
        self._before.append(mark)
        with self._lock:
            before = self._peaks if len(self._peaks) == channels else (0.0,) * channels
            self._peaks = tuple(map(max, before, found))
            if len(self._channel_signs) != channels:
                self._channel_signs = [now] * channels
            if max(found) <= MUTED_BELOW or not repeated:
                self._last_new = now
            if max(found) > MUTED_BELOW and not repeated:
                self._last_sign = now
            for channel, peak in enumerate(found):
                if peak > MUTED_BELOW:
                    self._channel_signs[channel] = now
            if max(found) >= FULL_SCALE:
                self._clipped_at = now

    def take_peaks(self) -> tuple[float, ...]:
        """The largest sample of each channel since this was last asked."""
        with self._lock:
            peaks, self._peaks = self._peaks, (0.0,) * len(self._peaks)
        return peaks

    @property
    def silent(self) -> bool:
        """Whether nothing a voice could be has come for three seconds."""
        with self._lock:
            return self._clock() - self._last_sign >= SILENT_AFTER_S and not self._is_frozen()

    @property
    def frozen(self) -> bool:
        """Whether the same sound has come over and over for three seconds."""
        with self._lock:
            return self._is_frozen()

    @property
    def channel_silent(self) -> bool:
        """Whether one channel is dead while another one is not."""
        with self._lock:
            since = [self._clock() - sign for sign in self._channel_signs]
        return len(since) > 1 and max(since) >= CHANNEL_SILENT_AFTER_S and min(since) < SILENT_AFTER_S

    @property
    def clipping(self) -> bool:
        """Whether a sample stood at full scale a moment ago."""
        with self._lock:
            return self._clipped_at is not None and self._clock() - self._clipped_at < TELL_CLIPPING_S

    def _is_frozen(self) -> bool:
        return self._clock() - self._last_new >= SILENT_AFTER_S
