"""How loud the last moments were: what the meter shows, and whether the microphone gives anything at all.

A muted microphone still delivers peaks of 0.0005 to 0.001, while real speech was never under 0.0042 in 495 takes (EnviousWispr,
issue 1845); some broken ones repeat one block for ever.
"""

import threading
import time
from collections.abc import Callable

MUTED_BELOW = 0.001
SILENT_AFTER_S = 3.0

Peaks = Callable[[bytes, int], tuple[float, ...]]
"""The largest sample of each channel, 0.0 to 1.0, of PCM with so many channels."""


class Loudness:
    """Fed by one thread, read by another."""

    def __init__(self, peaks: Peaks, clock: Callable[[], float] = time.monotonic) -> None:
        self._measure = peaks
        self._clock = clock
        self._lock = threading.Lock()
        self._peaks: tuple[float, ...] = ()
        self._last_sign = clock()
        self._before = b""

    def start(self) -> None:
        """A stretch of sound begins: nothing was heard in it yet, and nothing missed."""
        with self._lock:
            self._last_sign, self._before = self._clock(), b""

    def hear(self, pcm: bytes, channels: int) -> None:
        found = self._measure(pcm, channels)
        stuck, self._before = pcm == self._before, pcm
        with self._lock:
            before = self._peaks if len(self._peaks) == channels else (0.0,) * channels
            self._peaks = tuple(map(max, before, found))
            if max(found) > MUTED_BELOW and not stuck:
                self._last_sign = self._clock()

    def take_peaks(self) -> tuple[float, ...]:
        """The largest sample of each channel since this was last asked."""
        with self._lock:
            peaks, self._peaks = self._peaks, (0.0,) * len(self._peaks)
        return peaks

    @property
    def silent(self) -> bool:
        """Whether nothing a voice could be has come for three seconds."""
        with self._lock:
            return self._clock() - self._last_sign >= SILENT_AFTER_S
