"""PCM without numpy: nothing that 24 bits can hold is changed, and levels are those of the sound."""

import numpy as np
import pytest

from oralhistory.audio.levels import FULL_SCALE, levels, to_24_bits

EXTREMES = [-(1 << 23), -(1 << 23) + 1, -1, 0, 1, (1 << 23) - 1, 0x123456]


def pcm_of(numbers: list[int]) -> bytes:
    return b"".join(number.to_bytes(3, "little", signed=True) for number in numbers)


@pytest.mark.parametrize(
    ("dtype", "raw", "expected"),
    [
        ("int24", pcm_of(EXTREMES), EXTREMES),
        ("int16", np.array([-32768, -1, 0, 1, 32767], "<i2").tobytes(), [-32768 << 8, -256, 0, 256, 32767 << 8]),
        ("int32", np.array([-(1 << 31), 511, 512, -1], "<i4").tobytes(), [-(1 << 23), 1, 2, -1]),
    ],
)
def test_every_device_format_becomes_24_bits(dtype: str, raw: bytes, expected: list[int]) -> None:
    assert to_24_bits(raw, dtype) == pcm_of(expected)


def test_levels_are_per_channel_and_stretch_and_of_both_signs() -> None:
    left, right = [1 << 22, 5, 0, 0, 7, 7, 7], [-(1 << 23), 6, 1 << 20, 0, 8, 8, 8]
    pcm = pcm_of([sample for pair in zip(left, right, strict=True) for sample in pair])
    half, whole = FULL_SCALE // 2, FULL_SCALE
    assert levels(pcm, 2, 1) == [(half, whole)]
    assert levels(pcm, 2, 3) == [(half, whole), (0, 1 << 12), (0, 0)]


@pytest.mark.parametrize("pcm", [b"", pcm_of([3, -9])])
def test_too_little_sound_has_levels_too(pcm: bytes) -> None:
    assert levels(pcm, 1, 5) == [(0,)] * 5
