"""How loud the last moments were: what the meter shows, and whether the microphone gives anything a voice could be.

A muted microphone still delivers peaks of 0.0005 to 0.001, while real speech was never under 0.0042 in 495 takes (EnviousWispr,
issue 1845).
"""

import threading
import time
from collections.abc import Callable, Sequence

MUTED_BELOW = 0.001
SILENT_AFTER_S = 2.7
"""Told within three seconds, the record and the heartbeat included."""
CHANNEL_SILENT_AFTER_S = 10.0
FULL_SCALE = 0.9999
TELL_CLIPPING_S = 3.0


class Loudness:
    """Fed by one thread, read by another."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._peaks: tuple[float, ...] = ()
        self._signs: list[float] = []
        """When each channel last gave a sign of life."""
        self._clipped_at: float | None = None

    def start(self) -> None:
        """A stretch of sound begins: nothing was heard in it yet, and nothing missed."""
        with self._lock:
            self._signs, self._clipped_at = [self._clock()] * len(self._signs), None

    def hear(self, peaks: Sequence[float]) -> None:
        """The largest sample of each channel, 0.0 to 1.0, in the sound that came."""
        now = self._clock()
        with self._lock:
            if len(self._signs) != len(peaks):
                self._peaks, self._signs = (0.0,) * len(peaks), [now] * len(peaks)
            self._peaks = tuple(map(max, self._peaks, peaks))
            self._signs = [now if peak > MUTED_BELOW else sign for peak, sign in zip(peaks, self._signs, strict=True)]
            if max(peaks) >= FULL_SCALE:
                self._clipped_at = now

    def take_peaks(self) -> tuple[float, ...]:
        """The largest sample of each channel since this was last asked."""
        with self._lock:
            peaks, self._peaks = self._peaks, (0.0,) * len(self._peaks)
        return peaks

    @property
    def silent(self) -> bool:
        """Whether nothing a voice could be has come for three seconds."""
        return min(self._silences(), default=0.0) >= SILENT_AFTER_S

    @property
    def channel_silent(self) -> bool:
        """Whether one channel is dead while another one is not."""
        silences = self._silences()
        return len(silences) > 1 and max(silences) >= CHANNEL_SILENT_AFTER_S and min(silences) < SILENT_AFTER_S

    @property
    def clipping(self) -> bool:
        """Whether a sample stood at full scale a moment ago."""
        with self._lock:
            return self._clipped_at is not None and self._clock() - self._clipped_at < TELL_CLIPPING_S

    def _silences(self) -> list[float]:
        now = self._clock()
        with self._lock:
            return [now - sign for sign in self._signs]
