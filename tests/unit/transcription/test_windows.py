"""Cutting: everything is covered, never too long, at pauses; and silence is told from whispering."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralhistory.transcription import loudness
from oralhistory.transcription.windows import MAX_MS, SpeechWindows, cut
from tests.helpers import speech

RATE = 16_000


def noise(seconds: float, decibels: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 10 ** (decibels / 20), int(seconds * RATE)).astype(np.float32)


def voice(seconds: float, decibels: float) -> np.ndarray:
    """Sound that comes and goes like speech: four bursts a second, with a breath every two seconds."""
    time = np.arange(int(seconds * RATE)) / RATE
    rhythm = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1) * (time % 2 < 1.5)
    return (noise(seconds, decibels) * rhythm).astype(np.float32)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 200 * RATE), st.integers(0, 2**32 - 1))
def test_windows_cover_everything_and_none_is_too_long(count: int, seed: int) -> None:
    samples = np.random.default_rng(seed).normal(0, 0.1, count).astype(np.float32)
    windows = cut(samples)
    assert [start for start, _ in windows] == [0, *(end for _, end in windows)][: len(windows)]
    assert (windows[-1][1] if windows else 0) == -(-count // 16)
    assert all(0 < end - start <= MAX_MS for start, end in windows)
    assert all(end - start >= 1000 for start, end in windows[1:])


def test_a_cut_falls_into_the_pause() -> None:
    sound = np.concatenate([noise(24, -20), noise(0.8, -65), noise(20, -20)])
    (_, first_end), _ = cut(sound)
    assert 24_000 < first_end < 24_800


def test_of_equal_pauses_the_later_is_taken() -> None:
    sound = np.full(45 * RATE, 0.1, dtype=np.float32) * np.sign(np.sin(np.arange(45 * RATE)))
    for pause in (22, 27):
        sound[pause * RATE : (pause + 1) * RATE] = 0
    assert 27_000 < cut(sound)[0][1] < 28_000


def test_no_word_of_real_speech_is_cut() -> None:
    sound = speech.pcm("ko_interview")
    spoken = json.loads((speech.FOLDER / "ko_interview.json").read_text(encoding="utf-8"))["segments"]
    ends = [end for _, end, _ in SpeechWindows().cut(sound)][:-1]
    assert len(ends) >= 2
    assert [end for end in ends for one in spoken if one["start"] * 1000 + 100 < end < one["end"] * 1000 - 100] == []


@pytest.mark.parametrize(
    ("name", "sound", "may_be_speech"),
    [
        ("digital silence", np.zeros(20 * RATE, np.float32), False),
        ("an offset without sound", np.full(20 * RATE, 0.3, np.float32), False),
        ("a good microphone's noise", noise(20, -80), False),
        ("a noisy room", noise(20, -55), False),
        (
            "a click in silence",
            np.concatenate([np.zeros(5 * RATE), [0.9], np.zeros(5 * RATE)]).astype(np.float32),
            False,
        ),
        ("a voice", voice(20, -25), True),
        ("a whisper far from the microphone", voice(20, -60), True),
        ("a whisper in a noisy room", voice(20, -45) + noise(20, -60), True),
        ("one word in long silence", np.concatenate([noise(15, -75), voice(0.5, -40), noise(14, -75)]), True),
        ("loud noise that may hide a voice", noise(20, -20), True),
        ("a short last piece", voice(0.6, -40), True),
        ("nothing", np.zeros(0, np.float32), False),
    ],
)
def test_silence_is_told_from_soft_voices(name: str, sound: np.ndarray, may_be_speech: bool) -> None:
    assert loudness.may_hold_speech(loudness.levels(sound)) is may_be_speech


def test_a_silent_window_is_marked_beside_a_spoken_one() -> None:
    sound = np.concatenate([voice(29, -25), np.zeros(31 * RATE, np.float32)]).astype("<f4").tobytes()
    windows = SpeechWindows().cut(sound)
    assert [speech_there for _, _, speech_there in windows] == [True, False, False]
    assert SpeechWindows().cut(b"") == []


def test_levels_are_decibels_of_full_scale() -> None:
    sine = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE).astype(np.float32)
    assert loudness.levels(sine) == pytest.approx(-3.01, abs=0.3)
    assert loudness.levels(sine[: RATE // 2 + 7])[-2:] == pytest.approx(-3.01, abs=6)
    assert loudness.levels(np.zeros(RATE, np.float32)).max() == -120
