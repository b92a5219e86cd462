"""Sound for the speech model: right pitch, right place, exact length, whatever the blocks."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.audio.resample import SPEECH_RATE, SpeechResampler, converted, for_speech
from oralhistory.domain.sound import SoundFormat


def sine(hertz: float, rate: int, frames: int) -> NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(frames) / rate)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_a_sine_keeps_its_pitch_level_and_place(rate: int) -> None:
    pcm = samples.from_floats(sine(441.0, rate, rate))
    heard = np.frombuffer(for_speech(pcm, SoundFormat(rate=rate)), "<f4")
    assert len(heard) == SPEECH_RATE
    middle = slice(SPEECH_RATE // 10, -SPEECH_RATE // 10)
    assert np.abs(heard[middle] - sine(441.0, SPEECH_RATE, SPEECH_RATE)[middle]).max() < 2e-3


@pytest.mark.parametrize("frames", [0, 1, 2, 47, 4_800, 100_001])
@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_the_length_is_exact(frames: int, rate: int) -> None:
    pcm = samples.from_floats(sine(300.0, rate, frames))
    heard = for_speech(pcm, SoundFormat(rate=rate))
    assert len(heard) == 4 * round(frames * SPEECH_RATE / rate)


def test_blocks_of_any_size_give_the_same_sound() -> None:
    sound = SoundFormat(rate=48_000, channels=2)
    pcm = samples.from_floats(np.stack([sine(200.0, 48_000, 50_000), sine(900.0, 48_000, 50_000)], axis=1))
    chance, resampler, pieces, at = random.Random(4), SpeechResampler(sound), [], 0
    while at < len(pcm):
        step = 6 * chance.randrange(1, 5_000)
        pieces.append(resampler.feed(pcm[at : at + step]))
        at += step
    pieces.append(resampler.finish())
    apart, together = np.frombuffer(b"".join(pieces), "<f4"), np.frombuffer(for_speech(pcm, sound), "<f4")
    assert len(apart) == len(together)
    assert np.abs(apart - together).max() < 1e-6


def test_two_channels_are_averaged() -> None:
    left, right = sine(441.0, 16_000, 16_000), np.zeros(16_000, np.float32)
    pcm = samples.from_floats(np.stack([left, right], axis=1))
    heard = np.frombuffer(for_speech(pcm, SoundFormat(rate=16_000, channels=2)), "<f4")
    assert np.abs(heard - left / 2).max() < 1e-6


def test_what_lies_beyond_hearing_of_the_model_is_not_folded_into_it() -> None:
    pcm = samples.from_floats(sine(10_000.0, 48_000, 48_000))
    heard = np.frombuffer(for_speech(pcm, SoundFormat()), "<f4")
    assert np.abs(heard[800:-800]).max() < 0.005


@pytest.mark.parametrize("frames", [0, 1, 2, 47, 4_800, 60_001])
@pytest.mark.parametrize(("rate", "wanted"), [(8_000, 48_000), (44_100, 48_000), (11_025, 44_100), (48_000, 48_000)])
@pytest.mark.parametrize("channels", [1, 2])
def test_finer_sound_has_the_length_of_the_original(frames: int, rate: int, wanted: int, channels: int) -> None:
    sound, fine = SoundFormat(rate, channels), SoundFormat(wanted, 2)
    pcm = samples.from_floats(np.repeat(sine(300.0, rate, frames), channels))
    step = 1_000 * sound.bytes_per_frame
    blocks = (pcm[at : at + step] for at in range(0, len(pcm), step))
    heard = samples.floats(b"".join(converted(blocks, sound, fine)), 2)
    assert len(heard) == round(frames * wanted / rate)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    if frames > 4_800:
        middle = slice(len(heard) // 5, -len(heard) // 5)
        assert np.abs(heard[:, 0][middle] - sine(300.0, wanted, len(heard))[middle]).max() < 3e-3
