"""One engine with one checkpoint in a process of its own, asked for windows by `transcribe.py`: a line in, a line of JSON out.

The work is fixed: a window of 30 s is made a spectrogram, encoded, and 110 tokens are decoded from it ("greedy", "beam"); "words"
asks besides for the times of 110 words; for "warm" it is a few tokens, and for "nothing" none is heard, which tells what
opening took. Checkpoints are drawn by chance, so tokens mean nothing and never end early.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

TOKENS, FEW_TOKENS = 110, 4
BEAMS = 5


def main() -> int:
    engine, model, converted = sys.argv[1:4]
    import torch

    torch.set_num_threads(1)
    makers = {"reference": _reference, "fast": _fast, "light": partial(_fast, name="light"), "ct2-int8": _ct2}
    work = makers[engine](Path(model), Path(converted))
    sound = torch.randn(30 * 16_000, generator=torch.Generator().manual_seed(1)) * 0.1
    with torch.inference_mode():
        for line in sys.stdin:
            began = time.process_time()
            tokens = 0 if line.strip() == "nothing" else work(sound, line.strip())
            took = time.process_time() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(json.dumps({"seconds": took, "tokens": tokens, "peak_mb": peak}), flush=True)
    return 0


def _reference(model: Path, _converted: Path) -> Callable[[Any, str], int]:
    import whisper
    from whisper.decoding import DecodingOptions
    from whisper.timing import find_alignment

    from oralhistory.transcription import alignment

    alignment.use_in_whisper()
    loaded = whisper.load_model(str(model), device="cpu")
    tokenizer = whisper.tokenizer.get_tokenizer(True, language="ko", task="transcribe")

    def work(sound: Any, how: str) -> int:
        mel = whisper.log_mel_spectrogram(sound)
        wanted = FEW_TOKENS if how == "warm" else TOKENS
        options = DecodingOptions(
            language="ko", fp16=False, sample_len=wanted, beam_size=BEAMS if how == "beam" else None
        )
        tokens = len(loaded.decode(mel, options).tokens)
        if how == "words":
            find_alignment(loaded, tokenizer, [1000] * TOKENS, mel, 3000)
        return tokens

    return work


def _fast(model: Path, converted: Path, name: str = "fast") -> Callable[[Any, str], int]:
    import hashlib

    from oralhistory.transcription import alignment
    from oralhistory.transcription.conversions import Conversions
    from oralhistory.transcription.fast_engine import FastEngine

    alignment.spare_the_compiler()  # as the worker does
    engine = FastEngine(Conversions(converted), name)
    with model.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    engine.open(model, sha256)
    assert engine._model is not None
    return _asked(engine._model)


def _ct2(model: Path, converted: Path) -> Callable[[Any, str], int]:
    """CTranslate2 in 8 bits throughout, encoder and decoder: what faster-whisper calls, without its own Python around it."""
    import ctranslate2

    from oralhistory.transcription import checkpoint, conversion, fast_model
    from tests.helpers.whole_model import by_ct2

    folder = converted.with_name(f"{converted.name}-int8")
    with model.open("rb") as file:
        found = checkpoint.read(file)
        if not folder.exists():
            folder.mkdir()
            conversion.write(found, folder, "int8_float32", conversion.default_heads(found.dimensions))
    loaded = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=1)
    return _asked(fast_model.FastModel(found.dimensions, loaded, by_ct2(loaded)))


def _asked(model: Any) -> Callable[[Any, str], int]:
    import whisper
    from whisper.decoding import DecodingOptions

    from oralhistory.transcription import fast_model

    tokenizer = whisper.tokenizer.get_tokenizer(True, language="ko", task="transcribe")

    def work(sound: Any, how: str) -> int:
        model._heard = None
        fast_model._LONGEST = 2 * (FEW_TOKENS if how == "warm" else TOKENS)
        mel = whisper.log_mel_spectrogram(sound)
        search = fast_model._WIDE if how == "beam" else fast_model._GREEDY
        tokens = len(model.searched(mel, DecodingOptions(language="ko", fp16=False), search).tokens)
        if how == "words":
            model.find_alignment(tokenizer, [1000] * TOKENS, mel, 3000)
        return tokens

    return work


if __name__ == "__main__":
    sys.exit(main())
