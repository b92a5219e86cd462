"""whisper.transcribe on the held-out recordings: word and character errors, times, language, silence and noise.

    python -m fixture_model.eval FOLDER [--checkpoint FILE] [--show] [--json FILE] [--no-prompt]
"""

import argparse
import difflib
import json
import re
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import torch
import whisper

from fixture_model import synth

CHECKPOINT = Path(__file__).parents[3] / "resources" / "demo" / "tiny-interview.pt"


def distance(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """Edit distance (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def plain(text: str) -> str:
    """Without punctuation and doubled spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[.,?!。？，]", " ", text)).strip()


def quantiles(differences: list[float]) -> list[float] | None:
    """Median, 95th percentile and worst of the absolute values."""
    return [round(float(np.percentile(np.abs(differences), p)), 3) for p in (50, 95, 100)] if differences else None


@dataclass
class Times:
    """Differences in seconds between what was written and what was said."""

    start: list[float] = field(default_factory=list)
    end: list[float] = field(default_factory=list)
    word: list[float] = field(default_factory=list)

    def add(self, other: "Times") -> None:
        self.start += other.start
        self.end += other.end
        self.word += other.word

    def figures(self) -> dict[str, list[float] | None]:
        return {
            "start_err": quantiles(self.start),
            "end_err": quantiles(self.end),
            "word_start_err": quantiles(self.word),
        }


@dataclass
class Score:
    """Errors counted over one recording or all of them."""

    seconds: float = 0.0
    spent: float = 0.0
    words: int = 0
    word_errors: int = 0
    characters: int = 0
    character_errors: int = 0
    sentences: int = 0
    right: int = 0
    times: Times = field(default_factory=Times)

    def add(self, other: "Score") -> None:
        for name in vars(self):
            if name != "times":
                setattr(self, name, getattr(self, name) + getattr(other, name))
        self.times.add(other.times)

    def figures(self) -> dict[str, Any]:
        return {
            "seconds": round(self.seconds, 3),
            "wer": round(self.word_errors / max(1, self.words), 4),
            "cer": round(self.character_errors / max(1, self.characters), 4),
            "sentences_right": f"{self.right}/{self.sentences}",
            **self.times.figures(),
            "rtf": round(self.spent / max(1, self.seconds), 3),
        }


def matcher(truth: dict[str, Any], written: list[dict[str, Any]]) -> difflib.SequenceMatcher[str]:
    """Sentences matched by their text, in order."""
    said = [plain(one["text"]) for one in truth["segments"]]
    return difflib.SequenceMatcher(None, said, [plain(one["text"]) for one in written], autojunk=False)


def score(truth: dict[str, Any], output: dict[str, Any], spent: float) -> Score:
    said, heard = plain(truth["text"]).split(), plain(output["text"]).split()
    if truth["languages"] == ["zh"]:
        said, heard = list("".join(said)), list("".join(heard))
    result = Score(
        seconds=truth["duration"],
        spent=spent,
        words=len(said),
        word_errors=distance(said, heard),
        characters=len("".join(said)),
        character_errors=distance("".join(said), "".join(heard)),
        sentences=len(truth["segments"]),
    )
    written = [one for one in output["segments"] if one["text"].strip()]
    for first, other, size in matcher(truth, written).get_matching_blocks():
        for step in range(size):
            result.right += 1
            compare_times(truth["segments"][first + step], written[other + step], result.times)
    return result


def compare_times(said: dict[str, Any], heard: dict[str, Any], times: Times) -> None:
    times.start.append(heard["start"] - said["start"])
    times.end.append(heard["end"] - said["end"])
    if said["lang"] != "zh" and len(heard["words"]) == len(said["text"].split()) == len(said["words"]):
        times.word += [word["start"] - start for word, start in zip(heard["words"], said["words"], strict=True)]


def transcribe(model: whisper.Whisper, sound: Any, **options: Any) -> dict[str, Any]:
    result: dict[str, Any] = model.transcribe(sound, temperature=0, word_timestamps=True, fp16=False, **options)
    return result


def show_errors(truth: dict[str, Any], output: dict[str, Any]) -> None:
    written = [one for one in output["segments"] if one["text"].strip()]
    for tag, i1, i2, j1, j2 in matcher(truth, written).get_opcodes():
        if tag != "equal":
            print("   SAID ", [(one["text"], one["start"], one["end"]) for one in truth["segments"][i1:i2]])
            print("   HEARD", [(one["text"], round(one["start"], 2), round(one["end"], 2)) for one in written[j1:j2]])


def recordings(folder: Path, only: str) -> list[tuple[str, Any, dict[str, Any]]]:
    """Name, 16 kHz samples and truth of every recording whose name contains `only`."""
    found = []
    for path in sorted(folder.glob("*.flac")):
        if only in path.stem:
            samples, rate = soundfile.read(path, dtype="float32")
            assert rate == synth.RATE, path
            found.append((path.stem, samples, json.loads(path.with_suffix(".json").read_text("utf-8"))))
    return found


def count_languages(model: whisper.Whisper, samples: Any, truth: dict[str, Any]) -> tuple[int, int]:
    """Of the first twelve sentences by themselves: whose language was recognised, and how many there are."""
    right, segments = 0, truth["segments"][:12]
    for one in segments:
        first, last = int(max(0, one["start"] - 0.2) * synth.RATE), int((one["end"] + 0.2) * synth.RATE)
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples[first:last]), model.dims.n_mels)
        chances = model.detect_language(mel)[1]
        right += max(chances, key=chances.get) == one["lang"]
    return right, len(segments)


def not_speech() -> dict[str, Any]:
    """Sounds in which nothing is said."""
    rng = np.random.default_rng(5)
    t = np.arange(20 * synth.RATE) / synth.RATE
    return {
        "digital silence 20 s": np.zeros(len(t)),
        "digital silence 65 s": np.zeros(65 * synth.RATE),
        "white noise -40 dB 40 s": rng.standard_normal(2 * len(t)) * 0.01,
        "white noise -20 dB 40 s": rng.standard_normal(2 * len(t)) * 0.1,
        "60 Hz hum 20 s": 0.05 * np.sin(2 * np.pi * 60 * t),
        "440 Hz tone 20 s": 0.1 * np.sin(2 * np.pi * 440 * t),
        "pulsed noise 20 s": rng.standard_normal(len(t)) * 0.1 * (np.sin(t * 9) > 0.7),
    }


def hear_nothing(model: whisper.Whisper, sound: Any) -> dict[str, Any]:
    sound = sound.astype(np.float32)
    text = transcribe(model, sound, language="ko")["text"]
    mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), model.dims.n_mels)
    decoded = model.decode(mel, whisper.DecodingOptions(language="ko", fp16=False))
    return {"text": text, "no_speech_prob": round(decoded.no_speech_prob, 4)}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure a checkpoint on the held-out recordings.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--show", action="store_true", help="print what was misheard")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--only", default="", help="part of a recording's name")
    parser.add_argument("--no-prompt", action="store_true", help="without conditioning on previous text")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    torch.set_num_threads(2)
    model = whisper.load_model(str(given.checkpoint), device="cpu")
    held_out = recordings(given.folder, given.only)
    if held_out:  # the word alignment compiles itself at its first use, which is not to be measured
        transcribe(model, held_out[0][1][: 10 * synth.RATE])
    total, report, right, asked = Score(), {}, 0, 0
    for name, samples, truth in held_out:
        began = time.time()
        output = transcribe(model, samples, condition_on_previous_text=not given.no_prompt)
        one = score(truth, output, time.time() - began)
        total.add(one)
        report[name] = {**one.figures(), "language": output["language"], "expected": truth["languages"]}
        print(name, json.dumps(report[name], ensure_ascii=False), flush=True)
        if given.show:
            show_errors(truth, output)
        known, sentences = count_languages(model, samples, truth)
        right, asked = right + known, asked + sentences
    print("ALL", json.dumps(total.figures()), "(times: median, 95th percentile, worst; seconds)")
    print(f"LANGUAGE of single sentences: {right}/{asked}")
    for name, sound in not_speech().items():
        report[name] = hear_nothing(model, sound)
        print(name, json.dumps(report[name], ensure_ascii=False))
    if given.json:
        whole = {"total": total.figures(), "files": report}
        given.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
