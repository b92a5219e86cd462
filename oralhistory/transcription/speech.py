"""Where somebody speaks: Silero's voice detector on the processor, a whole window at a time.

The weights come with the package silero-vad (MIT); its own loop over 32 ms pieces costs as much as transcribing with the
smallest models does, so the same network is computed here for all pieces at once. Nothing is recognised but that it is a voice.
"""

import importlib.util
import warnings
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from oralhistory.transcription.loudness import RATE, Samples

Span = tuple[int, int]
"""From, to, in milliseconds of the window."""

_PIECE, _BEFORE = 512, 64
"""Samples looked at in one step, and those before it that are seen again: silero_vad/sequence_vad.py, `RATE_CONFIG`."""
_BEGINS, _ENDS = 0.5, 0.35
"""Silero's own thresholds: a voice begins above the one and ends below the other (utils_vad.py)."""
_SHORTEST_MS, _PAUSE_MS = 250, 100
_PREFIX = "_model."
NO_VOICE = 0.1
"""Below this throughout, there is no voice: noise and hum reach 0.03, soft speech far more."""


class SpeechDetector:
    @cached_property
    def _weights(self) -> dict[str, Any]:
        """The tensors in the package's own file for 16 kHz, read with the first sound: a refusal does not wait for torch.

        The package is found without being run: it changes torch's threads.
        """
        import torch

        package = importlib.util.find_spec("silero_vad")
        assert package is not None and package.submodule_search_locations
        path = Path(package.submodule_search_locations[0]) / "data" / "silero_vad.jit"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch would rather have it in another form; the package has this one
            tensors = torch.jit.load(str(path), map_location="cpu").state_dict()
        return {name.removeprefix(_PREFIX): tensor for name, tensor in tensors.items() if name.startswith(_PREFIX)}

    def likelihoods(self, samples: Samples) -> Samples:
        """How likely a voice is in each piece of 32 ms of 16 kHz sound; the last piece is filled up with silence."""
        import torch
        from torch.nn import functional as f

        if not samples.size:
            return np.zeros(0, np.float32)
        given = self._weights
        pieces = -(-samples.size // _PIECE)
        padded = np.zeros(_BEFORE + pieces * _PIECE, np.float32)
        padded[_BEFORE : _BEFORE + samples.size] = samples
        with torch.inference_mode():
            x = torch.from_numpy(padded).unfold(0, _BEFORE + _PIECE, _PIECE)
            x = f.pad(x[:, None], (0, _BEFORE), mode="reflect")
            waves = f.conv1d(x, given["stft.forward_basis_buffer"], stride=128)
            half = waves.shape[1] // 2
            x = (waves[:, :half].square() + waves[:, half:].square()).sqrt()
            for layer, stride in enumerate((1, 2, 2, 1)):
                weight, bias = (given[f"encoder.{layer}.reparam_conv.{part}"] for part in ("weight", "bias"))
                x = f.conv1d(x, weight, bias, stride=stride, padding=1).relu()
            heard, _, _ = torch.lstm(
                x.squeeze(-1)[:, None], (torch.zeros(1, 1, 128),) * 2,
                [given[f"decoder.rnn.{name}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")],
                True, 1, 0.0, False, False, False,
            )  # fmt: skip
            last = (given[f"decoder.decoder.2.{part}"] for part in ("weight", "bias"))
            said = f.conv1d(heard[:, 0, :, None].relu(), *last)
        return np.asarray(said.sigmoid().flatten().numpy())


def spans(likelihoods: Samples) -> tuple[Span, ...]:
    """The stretches of speech: short pauses belong to them, and what is shorter than any word is none."""
    speaking = np.zeros(likelihoods.size + 2, bool)
    now = False
    for place, likely in enumerate(likelihoods, start=1):
        now = bool(likely >= (_ENDS if now else _BEGINS))
        speaking[place] = now
    edges = np.flatnonzero(np.diff(speaking)) * _PIECE * 1000 // RATE
    found: list[Span] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and start - found[-1][1] < _PAUSE_MS:
            start = found.pop()[0]
        found.append((start, end))
    return tuple((start, end) for start, end in found if end - start >= _SHORTEST_MS)
