"""Where a long stretch of speech is cut into windows an engine can hear: never longer than 30 s, at the quietest places.

The windows cover everything, without gap or overlap; one that holds nothing but silence is marked, so that the model, which
invents over silence, need not be asked.
"""

from collections.abc import Sequence

import numpy as np

from oralhistory.transcription import loudness
from oralhistory.transcription.loudness import FRAME_MS, RATE, Levels, Samples

MAX_MS = 30_000
_SEARCHED_MS = 10_000
_SHORTEST_MS = 1_000
"""No window is left shorter than this for the sake of filling the one before."""
_PAUSE_MS = 400
"""A cut wants this much quiet around it: closures inside Korean words last 100 ms and more."""
_PER_MS = RATE // 1000


class SpeechWindows:
    """The cutting as the services know it: bytes in, (start_ms, end_ms, may hold speech) out."""

    def cut(self, pcm: bytes) -> Sequence[tuple[int, int, bool]]:
        """`pcm` is 16 kHz mono float32; times are milliseconds from its start."""
        samples = loudness.samples_of(pcm)
        return [
            (start, end, loudness.may_hold_speech(loudness.levels(samples[start * _PER_MS : end * _PER_MS])))
            for start, end in cut(samples)
        ]


def cut(samples: Samples, max_ms: int = MAX_MS) -> list[tuple[int, int]]:
    """Windows in milliseconds over all of `samples` (16 kHz mono); a last part of a millisecond counts as a whole one."""
    whole = -(-samples.size // _PER_MS)
    softness = _smoothed(loudness.levels(samples))
    windows = []
    start = 0
    while whole - start > max_ms:
        end = _quietest(
            softness, start + max_ms - min(_SEARCHED_MS, max_ms // 2), min(start + max_ms, whole - _SHORTEST_MS)
        )
        windows.append((start, end))
        start = end
    if whole > start:
        windows.append((start, whole))
    return windows


def _quietest(softness: Levels, earliest_ms: int, latest_ms: int) -> int:
    """The middle of the quietest frame between the two times; of equals the last, so that windows are few."""
    first, last = earliest_ms // FRAME_MS, max(latest_ms // FRAME_MS, earliest_ms // FRAME_MS + 1)
    candidates = softness[first:last]
    chosen = first + candidates.size - 1 - int(np.argmin(candidates[::-1]))
    return chosen * FRAME_MS + FRAME_MS // 2


def _smoothed(level: Levels) -> Levels:
    """Each frame as loud as its surroundings: the mean of the levels over a pause's length, edges repeated."""
    width = _PAUSE_MS // FRAME_MS + 1
    if not level.size:
        return level
    padded = np.pad(level, width // 2, mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid")
