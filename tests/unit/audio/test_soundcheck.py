"""What a microphone test finds in sound that was made for it."""

import numpy as np
import pytest

from oralhistory.audio import samples
from oralhistory.audio.soundcheck import checked
from oralhistory.domain.sound import SoundFormat

RATE = 48_000
SOUND = SoundFormat(rate=RATE)
TIME = np.arange(4 * RATE) / RATE


def noise(level: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, level, len(TIME))


def look(sound: np.ndarray):  # type: ignore[no-untyped-def]
    [found] = checked(samples.from_floats(sound.astype(np.float32)), SOUND)
    return found


@pytest.mark.parametrize("mains", [50, 60])
def test_hum_is_found_in_the_pause_between_words(mains: int) -> None:
    hum = sum(0.01 / n * np.sin(2 * np.pi * mains * n * TIME) for n in (1, 2, 3, 5))
    voice = np.where(TIME < 2, 0.2 * np.sin(2 * np.pi * 173 * TIME), 0)
    found = look(hum + voice + noise(0.0005))
    assert (found.hum_hz, found.hum_share > 0.9) == (mains, True)


@pytest.mark.parametrize("level", [0.0005, 0.05])
def test_noise_is_no_hum(level: float) -> None:
    assert look(noise(level)).hum_hz == 0


def test_a_low_voice_is_no_hum() -> None:
    voice = sum(0.05 / n * np.sin(2 * np.pi * 110 * n * TIME * (1 + 0.01 * np.sin(TIME))) for n in range(1, 20))
    assert look(np.where(TIME < 3, voice, 0) + noise(0.001)).hum_hz == 0


def test_levels_and_cut_off_samples_are_counted() -> None:
    sound = np.clip(1.5 * np.sin(2 * np.pi * 440 * TIME), -1, 1)
    found = look(sound)
    assert found.peak == pytest.approx(1.0, abs=1e-6)
    assert found.clipped == pytest.approx((np.abs(sound) >= 1).sum(), rel=0.01)
    assert look(0.5 * np.sin(2 * np.pi * 440 * TIME)).loudness == pytest.approx(0.5 / np.sqrt(2), rel=0.01)


def test_a_muted_microphone_is_told_from_the_faintest_voice() -> None:
    assert look(np.clip(noise(0.0003), -0.001, 0.001)).silent
    assert not look(0.0042 * np.sin(TIME * 1000)).silent


def test_each_channel_is_looked_at_and_no_sound_is_no_fault() -> None:
    both = np.stack([0.3 * np.sin(TIME * 1000), np.zeros(len(TIME))], axis=1).astype(np.float32)
    left, right = checked(samples.from_floats(both), SoundFormat(channels=2))
    assert (left.silent, right.silent) == (False, True)
    assert checked(b"", SOUND)[0].silent
