"""Sample formats: nothing that 24 bits can hold is changed."""

from oralhistory.audio import samples

EXTREMES = [-(1 << 23), -(1 << 23) + 1, -1, 0, 1, (1 << 23) - 1, 0x123456]


def pcm_of(numbers: list[int]) -> bytes:
    return b"".join(number.to_bytes(3, "little", signed=True) for number in numbers)


def test_24_bits_survive_the_way_through_numbers() -> None:
    pcm = pcm_of(EXTREMES)
    assert (samples.widened(pcm) >> 8).tolist() == EXTREMES
    assert samples.narrowed(samples.widened(pcm)) == pcm
    assert samples.from_floats(samples.floats(pcm, 1)) == pcm
