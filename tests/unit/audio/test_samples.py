"""Sample formats: nothing that 24 bits can hold is changed."""

import numpy as np
import pytest

from oralhistory.audio import samples

EXTREMES = [-(1 << 23), -(1 << 23) + 1, -1, 0, 1, (1 << 23) - 1, 0x123456]


def pcm_of(numbers: list[int]) -> bytes:
    return b"".join(number.to_bytes(3, "little", signed=True) for number in numbers)


def test_24_bits_survive_the_way_through_numbers() -> None:
    pcm = pcm_of(EXTREMES)
    assert (samples.widened(pcm) >> 8).tolist() == EXTREMES
    assert samples.narrowed(samples.widened(pcm)) == pcm
    assert samples.from_floats(samples.floats(pcm, 1)) == pcm


@pytest.mark.parametrize(
    ("dtype", "raw", "expected"),
    [
        ("int24", pcm_of(EXTREMES), EXTREMES),
        ("int16", np.array([-32768, -1, 0, 1, 32767], "<i2").tobytes(), [-32768 << 8, -256, 0, 256, 32767 << 8]),
        ("int32", np.array([-(1 << 31), 511, 512, -1], "<i4").tobytes(), [-(1 << 23), 1, 2, -1]),
        ("float32", np.array([-1.0, -2.0, 0.5, 1.0], "<f4").tobytes(), [-(1 << 23), -(1 << 23), 1 << 22, (1 << 23) - 1]),
    ],
)
def test_every_device_format_becomes_24_bits(dtype: str, raw: bytes, expected: list[int]) -> None:
    assert samples.to_24_bits(raw, dtype) == pcm_of(expected)


def test_peaks_are_per_channel_and_of_both_signs() -> None:
    pcm = pcm_of([1 << 22, -(1 << 23), 5, 6])
    assert samples.peaks(pcm, 2) == (0.5, 1.0)
    assert samples.peaks(b"", 2) == (0.0, 0.0)
