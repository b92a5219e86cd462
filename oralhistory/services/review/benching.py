"""How fast a speech model is on this machine: it hears a piece of speech, and what that took is told for an hour of it.

The speech is that of the demonstration, made by a machine: to a real model it is hard to understand, so that an interview takes
rather less than is told here. It is heard as a draft hears it, by the same engine, at the lowest priority, never beside a draft.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.ports import Sound, SpeechWindows
from oralhistory.i18n import ntr
from oralhistory.services.progress import Asked, never
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.one_engine import OneEngine

_LANGUAGE = ("ko",)
_BYTES_A_MS = 64
"""Of speech as engines take it: 16 samples of 4 bytes."""
_MINUTES_TOLD_AS_HOURS = 120


@dataclass(frozen=True, slots=True)
class Speed:
    """`heard_ms` of speech were heard in `took_s`, by the clock on the wall, the model being loaded."""

    model: str
    engine: str
    heard_ms: int
    took_s: float

    @property
    def seconds_an_hour(self) -> int:
        """How long an hour of speech takes, at least a second."""
        return max(1, round(self.took_s * 3_600_000 / self.heard_ms))


class Benching:
    """`speech` is a sound file of at least two windows."""

    def __init__(
        self, shelf: ModelShelf, engines: OneEngine, sound: Sound, windows: SpeechWindows, speech: Path
    ) -> None:
        self._shelf = shelf
        self._engines = engines
        self._sound = sound
        self._windows = windows
        self._speech = speech

    def run(self, name: str, engine: str | None = None, cancelled: Asked = never) -> Speed:
        """Measure the model of that name (or path), and keep the figure beside it. NotFound, Cancelled, WorkerFailed."""
        model, chosen = self._shelf.find(name), engine or self._shelf.engine()
        first, *others = self._cut()
        with self._engines.opened(model, chosen, cancelled) as machine:
            machine.window(first, _LANGUAGE, "")  # libraries are loaded with the first window
            began = time.monotonic()
            for one in others:
                machine.window(one, _LANGUAGE, "")
            took = time.monotonic() - began
        speed = Speed(model.name, chosen, sum(map(len, others)) // _BYTES_A_MS, took)
        self._shelf.keep_speed(model, chosen, speed.seconds_an_hour)
        return speed

    def _cut(self) -> list[bytes]:
        with self._sound.decode(self._speech) as decoded:
            pcm = self._sound.for_speech(b"".join(decoded.blocks), decoded.sound)
        return [pcm[start * _BYTES_A_MS : end * _BYTES_A_MS] for start, end, _ in self._windows.cut(pcm)]


def an_hour_takes(name: str, seconds: int) -> str:
    """The figure of `Speed.seconds_an_hour` in plain words."""
    minutes = max(1, round(seconds / 60))
    if minutes < _MINUTES_TOLD_AS_HOURS:
        return ntr("{name}: one hour of speech takes about {n} minute on this machine.",
                   "{name}: one hour of speech takes about {n} minutes on this machine.", minutes, name=name)  # fmt: skip
    return ntr("{name}: one hour of speech takes about {n} hour on this machine.",
               "{name}: one hour of speech takes about {n} hours on this machine.", round(minutes / 60), name=name)  # fmt: skip
