"""PCM as numbers: between the 24-bit little-endian frames the program keeps and what devices, filters and files use.

It keeps nothing and changes no sample that 24 bits can hold.
"""

import numpy as np
from numpy.typing import NDArray

FULL_SCALE = float(1 << 23)
"""The 24-bit sample that counts as 1.0; the largest positive one is one step below."""

_BYTES = 3


def widened(pcm: bytes) -> NDArray[np.int32]:
    """24-bit samples in the upper three bytes of 32-bit ones."""
    wide = np.zeros((len(pcm) // _BYTES, 4), np.uint8)
    wide[:, 1:] = np.frombuffer(pcm, np.uint8).reshape(-1, _BYTES)
    return wide.view("<i4").ravel()


def narrowed(wide: NDArray[np.int32]) -> bytes:
    """The upper three bytes of 32-bit samples, as 24-bit PCM."""
    return np.ascontiguousarray(wide, "<i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()


def floats(pcm: bytes, channels: int) -> NDArray[np.float32]:
    """24-bit PCM as float32 of shape (frames, channels), -1.0 to below 1.0, exactly."""
    scaled = (widened(pcm) >> 8).astype(np.float32) / np.float32(FULL_SCALE)
    return scaled.reshape(-1, channels)


def from_floats(samples: NDArray[np.float32]) -> bytes:
    """float32 samples as 24-bit PCM, rounded and clipped."""
    scaled = np.rint(samples.astype(np.float64).ravel() * FULL_SCALE)
    return narrowed(np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int32) << 8)
