"""The reference engine: openai-whisper on the processor, in float32.

Greedy first, then with beams where that came out unlikely, then Whisper's own ladder of temperatures: beams find the same text
every time, and drawing by chance does not.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from oralhistory.domain.transcript import WindowResult
from oralhistory.transcription import alignment, checkpoint, hearing, memory, model_file, official, searching, threads
from oralhistory.transcription.speech import SpeechDetector
from oralhistory.transcription.transcriber import EngineInfo

_TEMPERATURES = (0.0, 0.2, 0.4, 0.6)
"""Certain first; Whisper's own ladder without its last rungs, where it writes fluently and at random."""
_TIMES_THE_FILE, _BESIDES_MB = 2.0, 700
"""16 bits become 32, and what is computed with."""
_MEGABYTE = 1 << 20
_SEED = 0
"""Sampling at higher temperatures gives the same draft every time."""


class WhisperEngine:
    def __init__(self) -> None:
        self._model: Any = None
        self._threads = threads.for_an_engine()
        self._detector = SpeechDetector()

    def open(self, checkpoint_file: Path, sha256: str) -> EngineInfo:
        with model_file.opened(checkpoint_file, sha256) as file:
            size = os.fstat(file.fileno()).st_size
            memory.require(round(_TIMES_THE_FILE * size) // _MEGABYTE + _BESIDES_MB)
            self._model = _built(file, sha256)
        from whisper import __version__

        alignment.use_in_whisper()
        return EngineInfo("whisper", __version__, sha256, "float32", self._threads)

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        import torch

        torch.manual_seed(_SEED)
        model = None if self._model is None else _Searching(self._model)
        return hearing.hear(model, self._detector, pcm, languages, prompt, _TEMPERATURES, self._threads)

    def close(self) -> None:
        self._model = None


class _Searching:
    """Whisper's model, which looks with more beams for what it first found greedily and does not believe."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def __call__(self, *given: Any) -> Any:
        return self._model(*given)

    def decode(self, mel: Any, options: Any) -> Any:
        found = self._model.decode(mel, options)
        if options.temperature or not searching.is_poor(found):
            return found
        return max(found, self._model.decode(mel, replace(options, beam_size=searching.BEAMS)), key=searching.goodness)


def _built(file: IO[bytes], sha256: str) -> Any:
    found = checkpoint.read(file)  # what is no model is refused before the library of models is loaded
    from whisper.model import ModelDimensions, Whisper

    model = Whisper(ModelDimensions(**found.dimensions))
    model.load_state_dict(found.tensors)
    heads = official.alignment_heads(sha256)
    if heads is not None:
        model.set_alignment_heads(heads)
    return model.eval()
