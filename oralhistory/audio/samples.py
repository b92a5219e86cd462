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


def to_24_bits(raw: bytes, dtype: str) -> bytes:
    """What a device gave (`int16`, `int24`, `int32` or `float32`, little-endian) as 24-bit PCM."""
    if dtype == "int24":
        return raw
    if dtype == "int32":
        return narrowed(np.frombuffer(raw, "<i4"))
    if dtype == "int16":
        return narrowed(np.frombuffer(raw, "<i2").astype(np.int32) << 16)
    if dtype == "float32":
        return from_floats(np.frombuffer(raw, "<f4"))
    raise ValueError("no such sample format")


def peaks(pcm: bytes, channels: int) -> tuple[float, ...]:
    """The largest sample of each channel, 0.0 to 1.0; zeros for no sound."""
    if not pcm:
        return (0.0,) * channels
    wide = widened(pcm).reshape(-1, channels)
    loudest = np.maximum(wide.max(axis=0), -(wide.min(axis=0).astype(np.int64)))
    return tuple(float(one) / (1 << 31) for one in loudest)
