"""Two microphones, two people: who is louder at whose microphone, and nobody where both hear the same."""

import numpy as np

from oralhistory.audio import samples
from oralhistory.audio.channels import louder_channels
from oralhistory.domain.sound import SoundFormat

STEREO = SoundFormat(rate=16_000, channels=2)


def sound(*levels: tuple[float, float]) -> bytes:
    """A second of noise for each pair of levels, one voice heard by both microphones."""
    chance = np.random.default_rng(4)
    pieces = [chance.normal(0, 0.1, (16_000, 1)) * np.array(pair) for pair in levels]
    return samples.from_floats(np.concatenate(pieces).astype(np.float32))


def seconds(count: int) -> list[tuple[int, int]]:
    return [(1000 * n, 1000 * (n + 1)) for n in range(count)]


def test_the_nearer_microphone_says_who_speaks() -> None:
    assert louder_channels(sound((1, 0.3), (0.25, 1), (1, 0)), STEREO, seconds(3)) == [0, 1, 0]


def test_where_both_are_about_as_loud_nobody_is_named() -> None:
    assert louder_channels(sound((1, 1), (1, 0.6), (0, 0)), STEREO, seconds(3)) == [None] * 3


def test_a_noisy_microphone_does_not_win_the_pauses() -> None:
    """Somebody speaks for a third of the time; for the rest the other microphone hisses."""
    chance = np.random.default_rng(5)
    heard = np.concatenate([chance.normal(0, 1, (5_000, 2)) * (0.2, 0.02), chance.normal(0, 1, (11_000, 2)) * (0.001, 0.02)])
    assert louder_channels(samples.from_floats(heard.astype(np.float32)), STEREO, [(0, 1000)]) == [0]


def test_stretches_outside_the_sound_are_nobodys() -> None:
    assert louder_channels(sound((1, 0.1)), STEREO, [(5000, 6000), (10, 12)]) == [None, None]
