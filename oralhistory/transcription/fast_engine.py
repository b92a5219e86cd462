"""The fast engines: the same checkpoints, decoded by CTranslate2, encoded in whatever is fastest on this machine.

The decoder chooses words, and 8 bits choose others: 23 of 412 sentences of the fixture were wrong with a decoder in 8 bits, 13
in float32 and 13 with only the encoder in 8 bits (tests/unit/transcription/test_eight_bits.py). So there are two: "fast" decodes
in float32 and errs no more than the reference; "light" decodes in 8 bits, for machines that are weak or short of memory, and
whoever chooses it is told. No trial at the conversion chooses between them: what 8 bits cost is known only where it is known
what was said, and over speech that a model does not know, or numbers drawn by chance, both write different words.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

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
from oralhistory.transcription.conversions import Conversions
from oralhistory.transcription.encoders import Encode
from oralhistory.transcription.fast_model import FastModel
from oralhistory.transcription.speech import SpeechDetector
from oralhistory.transcription.transcriber import EngineInfo

FAST, LIGHT = "fast", "light"
_DECODERS = {FAST: (conversion.DECODER, "float32", 4), LIGHT: (conversion.DECODER_IN_8_BITS, "int8_float32", 1)}
"""In which form each engine keeps the decoder, what CTranslate2 computes it in, and the bytes that each of its numbers takes."""
_TEMPERATURES = (0.0,)
"""What other engines draw by chance after that, this one looks for with more beams (see `FastModel.decode`)."""
_BESIDES_MB = 500
"""Libraries, and what is computed with: measured with the dimensions of small (tests/bench/transcribe.py)."""
_MEGABYTE = 1 << 20


class FastEngine:
    def __init__(self, conversions: Conversions, name: str = FAST) -> None:
        """`name`: FAST or LIGHT."""
        self._conversions = conversions
        self._name = name
        self._kind, self._compute, self._bytes = _DECODERS[name]
        self._model: FastModel | None = None
        self._threads = threads.for_an_engine()
        self._detector = SpeechDetector()

    def open(self, checkpoint_file: Path, sha256: str) -> EngineInfo:
        """Besides what every engine raises: StorageFailed when the converted model cannot be written, WorkerFailed when it
        does not load even when made anew.

        One after the other, so that nothing is there twice: the checkpoint's numbers are let go of before the decoder comes.
        """
        import ctranslate2
        import torch

        torch.set_num_threads(self._threads)
        memory.return_what_is_freed()
        with model_file.opened(checkpoint_file, sha256) as file:
            dimensions = self._checked(file)
            folder = self._converted(file, sha256)
            encoder, encode = self._encoder(file, folder)
            decoder = self._decoder(folder)
            if decoder is None:
                decoder = self._decoder(self._converted(file, sha256, afresh=True))
        if decoder is None:
            raise _unreadable()
        self._model = FastModel(dimensions, decoder, encode)
        alignment.use_in_whisper()
        fast_model.use_in_whisper()
        computes = f"decoder {self._compute}, encoder {encoder}"
        return EngineInfo(self._name, ctranslate2.__version__, sha256, computes, self._threads)

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        return hearing.hear(self._model, self._detector, pcm, languages, prompt, _TEMPERATURES, self._threads)

    def close(self) -> None:
        self._model = None

    def _checked(self, file: IO[bytes]) -> dict[str, int]:
        """The dimensions of a model that there is memory for. MalformedInput, WorkerFailed."""
        found = checkpoint.read(file)
        decoder = sum(tensor.nelement() for name, tensor in found.tensors.items() if name.startswith("decoder."))
        encoder = sum(tensor.nelement() for name, tensor in found.tensors.items() if name.startswith("encoder."))
        memory.require((decoder * self._bytes + encoder * 3 // 2) // _MEGABYTE + _BESIDES_MB)
        return found.dimensions

    def _converted(self, file: IO[bytes], sha256: str, *, afresh: bool = False) -> Path:
        found = checkpoint.read(file)
        return self._conversions.of(found, sha256, _heads(found.dimensions, sha256), self._kind, afresh=afresh)

    def _encoder(self, file: IO[bytes], folder: Path) -> tuple[str, Encode]:
        found = checkpoint.read(file)
        makers = {
            kind: partial(encoders.by_torch, found.dimensions, found.tensors, kind)
            for kind in (encoders.INT8, encoders.FLOAT32)
        }
        return encoders.fastest(makers, found.dimensions["n_mels"], folder, self._threads)

    def _decoder(self, folder: Path) -> Any:
        """The converted model as CTranslate2 opens it; None when it refuses."""
        import ctranslate2

        with suppress(RuntimeError):  # that memory ran out is another one of its errors (MemoryError)
            return ctranslate2.models.Whisper(str(folder), compute_type=self._compute, intra_threads=self._threads)
        return None


def _heads(dimensions: dict[str, int], sha256: str) -> conversion.Heads:
    published: Any = official.alignment_heads(sha256)
    if published is None:
        return conversion.default_heads(dimensions)
    return conversion.published_heads(published, dimensions)


def _unreadable() -> WorkerFailed:
    return WorkerFailed(
        tr("This engine cannot read its own form of the model, even made anew."),
        safe=tr("The model and everything that was recorded are unchanged."),
        todo=tr("Choose another engine, or another model."),
    )
