"""Speech at another speed: as long as it should be, at the pitch it had."""

import numpy as np
import pytest

from oralhistory.audio.stretch import Stretch

RATE, PITCH_HZ = 48_000, 220.0


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_length_changes_and_the_pitch_does_not(speed: float, channels: int) -> None:
    tone = np.sin(2 * np.pi * PITCH_HZ * np.arange(2 * RATE) / RATE).astype(np.float32)
    frames = np.repeat(tone[:, np.newaxis], channels, axis=1)
    stretch = Stretch(RATE, channels, speed)
    pieces = [stretch.feed(frames[at : at + 2_400]) for at in range(0, len(frames), 2_400)]
    heard = np.concatenate([*pieces, stretch.finish()])
    assert heard.shape[1] == channels
    assert abs(len(heard) - len(frames) / speed) < 0.07 * RATE
    spectrum = np.abs(np.fft.rfft(heard[:, 0] * np.hanning(len(heard))))
    assert abs(np.argmax(spectrum) * RATE / len(heard) - PITCH_HZ) < 2


def test_what_is_heard_stands_at_its_place_in_the_source() -> None:
    """A click a second into the sound comes half a second into it at twice the speed, to within a syllable."""
    frames = np.zeros((2 * RATE, 1), np.float32)
    frames[RATE : RATE + 480] = 0.9
    stretch = Stretch(RATE, 1, 2.0)
    pieces = [stretch.feed(frames[at : at + 2_400]) for at in range(0, len(frames), 2_400)]
    heard = np.concatenate([*pieces, stretch.finish()])[:, 0]
    assert abs(int(np.argmax(np.abs(heard))) * 2.0 - RATE) < 0.06 * RATE


@pytest.mark.parametrize("speed", [0.4, 2.1])
def test_a_speed_at_which_nobody_listens_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="not offered"):
        Stretch(RATE, 1, speed)
