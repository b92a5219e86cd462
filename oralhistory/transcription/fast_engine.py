"""The fast engine: the same checkpoints, decoded by CTranslate2 in float32, encoded in whatever is fastest on this machine.

The decoder chooses words, and 8 bits choose others: 23 of 412 sentences of the fixture were wrong with a decoder in 8 bits, 13
in float32 and 13 with only the encoder in 8 bits (tests/unit/transcription/test_eight_bits.py). So only the encoder may be: with
the dimensions of small that is 1.3 times as fast as the reference, 3.3 times with beams; 8 bits throughout were 1.9 and 4.6.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from oralhistory.domain.transcript import WindowResult
from oralhistory.errors import WorkerFailed
from oralhistory.i18n import tr
from oralhistory.transcription import (
    alignment,
    checkpoint,
    conversion,
    encoders,
    fast_model,
    hearing,
    memory,
    model_file,
    official,
    threads,
)
from oralhistory.transcription.checkpoint import Checkpoint
from oralhistory.transcription.conversions import Conversions
from oralhistory.transcription.fast_model import FastModel
from oralhistory.transcription.speech import SpeechDetector
from oralhistory.transcription.transcriber import EngineInfo

_TEMPERATURES = (0.0,)
"""What other engines draw by chance after that, this one looks for with more beams (see `FastModel.decode`)."""

_MEMORY = 2.5, 600
"""Of the model's file (the decoder's 16 bits become 32, the encoder's 8), and megabytes besides."""


class FastEngine:
    def __init__(self, conversions: Conversions) -> None:
        self._conversions = conversions
        self._model: FastModel | None = None
        self._threads = threads.for_an_engine()
        self._detector = SpeechDetector()

    def open(self, checkpoint_file: Path, sha256: str) -> EngineInfo:
        """Besides what every engine raises: StorageFailed when the converted model cannot be written, WorkerFailed when it
        does not load even when made anew."""
        import ctranslate2
        import torch

        torch.set_num_threads(self._threads)
        with model_file.opened(checkpoint_file, sha256) as file:
            memory.require(file, *_MEMORY)
            found = checkpoint.read(file)
            folder, decoder = self._loaded(found, sha256)
            makers = {
                kind: partial(encoders.by_torch, found.dimensions, found.tensors, kind)
                for kind in (encoders.INT8, encoders.FLOAT32)
            }
            name, encode = encoders.fastest(makers, found.dimensions["n_mels"], folder, self._threads)
        self._model = FastModel(found.dimensions, decoder, encode)
        alignment.use_in_whisper()
        fast_model.use_in_whisper()
        return EngineInfo("fast", ctranslate2.__version__, sha256, f"decoder float32, encoder {name}", self._threads)

    def _loaded(self, found: Checkpoint, sha256: str) -> tuple[Path, Any]:
        """The converted model's folder, and the model opened by CTranslate2. What it refuses is converted anew, once."""
        import ctranslate2

        heads = _heads(found.dimensions, sha256)
        for afresh in (False, True):
            folder = self._conversions.of(found, sha256, heads, afresh=afresh)
            with suppress(RuntimeError):  # that memory ran out is another one of its errors (MemoryError)
                opened = ctranslate2.models.Whisper(str(folder), compute_type="float32", intra_threads=self._threads)
                return folder, opened
        raise WorkerFailed(
            tr("The fast engine cannot read its form of this model, even made anew."),
            safe=tr("The model and everything that was recorded are unchanged."),
            todo=tr("Choose the other engine, or another model."),
        )

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        return hearing.hear(self._model, self._detector, pcm, languages, prompt, _TEMPERATURES, self._threads)

    def close(self) -> None:
        self._model = None


def _heads(dimensions: dict[str, int], sha256: str) -> conversion.Heads:
    published: Any = official.alignment_heads(sha256)
    if published is None:
        return conversion.default_heads(dimensions)
    return conversion.published_heads(published, dimensions)
