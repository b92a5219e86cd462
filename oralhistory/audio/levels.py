"""24-bit PCM with the standard library alone: what the recorder needs of it, without the memory that numpy takes.

It changes no sample that 24 bits can hold. Levels are those of every second sample, read from its upper 16 bits (one step is
0.00003): a meter and a waveform need no more, and half the work is left to the sound.
"""

import sys
from array import array

_BYTES = 3
_EVERY = 2
FULL_SCALE = 1 << 15
"""A level that counts as 1.0."""


def to_24_bits(raw: bytes, dtype: str) -> bytes:
    """What a device gave (`int16`, `int24` or `int32`, little-endian) as 24-bit PCM."""
    if dtype == "int24":
        return raw
    if dtype == "int32":
        return bytes(_taken(raw, 4, (1, 2, 3)))
    if dtype == "int16":
        wide = bytearray(len(raw) // 2 * _BYTES)
        wide[1::_BYTES], wide[2::_BYTES] = raw[0::2], raw[1::2]
        return bytes(wide)
    raise ValueError("no such sample format")


def levels(pcm: bytes, channels: int, points: int) -> list[tuple[int, ...]]:
    """The largest sample of each channel in each of so many equal stretches, 0 to 32768; the last takes what is left over."""
    upper = array("h", bytes(_taken(pcm, _BYTES, (1, 2))))
    if sys.byteorder == "big":
        upper.byteswap()
    step = len(upper) // channels // points * channels
    edges = [*range(0, step * points, step), len(upper)] if step else [0] * points + [len(upper)]
    return [
        tuple(_largest(upper[edges[point] + channel : edges[point + 1] : channels * _EVERY]) for channel in range(channels))
        for point in range(points)
    ]


def _taken(raw: bytes, width: int, places: tuple[int, ...]) -> bytearray:
    """The bytes in these places of every `width`."""
    taken = bytearray(len(raw) // width * len(places))
    for number, place in enumerate(places):
        taken[number :: len(places)] = raw[place::width]
    return taken


def _largest(samples: "array[int]") -> int:
    if not samples:
        return 0
    highest, lowest = max(samples), min(samples)
    return max(highest, -lowest)
