"""The reference engine: openai-whisper on the processor, in float32.

The model's file is loaded only when its bytes have the expected checksum, from the handle that was checked. No text of one
window conditions the next, because that is where loops begin. Silence at a window's end is not asked about.
"""

import hashlib
import math
import warnings
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from oralhistory.domain.transcript import Segment, WindowResult, Word, normalised
from oralhistory.errors import Damaged, MalformedInput, NotFound, ProgramFault
from oralhistory.i18n import tr
from oralhistory.transcription import alignment, checkpoint, loudness, official, threads
from oralhistory.transcription.transcriber import EngineInfo

_TEMPERATURES = (0.0, 0.2, 0.4, 0.6)
"""Certain first; Whisper's own ladder without its last rungs, where it writes fluently and at random."""
_SEED = 0
"""Sampling at higher temperatures gives the same draft every time."""
_MEL_HOP = 160
_LONGEST_BYTES = 30 * loudness.RATE * 4
_NOTHING_HEARD = WindowResult((), "", 0.0, 1.0, 0.0)


class WhisperEngine:
    def __init__(self) -> None:
        self._model: Any = None
        self._threads = threads.for_an_engine()

    def open(self, checkpoint_file: Path, sha256: str) -> EngineInfo:
        try:
            with checkpoint_file.open("rb") as file:
                _check(file, sha256)
                self._model = _built(file, sha256)
        except FileNotFoundError:
            raise _missing() from None
        except OSError:
            raise _unreadable() from None
        from whisper import __version__

        alignment.use_in_whisper()
        return EngineInfo("whisper", __version__, sha256, self._threads)

    def window(self, pcm: bytes, language: str | None, prompt: str) -> WindowResult:
        import torch

        samples = loudness.samples_of(pcm)
        if self._model is None or len(pcm) > _LONGEST_BYTES or not bool((abs(samples) < math.inf).all()):
            raise ProgramFault("a window needs an open engine and at most 30 s of finite samples")
        if not samples.size:
            return _NOTHING_HEARD
        _check_language(language)
        level = loudness.levels(samples)
        torch.set_num_threads(self._threads)
        torch.manual_seed(_SEED)
        with torch.inference_mode(), warnings.catch_warnings():
            # whisper's own modules leave files to the collector: openai/whisper, triton_ops and timing
            warnings.simplefilter("ignore", ResourceWarning)
            heard = _transcribed(_Attentive(self._model, samples, level), samples, language, prompt)
        return _result(heard, math.ceil(samples.size * 1000 / loudness.RATE), level)

    def close(self) -> None:
        self._model = None


class _Attentive:
    """The model as `whisper.transcribe` uses it, but deaf to what is left of a window when that is only its last pause.

    Whisper listens again from the end of the last word it wrote; over a moment of silence that costs another
    pass and is where it invents. The place it listens from is told by the length of what it is given: the rest is exact zeros.
    """

    def __init__(self, model: Any, samples: loudness.Samples, level: loudness.Levels) -> None:
        self._model = model
        self._frames = samples.size // _MEL_HOP
        self._level = level

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def __call__(self, *given: Any) -> Any:
        return self._model(*given)

    def decode(self, mel: Any, options: Any) -> Any:
        from whisper.decoding import DecodingResult

        start = self._frames - int((mel != 0).any(dim=0).sum())
        rest = self._level[start * 10 // loudness.FRAME_MS :]
        if start > 0 and not loudness.stands_out(rest, self._level):
            return DecodingResult(
                audio_features=mel,
                language=options.language,
                no_speech_prob=1.0,
                avg_logprob=-math.inf,
                temperature=0.0,
            )
        return self._model.decode(mel, options)


def _transcribed(model: Any, samples: loudness.Samples, language: str | None, prompt: str) -> dict[str, Any]:
    import whisper.transcribe  # the function of that name hides the module
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # whisper makes a bar that nobody sees; a thread to watch over it would outlive the window
    heard: dict[str, Any] = whisper.transcribe(
        model,
        samples.copy(),  # torch wants memory it could write to
        language=language,
        initial_prompt=prompt.strip() or None,
        carry_initial_prompt=True,
        temperature=_TEMPERATURES,
        condition_on_previous_text=False,
        word_timestamps=True,
        fp16=False,
        verbose=None,
    )
    return heard


def _check(file: BufferedReader, sha256: str) -> None:
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        raise Damaged(
            tr("The speech model's file is not the one that was chosen: its checksum is another."),
            safe=tr("It was not loaded. Recordings and drafts are untouched."),
            todo=tr("Remove the model and add it again from a good copy."),
        )


def _built(file: IO[bytes], sha256: str) -> Any:
    from whisper.model import ModelDimensions, Whisper

    found = checkpoint.read(file)
    model = Whisper(ModelDimensions(**found.dimensions))
    model.load_state_dict(found.tensors)
    heads = official.alignment_heads(sha256)
    if heads is not None:
        model.set_alignment_heads(heads)
    return model.eval()


def _check_language(language: str | None) -> None:
    from whisper.tokenizer import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise MalformedInput(tr("The speech model does not know this language: {language}.", language=language))


def _result(heard: dict[str, Any], window_ms: int, level: loudness.Levels) -> WindowResult:
    said = [one for one in heard["segments"] if normalised(one["text"])]
    if not said:
        return _NOTHING_HEARD
    segments: list[Segment] = []
    for one in said:
        previous = segments[-1].end_ms if segments else 0
        segments.append(_segment(one, str(len(segments)), previous, window_ms, heard["language"], level))
    tokens = [len(one["tokens"]) for one in said]
    return WindowResult(
        tuple(segments),
        heard["language"],
        sum(one["avg_logprob"] * count for one, count in zip(said, tokens, strict=True)) / max(1, sum(tokens)),
        max(one["no_speech_prob"] for one in said),
        max(one["compression_ratio"] for one in said),
    )


def _segment(
    one: dict[str, Any], placeholder: str, previous_ms: int, window_ms: int, language: str, level: loudness.Levels
) -> Segment:
    """One of Whisper's segments, its times in whole milliseconds inside the window and not before `previous_ms`."""
    start = min(max(_ms(one["start"]), previous_ms), window_ms - 1)
    end = min(max(_ms(one["end"]), start + 1), window_ms)
    text = normalised(one["text"])
    under = level[start // loudness.FRAME_MS : -(-end // loudness.FRAME_MS)]
    flags = frozenset() if loudness.stands_out(under, level) else frozenset({"silence"})
    words = _words(one.get("words", ()), text, start, end)
    return Segment(placeholder, "", start, end, text, language=language, words=words, flags=flags)


def _words(found: Any, text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """The words that occur in `text` in this order, their times inside the segment and never going back."""
    words = []
    at, time = 0, start_ms
    for one in found:
        word = normalised(one["word"])
        place = text.find(word, at)
        if not word or place < 0:
            continue
        at = place + len(word)
        start = min(max(_ms(one["start"]), time), end_ms)
        time = min(max(_ms(one["end"]), start), end_ms)
        words.append(Word(word, start, time, min(max(float(one["probability"]), 0.0), 1.0)))
    return tuple(words)


def _ms(seconds: float) -> int:
    return round(float(seconds) * 1000)


def _missing() -> NotFound:
    return NotFound(
        tr("The speech model's file is not where it was."), todo=tr("Add the model again, or name another one.")
    )


def _unreadable() -> MalformedInput:
    return MalformedInput(
        tr("The speech model's file cannot be read."), todo=tr("Check that it is a file you may read.")
    )
