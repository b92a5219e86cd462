"""Scenes as training examples: what the decoder should write, where it should listen, and batches of both."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from fixture_model.scenes import Said, Scene, SceneMaker
from fixture_model.vocabulary import (
    LANGUAGE_TOKEN,
    LANGUAGES,
    MAX_INITIAL,
    ROW,
    TEXT_ROWS,
    TIME_ROW,
    TOKENIZER,
    UNKNOWN,
)

TIME_SPAN = 3.0  # frames around a time token's moment in which to listen
NOWHERE = (-1.0, -1.0)
Target = tuple[int, tuple[float, float]]  # row of a token, and the span of frames the position predicting it looks at


@dataclass
class Window:
    """`first` is the row to predict after <|startoftranscript|>, None where it is not certain."""

    mel: NDArray[np.float32]
    language: int
    first: int | None
    plain: list[Target] | None
    stamped: list[Target]
    ambiguous: bool


Pack = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]  # tokens, targets, spans, batch indices


class Windows:
    """An endless source of batches; the stage seeds it and sets how often earlier text is in the prompt."""

    def __init__(self, stage: int) -> None:
        self.maker = SceneMaker(stage)
        self.rng = self.maker.rng
        self.prompted, self.filled = (0.5, 0.2) if stage < 4 else (0.7, 0.4)

    def window(self, frames: int, offset: int) -> Window:
        scene, mel = self.maker.draw(frames, offset)
        plain, stamped = self._targets(scene)
        language, first = self._language(scene)
        return Window(
            mel=mel,
            language=ROW[LANGUAGE_TOKEN[language]],
            first=first,
            plain=plain if scene.said else None,
            stamped=stamped,
            ambiguous=not scene.said and scene.cut_from is not None,
        )

    def _targets(self, scene: Scene) -> tuple[list[Target], list[Target]]:
        """The rows without and with time tokens."""
        plain: list[Target] = []
        stamped: list[Target] = []
        said = scene.said
        for k, one in enumerate(said):
            following = said[k + 1].start if k + 1 < len(said) else min(scene.end, one.end + 20)
            stamped.append((self._start_row(scene, one, k == 0), _around(one.start)))
            rows = TEXT_ROWS[one.utterance["s"]]
            spans = [(one.origin + a, one.origin + b) for a, b in one.utterance["tok"]]
            for row, (a, b) in list(zip(rows, spans, strict=True))[:-1]:
                plain.append((row, (a, max(b, a + 3))))
                stamped.append((row, (a, max(b, a + 3))))
            plain.append((rows[-1], (one.end, max(following, one.end + 2))))
            stamped.append((rows[-1], _around(one.end)))
            stamped.append((TIME_ROW + min(1500, round(scene.offset + one.end)), _around(one.end)))
        if not said:
            stamped = [(TIME_ROW, NOWHERE)]
        elif scene.cut_from is not None and scene.reaches_window_end:
            row = TIME_ROW + min(1500, round(scene.offset + scene.cut_from))
            stamped.append((row, _around(scene.cut_from)))
        end_at = (said[-1].end + 10, max(scene.end, said[-1].end + 14)) if said else NOWHERE
        stamped.append((ROW[TOKENIZER.eot], NOWHERE))
        plain.append((ROW[TOKENIZER.eot], end_at))
        return plain, stamped

    def _start_row(self, scene: Scene, one: Said, is_first: bool) -> int:
        start = TIME_ROW + round(max(0, scene.offset + one.start))
        if is_first:
            start = min(start, TIME_ROW + MAX_INITIAL)
            if scene.offset == 0 and self.rng.random() < 0.1 and one.start <= MAX_INITIAL:
                start = TIME_ROW
        return start

    def _language(self, scene: Scene) -> tuple[str, int | None]:
        """The language token of the prompt, and the row to predict in its place."""
        rng, said = self.rng, scene.said
        language = said[0].utterance["lang"] if said else LANGUAGES[rng.integers(3)]
        known = len({one.utterance["lang"] for one in said}) == 1
        if rng.random() < (0.15 if known else 0.5):
            language, known = LANGUAGES[rng.integers(3)], False
        if not said:
            return language, None if scene.cut_from is not None else ROW[TOKENIZER.no_speech]
        return language, ROW[LANGUAGE_TOKEN[language]] if known else None

    def prompt(self) -> list[int]:
        """Earlier text with its times, as transcribe() hands it on; often none."""
        rng = self.rng
        if rng.random() >= self.prompted:
            return []
        rows: list[int] = []
        t = int(rng.integers(0, 100))
        n = 223 if rng.random() < self.filled else int(rng.integers(1, 224))
        while len(rows) < n:
            one = self.maker.utterances[rng.integers(len(self.maker.utterances))]
            length = int(one["off"] - one["on"])
            if t + length > 1500:
                t = int(rng.integers(0, 60))
            rows += [TIME_ROW + t, *TEXT_ROWS[one["s"]], TIME_ROW + t + length]
            t += length + int(rng.integers(10, 80))
            if rng.random() < 0.03:
                rows += [UNKNOWN] * int(rng.integers(1, 12))
        return [ROW[TOKENIZER.sot_prev], *rows[-n:]]

    def _offset(self, frames: int) -> int:
        if frames == 1500 or self.rng.random() < 0.4:
            return 0
        return 1500 - frames if self.rng.random() < 0.2 else int(self.rng.integers(0, 1501 - frames))

    def _certain(self, frames: int, offset: int) -> Window:
        window = self.window(frames, offset)
        while window.ambiguous:
            window = self.window(frames, offset)
        return window

    def batch(
        self, size: int, frames: int, prompts: bool = True
    ) -> tuple[torch.Tensor, torch.Tensor, list[Pack | None]]:
        """Mel (size, 80, 2 * frames), encoder positions (size, frames), and a pack with and one without times."""
        offsets = [self._offset(frames) for _ in range(size)]
        windows = [self._certain(frames, offset) for offset in offsets]
        mel = torch.from_numpy(np.stack([window.mel.T for window in windows]))
        positions = torch.tensor(offsets)[:, None] + torch.arange(frames)
        stamped = [self._sequence(w, w.stamped, self.prompt() if prompts else []) for w in windows]
        plain = [None if w.plain is None else self._sequence(w, w.plain, [], timed=False) for w in windows]
        return mel, positions, [_pack(stamped), _pack(plain)]

    @staticmethod
    def _sequence(
        window: Window, targets: list[Target], head: list[int], timed: bool = True
    ) -> tuple[list[int], list[int], list[Any]] | None:
        """Input rows, rows to predict (-1 where free) and spans; None where it is longer than the decoder."""
        before = [*head, ROW[TOKENIZER.sot], window.language, ROW[TOKENIZER.transcribe]]
        if not timed:
            before.append(ROW[TOKENIZER.no_timestamps])
        given = before + [row for row, _ in targets[:-1]]
        wanted = [-1] * len(given)
        spans = [NOWHERE] * len(given)
        if window.first is not None:
            wanted[len(head)] = window.first
        for j, (row, span) in enumerate(targets, start=len(before) - 1):
            wanted[j], spans[j] = row, span
        return (given, wanted, spans) if len(given) <= 448 else None


def _around(moment: float) -> tuple[float, float]:
    return moment - TIME_SPAN, moment + TIME_SPAN


def _pack(sequences: list[tuple[list[int], list[int], list[Any]] | None]) -> Pack | None:
    kept = [(index, sequence) for index, sequence in enumerate(sequences) if sequence is not None]
    if not kept:
        return None
    length = max(len(given) for _, (given, _, _) in kept)
    tokens = torch.full((len(kept), length), ROW[TOKENIZER.eot])
    targets = torch.full((len(kept), length), -1)
    looks = torch.full((len(kept), length, 2), -1.0)
    for k, (_, (given, wanted, spans)) in enumerate(kept):
        tokens[k, : len(given)] = torch.tensor(given)
        targets[k, : len(given)] = torch.tensor(wanted)
        looks[k, : len(given)] = torch.tensor(spans)
    return tokens, targets, looks, torch.tensor([index for index, _ in kept])
