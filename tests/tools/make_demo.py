"""The sounds of the demonstration: two told interviews, rendered from `resources/demo/narrators.json`.

    cd tests/tools && python make_demo.py

Reads each narrator's sentences, speaks them with the voices below, writes the FLAC file beside the list and the true
times of every sentence into it. Seeded: the same espeak-ng gives the same samples. Voices, speeds and seeds were chosen
so that the fixture model hears every sentence right, in one go and in windows cut at the silences.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from fixture_model import synth
from numpy.typing import NDArray

DEMO = Path(__file__).parents[2] / "resources" / "demo"
SPEECH_LEVEL = 0.08  # root mean square of a sentence
ROOM_LEVEL = 0.08 * 10 ** (-55 / 20)  # a silent room is never digital silence


@dataclass(frozen=True)
class Casting:
    """Who speaks with which voice, the chance that draws the pauses, and how much longer than usual they are."""

    seed: int
    voices: dict[str, synth.Style]
    slowness: float = 1.0


CASTING = {
    "crane.flac": Casting(
        seed=538,
        voices={
            "N1": synth.Style("ko+Steph", speed=159, pitch=43, pitch_range=40),
            "I1": synth.Style("ko+m8", speed=171, pitch=40),
        },
    ),
    "lark.flac": Casting(
        seed=600,
        slowness=1.4,
        voices={
            "N1": synth.Style("en-gb-x-rp+f3", speed=120, pitch=50, pitch_range=52),
            "I1": synth.Style("en-gb-x-rp+Hugo", speed=148, pitch=28),
        },
    ),
}


def pause_after(sentence: dict[str, Any], following: dict[str, Any] | None, rng: np.random.Generator) -> float:
    """Seconds of silence: longer where the speaker changes, now and then a long hesitation."""
    if following is None:
        return 0.8
    if following["speaker"] != sentence["speaker"]:
        return float(rng.uniform(0.9, 1.6))
    return float(rng.uniform(1.6, 2.4) if rng.random() < 0.2 else rng.uniform(0.6, 1.2))


def render(
    sentences: Sequence[dict[str, Any]], casting: Casting
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """Samples at `synth.RATE`, and each sentence's start and end in milliseconds."""
    rng = np.random.default_rng(casting.seed)
    pieces, times = [np.zeros(synth.RATE // 2)], []
    length = len(pieces[0])
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        spoken = synth.say(sentence["text"], casting.voices[sentence["speaker"]])
        speech = spoken.samples * (SPEECH_LEVEL / np.sqrt((spoken.samples**2).mean()))
        started = length / synth.RATE
        times.append((round((started + spoken.onset) * 1000), round((started + spoken.offset) * 1000)))
        silence = np.zeros(int(pause_after(sentence, following, rng) * casting.slowness * synth.RATE))
        pieces += [speech, silence]
        length += len(speech) + len(silence)
    told = np.concatenate(pieces)
    return (told + rng.standard_normal(length) * ROOM_LEVEL).astype(np.float32), times


def main() -> None:
    listing = DEMO / "narrators.json"
    demo = json.loads(listing.read_text("utf-8"))
    for narrator in demo["narrators"]:
        samples, times = render(narrator["sentences"], CASTING[narrator["file"]])
        soundfile.write(DEMO / narrator["file"], samples, synth.RATE, subtype="PCM_16")
        for sentence, (start, end) in zip(narrator["sentences"], times, strict=True):
            sentence |= {"start_ms": start, "end_ms": end}
        print(f"{narrator['file']}: {len(samples) / synth.RATE:.1f} s, {len(times)} sentences")
    listing.write_text(json.dumps(demo, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
