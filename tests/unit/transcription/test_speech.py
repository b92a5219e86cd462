"""Voices are found where they are, to a tenth of a second, and nowhere else; the network is the package's own."""

import json
import warnings
from collections.abc import Iterator

import numpy as np
import pytest

from oralhistory.transcription import speech
from oralhistory.transcription.speech import NO_VOICE, SpeechDetector
from tests.helpers import speech as spoken


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def detector() -> SpeechDetector:
    return SpeechDetector()


def samples(name: str) -> np.ndarray:
    return np.frombuffer(spoken.pcm(name), np.float32)[: 16_000 * 30]


@pytest.mark.filterwarnings("ignore")
def test_every_likelihood_is_the_packages_own(detector: SpeechDetector) -> None:
    import torch

    sound = samples("ko_clean_short")[: 16_000 * 8]
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        from silero_vad import load_silero_vad

        model = load_silero_vad()
        whole = torch.from_numpy(sound.copy())
        theirs = [model(piece, 16_000).item() for piece in whole.split(512) if len(piece) == 512]
    assert np.abs(detector.likelihoods(sound)[: len(theirs)] - theirs).max() < 1e-3


@pytest.mark.parametrize("name", ["ko_clean_short", "zh_short"])
def test_what_is_said_is_found_and_pauses_are_not(detector: SpeechDetector, name: str) -> None:
    found = speech.spans(detector.likelihoods(samples(name)))
    told = json.loads((spoken.FOLDER / f"{name}.json").read_text(encoding="utf-8"))["segments"]
    said = [(round(1000 * one["start"]), round(1000 * one["end"])) for one in told]
    assert all(any(start < end_of and start_of < end for start, end in found) for start_of, end_of in said)
    inside = sum(min(end, upto) - max(start, at) for start, end in found for at, upto in said if start < upto and at < end)
    assert inside > 0.9 * sum(upto - at for at, upto in said)
    assert inside > 0.85 * sum(end - start for start, end in found)


def test_silence_noise_and_hum_are_no_voice(detector: SpeechDetector) -> None:
    chance, time = np.random.default_rng(1), np.arange(160_000) / 16_000
    for sound in (np.zeros(160_000), chance.normal(0, 0.02, 160_000), 0.05 * np.sin(2 * np.pi * 100 * time)):
        likely = detector.likelihoods(sound.astype(np.float32))
        assert likely.max() < NO_VOICE
        assert speech.spans(likely) == ()
    assert detector.likelihoods(np.zeros(0, np.float32)).size == 0


def test_pauses_inside_words_are_bridged_and_clicks_are_left_out() -> None:
    likely = np.zeros(200, np.float32)
    likely[10:40], likely[42:60], likely[100:105] = 0.9, 0.4, 0.9
    assert speech.spans(likely) == ((320, 1280),), "what follows is too weak to begin with, the other too short"
    likely[42:60] = 0.9
    assert speech.spans(likely) == ((320, 1920),)
