"""Random windows of an interview: sentences, pauses, noise and knocks, mixed as mel power (which is additive).

Times are encoder frames of 20 ms; a mel frame is 10 ms.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from fixture_model import corpus, synth
from fixture_model.vocabulary import LANGUAGES

LN10 = 2.302585
Utterance = dict[str, Any]


@dataclass
class Said:
    """A whole sentence in the window; `origin` is the frame at which its mel begins."""

    utterance: Utterance
    start: float
    end: float
    origin: float


@dataclass
class Scene:
    """`frames` of a 30-second window whose first frame is `offset`; `level` is the log10 of its loudness."""

    frames: int
    offset: int
    languages: list[str]
    silent: bool
    goes_on: bool  # the recording continues after this window
    level: float
    power: NDArray[np.float32]
    said: list[Said] = field(default_factory=list)
    cursor: float = 0.0
    cut_from: float | None = None  # where a sentence starts that the window's end cuts
    end: float = 0.0  # where the recording's content ends

    @property
    def reaches_window_end(self) -> bool:
        return self.offset + self.frames == 1500


class SceneMaker:
    """Draws scenes from the cached corpus; later stages also warp the voices."""

    def __init__(self, stage: int) -> None:
        cached = torch.load(corpus.CACHE, weights_only=False)  # our own cache
        self.utterances: list[Utterance] = cached["utts"]
        for one in self.utterances:
            one["mel"], one["tok"] = one["mel"].numpy(), one["tok"].numpy()
            one["lang"] = synth.SENTENCES[one["s"]][0]
        self.bank = [noise.numpy() for noise in cached["bank"]]
        self.by_language = {lang: [u for u in self.utterances if u["lang"] == lang] for lang in LANGUAGES}
        self.rng = np.random.default_rng([corpus.SEED, stage])
        self.warps = stage >= 4

    def draw(self, frames: int, offset: int) -> tuple[Scene, NDArray[np.float32]]:
        """A scene and its log-mel as whisper would see it, mel frames x 80."""
        rng = self.rng
        scene = Scene(
            frames=frames,
            offset=offset,
            languages=self._languages(rng.random()),
            silent=rng.random() < 0.07,
            goes_on=rng.random() < 0.55,
            level=rng.uniform(-3, 0),
            power=np.zeros((2 * frames, 80), np.float32),
        )
        if rng.random() < 0.3:
            self._tail(scene)
        if not scene.silent:
            self._tell(scene)
        self._end(scene)
        if rng.random() < 0.7:
            self._noise(scene)
        if rng.random() < (0.4 if scene.silent else 0.12):
            self._tones(scene)
        return scene, self._hear(scene)

    @staticmethod
    def _languages(chance: float) -> list[str]:
        for limit, languages in ((0.45, ["ko"]), (0.66, ["en"]), (0.78, ["zh"]), (0.93, ["ko", "en"])):
            if chance < limit:
                return languages
        return LANGUAGES

    def _pick(self, languages: list[str]) -> Utterance:
        pool = self.by_language[languages[self.rng.integers(len(languages))]]
        one = pool[self.rng.integers(len(pool))]
        return self._warp(one) if self.warps else one

    def _warp(self, one: Utterance) -> Utterance:
        """Another speaker, cheaply: mel bins moved (vocal tract length), frames stretched."""
        rng, mel, factor = self.rng, one["mel"], 1.0
        if rng.random() < 0.6:
            factor = rng.uniform(0.88, 1.14)
            n = int(len(mel) * factor)
            mel = mel[np.minimum((np.arange(n) / factor).astype(int), len(mel) - 1)]
        if rng.random() < 0.7:
            bins = np.clip(np.arange(80) * rng.uniform(0.96, 1.04) + rng.uniform(-1, 1), 0, 79)
            low = bins.astype(int)
            high, weight = np.minimum(low + 1, 79), (bins - low).astype(np.float32)
            mel = mel.astype(np.float32)
            mel = mel[:, low] * (1 - weight) + mel[:, high] * weight
        return {**one, "mel": mel, "on": one["on"] * factor, "off": one["off"] * factor, "tok": one["tok"] * factor}

    def _gap(self) -> float:
        chance, uniform = self.rng.random(), self.rng.uniform
        return 50 * (uniform(0.2, 1.2) if chance < 0.78 else uniform(1.2, 3) if chance < 0.95 else uniform(3, 9))

    def _lead(self) -> float:
        chance, uniform = self.rng.random(), self.rng.uniform
        if chance < 0.2:
            return 50 * uniform(0, 0.12)
        if chance < 0.75:
            return 50 * uniform(0.1, 1.3)
        return 50 * (uniform(1.3, 4) if chance < 0.93 else uniform(4, 14))

    def _put(self, scene: Scene, one: Utterance, start: float) -> float:
        """Add an utterance whose mel begins at frame `start`; returns where it landed."""
        gain = scene.level + self.rng.uniform(-0.5, 0.5)
        first = round(start * 2)
        mel = one["mel"]
        low, high = max(0, -first), min(len(mel), 2 * scene.frames - first)
        if high > low:
            scene.power[first + low : first + high] += np.exp((mel[low:high].astype(np.float32) + gain) * LN10)
        return first / 2

    def _tail(self, scene: Scene) -> None:
        """The end of an utterance that was already written down."""
        one = self._pick(scene.languages)
        left = min(self.rng.uniform(1, 26), 0.35 * (one["off"] - one["on"]))
        self._put(scene, one, left - one["off"])
        scene.cursor = left + self.rng.uniform(0.2, 1) * 50

    def _tell(self, scene: Scene) -> None:
        rng, frames, said = self.rng, scene.frames, scene.said
        scene.cursor += self._lead()
        if rng.random() < 0.15:
            scene.cursor = rng.uniform(-6, 2)  # clipped or immediate first word
        budget = rng.integers(1, 12) if rng.random() < 0.3 else 99
        while len(said) < budget:
            one = self._pick(scene.languages) if not said or rng.random() > 0.04 else said[-1].utterance
            length = one["off"] - one["on"]
            if said and scene.cursor + length > frames and not scene.goes_on:
                break
            if not said and scene.cursor + length > frames - 2:
                if length > frames - 8:
                    continue
                scene.cursor = rng.uniform(0, frames - 4 - length)
            if scene.cursor >= frames:
                break
            origin = self._put(scene, one, scene.cursor - one["on"])
            start, end = origin + one["on"], origin + one["off"]
            if end > frames - 1:
                scene.cut_from = start
                break
            said.append(Said(one, start, end, origin))
            scene.cursor = end + self._gap()
            if rng.random() < 0.04:
                scene.cursor += rng.uniform(5, 12) * 50

    def _end(self, scene: Scene) -> None:
        rng = self.rng
        scene.end = scene.frames
        if not scene.goes_on or (scene.silent and rng.random() < 0.3):
            rest = rng.uniform(2, 20) if rng.random() < 0.5 else rng.uniform(2, 150)
            if scene.cut_from is None:
                scene.end = min(scene.frames, (scene.said[-1].end if scene.said else scene.cursor) + rest)

    def _noise(self, scene: Scene) -> None:
        rng = self.rng
        noise = self.bank[rng.integers(len(self.bank))]
        first = rng.integers(len(noise) - 2 * scene.frames)
        below = rng.uniform(0, 4.5) if scene.silent else rng.uniform(0.8, 4.5)
        tilt = rng.uniform(-1, 1) * np.linspace(-0.5, 0.5, 80)
        part = noise[first : first + 2 * scene.frames].astype(np.float32)
        scene.power += np.exp((part + scene.level - below + tilt.astype(np.float32)) * LN10)

    def _tones(self, scene: Scene) -> None:
        """Tones with overtones, beeps and knocks are not speech."""
        rng, frames, power = self.rng, scene.frames, scene.power
        for _ in range(rng.integers(1, 5)):
            loud = np.exp((scene.level + rng.uniform(-3, 0.7)) * LN10)
            if rng.random() < 0.6:
                pitch = rng.integers(0, 79)
                length = int(rng.uniform(10, 2 * frames) if rng.random() < 0.5 else rng.uniform(10, 120))
                first = rng.integers(0, 2 * frames)
                for h in range(1, rng.integers(2, 5)):
                    if pitch * h < 79:
                        power[first : first + length, pitch * h : pitch * h + 2] += loud / h**2
            else:
                first = rng.integers(0, 2 * frames - 4)
                power[first : first + rng.integers(1, 4)] += loud * 0.1

    def _hear(self, scene: Scene) -> NDArray[np.float32]:
        """Through a microphone: equalised, clamped and scaled as whisper does, with some frames and bins masked."""
        rng, frames = self.rng, scene.frames
        curve = rng.uniform(-0.6, 0.6) * np.linspace(-1, 1, 80) + rng.uniform(-0.3, 0.3) * np.cos(
            np.linspace(0, rng.uniform(3, 12), 80) + rng.uniform(0, 6)
        )
        if rng.random() < 0.15:  # band-limited recording
            curve[rng.integers(60, 80) :] -= rng.uniform(1, 4)
        end = int(2 * scene.end)
        scene.power[end:] = 0
        mel = np.log10(np.maximum(scene.power * np.exp(curve.astype(np.float32) * LN10), 1e-10))
        top = mel.max()
        if scene.silent and rng.random() < 0.6:  # the loudest moment was elsewhere
            top = max(top, scene.level + rng.uniform(-0.5, 2.5))
        elif rng.random() < 0.5:
            top += rng.uniform(0, 0.6)
        mel = (np.maximum(mel, top - 8) + 4) / 4
        if rng.random() < 0.35:  # SpecAugment
            first = rng.integers(0, 72)
            mel[:, first : first + rng.integers(1, 9)] = mel.mean()
        if rng.random() < 0.25:
            first = rng.integers(0, 2 * frames - 8)
            mel[first : first + rng.integers(1, 8)] = mel.mean()
        mel += rng.standard_normal(mel.shape, dtype=np.float32) * rng.uniform(0, 0.04)
        if scene.end < frames and rng.random() < 0.6:  # transcribe() pads the last window with zeros
            mel[end:] = 0
        return mel
