"""The held-out speech the fixture model was measured on: sound as the services send it, and what is said in it."""

import json
from pathlib import Path

import soundfile

FOLDER = Path(__file__).resolve().parents[1] / "data" / "speech"


def pcm(name: str) -> bytes:
    """16 kHz mono float32."""
    samples, rate = soundfile.read(FOLDER / f"{name}.flac", dtype="float32")
    assert rate == 16_000 and samples.ndim == 1
    return bytes(samples.tobytes())


def sentences(name: str) -> list[str]:
    return [one["text"] for one in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["segments"]]


def between(sound: bytes, start_ms: int, end_ms: int) -> bytes:
    return sound[start_ms * 64 : end_ms * 64]
