"""How loud speech sound is over time, and where it holds nothing that could be speech.

The gate is careful with people who whisper: it calls silent only what is below any microphone's own noise, or a steady sound
that is both soft and without the ups and downs of a voice.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second everywhere in this room."""
FRAME_MS = 20
_FRAME = RATE * FRAME_MS // 1000
BELOW_ANY_VOICE_DB = -70.0
"""Of full scale. Softer than the noise of ordinary microphones; whispering reaches -50."""
_SOFT_DB = -45.0
_VOICE_RISES_DB = 6.0
"""A voice stands out of its own pauses by 20 dB and more; room noise in frames of 20 ms varies by 2 or 3."""
_LONG_ENOUGH_TO_COMPARE = 2_000 // FRAME_MS
_SHORTEST_SOUND = 100 // FRAME_MS
"""Frames: a word is longer than 100 ms."""

Samples = NDArray[np.float32]
Levels = NDArray[np.float64]


def samples_of(pcm: bytes) -> Samples:
    """16 kHz mono little-endian float32 bytes as an array over the same memory."""
    return np.frombuffer(pcm, dtype="<f4")


def levels(samples: Samples) -> Levels:
    """The level of each frame of 20 ms in dB of full scale, without a constant offset; the last frame may be short."""
    if not samples.size:
        return np.zeros(0)
    padded: NDArray[Any] = np.resize(samples.astype(np.float64) - samples.mean(), -(-samples.size // _FRAME) * _FRAME)
    padded[samples.size :] = 0.0
    power = np.square(padded.reshape(-1, _FRAME)).mean(axis=1)
    power[-1] *= _FRAME / (samples.size - (power.size - 1) * _FRAME)
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)))


def may_hold_speech(level: Levels) -> bool:
    """False only when nothing in these frames could be a voice."""
    loudest = _loudest(level)
    if loudest < BELOW_ANY_VOICE_DB:
        return False
    steady = level.size >= _LONG_ENOUGH_TO_COMPARE and loudest - _floor(level) < _VOICE_RISES_DB
    return not (steady and loudest < _SOFT_DB)


def stands_out(part: Levels, whole: Levels) -> bool:
    """Whether `part` is ever louder than the pauses of the sound it was taken from."""
    return _loudest(part) >= max(BELOW_ANY_VOICE_DB, _floor(whole) + _VOICE_RISES_DB)


def _loudest(level: Levels) -> float:
    """The level that is reached for 100 ms in all; a click is shorter."""
    if level.size < _SHORTEST_SOUND:
        return -np.inf
    return float(np.sort(level)[-_SHORTEST_SOUND])


def _floor(level: Levels) -> float:
    return float(np.percentile(level, 10))
