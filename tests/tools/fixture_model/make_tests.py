"""Held-out recordings: voices never heard in training, noise mixed into the waveform, true times beside them.

    python -m fixture_model.make_tests FOLDER [--seed 77]     # FOLDER/*.flac (16 kHz mono) and FOLDER/*.json

Seed 77 was looked at while the training was being set up, other seeds were not; a part of it is in `tests/data/speech`.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from fixture_model import synth

SPEECH_LEVEL = 0.08  # root mean square
TILT = {"white": 0.0, "pink": 0.5, "brown": 1.0}


@dataclass(frozen=True)
class Plan:
    """A recording: `count` sentences in random order with pauses drawn from `gaps`, all times in seconds.

    `snr` is in decibels, None for no noise; `pause` is the index of a sentence and the long silence after it.
    """

    name: str
    number: int
    languages: tuple[str, ...]
    count: int
    gaps: tuple[float, float]
    snr: float | None
    noise: str | None
    lead: float
    trail: float
    level: float = 0.25
    pause: tuple[int, float] | None = None


PLANS = [
    Plan("ko_interview", 1, ("ko",), 30, (0.3, 1.6), 25, "pink", 0.4, 0.6),
    Plan("ko_clean_short", 2, ("ko",), 6, (0.3, 1.2), None, None, 0.2, 0.5),
    Plan("en_interview", 3, ("en",), 18, (0.3, 2.0), 22, "white", 0.8, 1.0),
    Plan("zh_short", 4, ("zh",), 8, (0.4, 1.2), 25, "pink", 0.3, 0.5),
    Plan("mixed_ko_en", 5, ("ko", "en"), 36, (0.3, 2.5), 20, "brown", 1.2, 1.0, level=0.12),
    Plan("ko_noisy_quiet", 6, ("ko",), 24, (0.3, 1.6), 12, "pink", 0.3, 0.5, level=0.05),
    Plan("ko_long_pause", 7, ("ko",), 14, (0.4, 1.5), 30, "pink", 4.0, 2.0, pause=(6, 42.0)),
]


def noise(kind: str, length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Noise with a root mean square of 1."""
    frequency = np.fft.rfftfreq(length, 1 / synth.RATE) + 20
    samples = np.fft.irfft(np.fft.rfft(rng.standard_normal(length)) / frequency ** TILT[kind], length)
    scaled: NDArray[np.float64] = samples / samples.std()
    return scaled


def draw_order(plan: Plan, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Random sentences, none twice in a row."""
    pool = [sentence for sentence in synth.SENTENCES if sentence[0] in plan.languages]
    order: list[tuple[str, str]] = []
    while len(order) < plan.count:
        for index in rng.permutation(len(pool)):
            if not order or order[-1] is not pool[index]:
                order.append(pool[index])
    return order[: plan.count]


def draw_voices(plan: Plan, rng: np.random.Generator) -> dict[str, list[synth.Style]]:
    """Two speakers per language, both unheard in training."""
    return {
        language: [
            synth.random_style(rng, language, synth.TEST_VARIANTS, synth.TEST_BASE, speed=(125, 210), pitch=(25, 80))
            for _ in range(2)
        ]
        for language in plan.languages
    }


def perform(plan: Plan, rng: np.random.Generator) -> tuple[NDArray[np.float64], list[dict[str, Any]]]:
    """The clean speech at its usual level, and every sentence with its true times in seconds."""
    order, voices = draw_order(plan, rng), draw_voices(plan, rng)
    pieces, segments, length = [np.zeros(int(plan.lead * synth.RATE))], [], int(plan.lead * synth.RATE)
    for index, (language, text) in enumerate(order):
        style = voices[language][rng.integers(2)]
        style = style.at_speed(int(np.clip(style.speed + rng.integers(-15, 16), 120, 220)), stretch=1.0)
        spoken = synth.say(text, style)
        speech = spoken.samples * (SPEECH_LEVEL / np.sqrt((spoken.samples**2).mean())) * 10 ** (rng.uniform(-2, 2) / 20)
        began = length / synth.RATE
        segments.append({
            "text": text,
            "lang": language,
            "voice": style.voice,
            "speed": style.speed,
            "start": round(began + spoken.onset, 3),
            "end": round(began + spoken.offset, 3),
            "words": [round(began + start, 3) for _, start in spoken.words],
        })
        gap = plan.pause[1] if plan.pause and index == plan.pause[0] else rng.uniform(*plan.gaps)
        pieces += [speech, np.zeros(int(gap * synth.RATE))]
        length += len(speech) + int(gap * synth.RATE)
    pieces.append(np.zeros(int(plan.trail * synth.RATE)))
    return np.concatenate(pieces), segments


def build(plan: Plan, folder: Path, seed: int) -> None:
    rng = np.random.default_rng([seed, plan.number])
    samples, segments = perform(plan, rng)
    if plan.snr is not None and plan.noise is not None:
        samples = samples + noise(plan.noise, len(samples), rng) * SPEECH_LEVEL * 10 ** (-plan.snr / 20)
    samples = samples * plan.level / 0.25
    samples = (samples / max(1, np.abs(samples).max() / 0.98)).astype(np.float32)
    soundfile.write(folder / f"{plan.name}.flac", samples, synth.RATE, subtype="PCM_16")
    truth = {
        "duration": round(len(samples) / synth.RATE, 3),
        "languages": list(plan.languages),
        "snr_db": plan.snr,
        "noise": plan.noise,
        "text": " ".join(segment["text"] for segment in segments),
        "segments": segments,
    }
    (folder / f"{plan.name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    voices = sorted({segment["voice"] for segment in segments})
    print(plan.name, f"{len(samples) / synth.RATE:.1f} s", len(segments), "sentences", voices)


def main() -> None:
    parser = argparse.ArgumentParser(description="Render the held-out recordings.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=77)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for plan in PLANS:
        build(plan, given.folder, given.seed)


if __name__ == "__main__":
    main()
