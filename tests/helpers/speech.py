"""The held-out speech the fixture model was measured on: sound as the services send it, and what is said in it."""

import json
import math
from pathlib import Path

import soundfile

FOLDER = Path(__file__).resolve().parents[1] / "data" / "speech"


def pcm(name: str, upto_s: float = math.inf) -> bytes:
    """16 kHz mono float32, the whole or its beginning."""
    samples, rate = soundfile.read(FOLDER / f"{name}.flac", dtype="float32")
    assert rate == 16_000 and samples.ndim == 1
    return bytes(samples.tobytes())[: int(min(upto_s, 3600) * rate) * 4]


def sentences(name: str, upto_s: float = math.inf) -> list[str]:
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["segments"]
    return [one["text"] for one in told if one["end"] < upto_s]


def between(sound: bytes, start_ms: int, end_ms: int) -> bytes:
    return sound[start_ms * 64 : end_ms * 64]
