"""The training speech: every sentence in many voices, and noises, cached as log-mel power in `corpus.pt`."""

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from whisper.audio import mel_filters

from fixture_model import synth, vocabulary

SEED = 20250626
RENDERINGS = 110  # of each sentence
CACHE = synth.HERE / "corpus.pt"

_FILTERS = mel_filters("cpu", 80).numpy()
_HANN = torch.hann_window(400)


def log_mel_power(samples: NDArray[Any]) -> NDArray[Any]:
    """log10 mel power, 10-ms frames x 80, without whisper's clamping (which depends on the window)."""
    sound = torch.from_numpy(np.ascontiguousarray(samples))
    spectrum = torch.stft(sound, 400, 160, window=_HANN, return_complex=True)[..., :-1].abs() ** 2
    return np.log10(np.maximum(_FILTERS @ spectrum.numpy(), 1e-10)).T


def reverberate(samples: NDArray[Any], rng: np.random.Generator) -> NDArray[np.float32]:
    """A room of 80 to 300 ms made of decaying noise."""
    n = int(rng.uniform(0.08, 0.3) * synth.RATE)
    room = rng.standard_normal(n) * np.exp(-6.9 * np.arange(n) / n) * rng.uniform(0.02, 0.12)
    room[0] = 1
    size = len(samples) + n
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size), size)
    return wet[: len(samples)].astype(np.float32)


def render(sentence: int) -> list[dict[str, Any]]:
    """All renderings of one sentence; their times are in encoder frames of 20 ms."""
    torch.set_num_threads(1)
    rng = np.random.default_rng([SEED, sentence])
    language, text = synth.SENTENCES[sentence]
    renderings = []
    for _ in range(RENDERINGS):
        style = synth.random_style(rng, language, synth.TRAIN_VARIANTS, synth.TRAIN_BASE)
        spoken = synth.say(text, style)
        samples = reverberate(spoken.samples, rng) if rng.random() < 0.25 else spoken.samples
        shift = int(rng.integers(160))
        samples = np.concatenate([np.zeros(shift, np.float32), samples, np.zeros(480, np.float32)])
        samples *= 0.1 / np.sqrt((samples**2).mean() + 1e-12)
        delay = shift / synth.RATE
        shifted = replace(
            spoken,
            onset=spoken.onset + delay,
            offset=spoken.offset + delay,
            words=[(index, start + delay) for index, start in spoken.words],
        )
        renderings.append({
            "s": sentence,
            "mel": log_mel_power(samples).astype(np.float16),
            "on": float(shifted.onset * 50),
            "off": float(shifted.offset * 50),
            "tok": np.array(vocabulary.token_times(sentence, shifted)) * 50,
        })
    return renderings


def noise_bank(rng: np.random.Generator, utterances: list[dict[str, Any]]) -> list[NDArray[np.float16]]:
    """A minute each of white, pink and brown noise, mains hum, gusts, and a murmur of many voices."""
    n = 60 * synth.RATE
    frequency = np.fft.rfftfreq(n, 1 / synth.RATE) + 20
    tracks = [np.fft.irfft(np.fft.rfft(rng.standard_normal(n)) / frequency**power) for power in (0, 0.5, 1)]
    t = np.arange(n) / synth.RATE
    hum = sum(np.sin(2 * np.pi * h * 60 * t + h) / h for h in range(1, 12))
    tracks.append(hum + 0.1 * rng.standard_normal(n))
    slow = np.interp(t, np.arange(0, 61, 0.5), rng.uniform(0.1, 1, 122)) ** 2
    tracks.append(tracks[1] / tracks[1].std() * slow)
    bank = [log_mel_power((x / x.std() * 0.1).astype(np.float32)).astype(np.float16) for x in tracks]
    murmur = np.full((6000, 80), 1e-10)
    for _ in range(700):
        mel = 10 ** utterances[rng.integers(len(utterances))]["mel"].astype(np.float32)
        start = rng.integers(6000 - len(mel))
        murmur[start : start + len(mel)] += mel
    bank.append(np.log10(murmur / 20).astype(np.float16))
    return bank


def build() -> None:
    """Render everything and write the cache."""
    began = time.time()
    with ProcessPoolExecutor(2) as pool:
        utterances = [one for many in pool.map(render, range(len(synth.SENTENCES))) for one in many]
    bank = noise_bank(np.random.default_rng([SEED, 999]), utterances)
    for one in utterances:
        one["mel"] = torch.from_numpy(one["mel"])
        one["tok"] = torch.from_numpy(one["tok"])
    torch.save({"utts": utterances, "bank": [torch.from_numpy(noise) for noise in bank]}, CACHE)
    seconds = sum(len(one["mel"]) for one in utterances) / 100
    print(f"{len(utterances)} renderings, {seconds:.0f} s of speech, {time.time() - began:.0f} s", flush=True)
