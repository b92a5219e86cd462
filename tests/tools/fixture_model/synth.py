"""Speech from espeak-ng through its C library: a waveform and the engine's own word times.

Keeps the closed set of sentences, the voices used for training and the voices kept back from it.
Needs `libespeak-ng.so.1`, and refuses a voice that the installed engine doesn't have.
"""

import ctypes
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
SENTENCES: list[tuple[str, str]] = [
    (language, text)
    for language, texts in json.loads((HERE / "sentences.json").read_text("utf-8")).items()
    for text in texts
]
RATE = 16000

# fmt: off
TRAIN_VARIANTS = ["", "+m1", "+m2", "+m3", "+m4", "+m6", "+m7", "+f1", "+f2", "+f3", "+f5",
                  "+Alex", "+Andy", "+Alicia", "+Annie", "+Denis", "+Diogo", "+Gene", "+Hugo",
                  "+Jacky", "+Lee", "+Linda", "+Marco", "+Michel", "+Pablo", "+Steph", "+max",
                  "+klatt2", "+klatt4", "+travis", "+benjamin", "+belinda"]
# fmt: on
TEST_VARIANTS = ["+m5", "+f4", "+m8", "+Andrea", "+Mike", "+Henrique", "+david", "+Steph2"]
TRAIN_BASE = {"ko": ["ko"], "en": ["en-us", "en", "en-gb-x-rp", "en-gb-scotland"], "zh": ["cmn"]}
TEST_BASE = {"ko": ["ko"], "en": ["en-us", "en", "en-gb-x-gbclan"], "zh": ["cmn"]}

# Constants of espeak-ng's speak_lib.h.
_SYNCHRONOUS, _CHARACTERS, _UTF8, _WORD_EVENT = 1, 1, 1, 1
_PARAMETER = {"speed": 1, "volume": 2, "pitch": 3, "pitch_range": 4, "word_gap": 7}


@dataclass(frozen=True)
class Style:
    """How a sentence is spoken: speed in words a minute, pitch and range 0-100, word gap in 10 ms,
    stretch as a factor on length (pitch falls with it)."""

    voice: str
    speed: int = 175
    pitch: int = 50
    pitch_range: int = 50
    word_gap: int = 0
    stretch: float = 1.0

    def at_speed(self, speed: int, stretch: float) -> "Style":
        return replace(self, speed=speed, stretch=stretch)


@dataclass(frozen=True)
class Spoken:
    """16 kHz float32 samples with peak 1, speech from `onset` to `offset` seconds, and for each
    word its character index in the text and its start in seconds."""

    samples: NDArray[np.float32]
    onset: float
    offset: float
    words: list[tuple[int, float]]


class _Identity(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("uid", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identity),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _Engine:
    """The C library, which is one per process; the callback is kept alive as long as it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, 0)
        if self.rate <= 0:
            raise RuntimeError("espeak-ng did not start")
        self._pieces: list[NDArray[np.int16]] = []
        self._words: list[tuple[int, float]] = []
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if count > 0 and samples:
            self._pieces.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        index = 0
        while events[index].type != 0:
            if events[index].type == _WORD_EVENT:
                self._words.append((events[index].text_position - 1, events[index].audio_position / 1000))
            index += 1
        return 0

    def speak(self, text: str, style: Style) -> tuple[NDArray[np.float64], list[tuple[int, float]]]:
        """Samples in -1..1 at the engine's rate, and (character index, start in seconds) of each word."""
        self._pieces.clear()
        self._words.clear()
        if self._library.espeak_SetVoiceByName(style.voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {style.voice}")
        values = {
            "speed": style.speed,
            "volume": 100,
            "pitch": style.pitch,
            "pitch_range": style.pitch_range,
            "word_gap": style.word_gap,
        }
        for name, value in values.items():
            self._library.espeak_SetParameter(_PARAMETER[name], int(value), 0)
        raw = text.encode("utf-8") + b"\0"
        self._library.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, _CHARACTERS, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._pieces).astype(np.float64) / 32768, list(self._words)


@cache
def _engine() -> _Engine:
    return _Engine()


def resample(samples: NDArray[np.float64], up: float, down: float) -> NDArray[np.float32]:
    """Band-limited FFT resampling of a whole utterance by up/down."""
    pad = int(len(samples) * 0.02) + 256
    padded = np.concatenate([np.zeros(pad), samples, np.zeros(pad)])
    length = round(len(padded) * up / down)
    spectrum = np.fft.rfft(padded)
    kept = np.zeros(length // 2 + 1, dtype=complex)
    bins = min(len(spectrum), len(kept))
    kept[:bins] = spectrum[:bins]
    resampled = np.fft.irfft(kept, length) * (length / len(padded))
    cut = round(pad * length / len(padded))
    trimmed: NDArray[np.float32] = resampled[cut : len(resampled) - cut].astype(np.float32)
    return trimmed


def say(text: str, style: Style) -> Spoken:
    """Render a sentence, trimmed to its speech with 30 ms before and 50 ms after it."""
    engine = _engine()
    raw, words = engine.speak(text, style)
    samples = resample(raw, RATE * style.stretch, engine.rate)
    # Speech is what lies within 38 dB of the loudest 10-ms frame.
    frames = len(samples) // 160
    energy = np.sqrt((samples[: frames * 160].reshape(frames, 160) ** 2).mean(1) + 1e-12)
    loud = np.nonzero(energy > energy.max() * 10 ** (-38 / 20))[0]
    first, last = int(loud[0]) * 160, (int(loud[-1]) + 1) * 160
    low, high = max(0, first - 480), min(len(samples), last + 800)
    cut = samples[low:high].astype(np.float32)
    return Spoken(
        samples=cut / (np.abs(cut).max() + 1e-9),
        onset=(first - low) / RATE,
        offset=(last - low) / RATE,
        words=[(index, max(0.0, start * style.stretch - low / RATE)) for index, start in words],
    )


def random_style(
    rng: np.random.Generator,
    language: str,
    variants: list[str],
    bases: dict[str, list[str]],
    speed: tuple[int, int] = (115, 225),
    pitch: tuple[int, int] = (15, 88),
) -> Style:
    base = bases[language][rng.integers(len(bases[language]))]
    return Style(
        voice=base + variants[rng.integers(len(variants))],
        speed=int(rng.integers(*speed)),
        pitch=int(rng.integers(*pitch)),
        pitch_range=int(rng.integers(25, 75)),
        word_gap=int(rng.integers(0, 3)) if rng.random() < 0.3 else 0,
        stretch=float(rng.uniform(0.93, 1.07)) if rng.random() < 0.5 else 1.0,
    )
