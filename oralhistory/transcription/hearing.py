"""One window heard the way whisper.transcribe hears, whichever engine computes: what is asked, and what is kept of the answer.

No text of one window conditions the next, because that is where loops begin. Silence at a window's end is not asked about.
"""

import bisect
import math
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from oralhistory.domain.transcript import Segment, WindowResult, Word, normalised
from oralhistory.errors import MalformedInput, ProgramFault
from oralhistory.i18n import tr
from oralhistory.transcription import loudness
from oralhistory.transcription.speech import NO_VOICE, Span, SpeechDetector, spans

_MEL_HOP = 160
_LONGEST_BYTES = 30 * loudness.RATE * 4
_NOTHING_HEARD = WindowResult((), "", 0.0, 1.0, 0.0)


def hear(
    model: Any,
    detector: SpeechDetector,
    pcm: bytes,
    languages: Sequence[str],
    prompt: str,
    temperatures: Sequence[float],
    threads: int,
) -> WindowResult:
    """What `model` (whisper's, or one in its shape) hears in 16 kHz mono float32 sound of at most 30 s.

    One language is taken as it is; of several the model tells which, of none any it knows. Where nothing is like a voice the
    model, which invents, is not asked.
    """
    import torch

    samples = loudness.samples_of(pcm)
    if model is None or len(pcm) > _LONGEST_BYTES or not bool((abs(samples) < math.inf).all()):
        raise ProgramFault("a window needs an open engine and at most 30 s of finite samples")
    if not samples.size:
        return replace(_NOTHING_HEARD, speech=())
    _check_languages(languages)
    torch.set_num_threads(threads)
    likely = detector.likelihoods(samples)
    if likely.max() < NO_VOICE:
        return replace(_NOTHING_HEARD, speech=())
    level, speech = loudness.levels(samples), spans(likely)
    with torch.inference_mode(), warnings.catch_warnings():
        # whisper's own modules leave files to the collector: openai/whisper, triton_ops and timing
        warnings.simplefilter("ignore", ResourceWarning)
        heard = _transcribed(_Attentive(model, samples, level, languages), samples, languages, prompt, temperatures)
    return replace(_result(heard, math.ceil(samples.size * 1000 / loudness.RATE), level, speech), speech=speech)


class _Attentive:
    """The model as `whisper.transcribe` uses it, but deaf to what is left of a window when that is only its last pause.

    Whisper listens again from the end of the last word it wrote; over a moment of silence that costs another
    pass and is where it invents. The place it listens from is told by the length of what it is given: the rest is exact zeros.
    """

    def __init__(
        self, model: Any, samples: loudness.Samples, level: loudness.Levels, languages: Sequence[str]
    ) -> None:
        self._model = model
        self._languages = languages
        self._frames = samples.size // _MEL_HOP
        self._level = level

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def __call__(self, *given: Any) -> Any:
        return self._model(*given)

    def detect_language(self, mel: Any) -> tuple[Any, dict[str, float]]:
        """How likely each language is that may be spoken here, told from exactly what is then written down."""
        heard = mel.clone()
        heard[:, self._frames :] = 0
        tokens, likely = self._model.detect_language(heard)
        return tokens, {name: share for name, share in likely.items() if name in (self._languages or likely)}

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


def _transcribed(
    model: Any, samples: loudness.Samples, languages: Sequence[str], prompt: str, temperatures: Sequence[float]
) -> dict[str, Any]:
    import whisper.transcribe  # the function of that name hides the module
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # whisper makes a bar that nobody sees; a thread to watch over it would outlive the window
    heard: dict[str, Any] = whisper.transcribe(
        model,
        samples.copy(),  # torch wants memory it could write to
        language=languages[0] if len(languages) == 1 else None,
        initial_prompt=_as_far_as_read(model, prompt) or None,
        carry_initial_prompt=True,
        temperature=tuple(temperatures),
        condition_on_previous_text=False,
        word_timestamps=True,
        fp16=False,
        verbose=None,
    )
    return heard


def _as_far_as_read(model: Any, prompt: str) -> str:
    """The last whole words of `prompt` that fit where Whisper looks: half its context less one token.

    It would itself cut a longer one in the middle of a word (whisper/decoding.py, `_get_initial_tokens`).
    """
    from whisper.tokenizer import get_tokenizer

    tokenizer = get_tokenizer(model.is_multilingual, num_languages=model.num_languages)
    words, most = prompt.split(), model.dims.n_text_ctx // 2 - 1

    def tokens(count: int) -> int:
        return len(tokenizer.encode(" " + " ".join(words[-count:])))

    fitting = bisect.bisect_right(range(1, len(words) + 1), most, key=tokens)
    return " ".join(words[len(words) - fitting :])


def _check_languages(languages: Sequence[str]) -> None:
    from whisper.tokenizer import LANGUAGES

    for language in languages:
        if language not in LANGUAGES:
            raise MalformedInput(tr("The speech model does not know this language: {language}.", language=language))


def _result(
    heard: dict[str, Any], window_ms: int, level: loudness.Levels, speech: tuple[Span, ...]
) -> WindowResult:
    said = [one for one in heard["segments"] if normalised(one["text"])]
    if not said:
        return _NOTHING_HEARD
    segments: list[Segment] = []
    for one in said:
        previous = segments[-1].end_ms if segments else 0
        segments.append(_segment(one, str(len(segments)), previous, window_ms, heard["language"], level, speech))
    tokens = [len(one["tokens"]) for one in said]
    return WindowResult(
        tuple(segments),
        heard["language"],
        sum(one["avg_logprob"] * count for one, count in zip(said, tokens, strict=True)) / max(1, sum(tokens)),
        max(one["no_speech_prob"] for one in said),
        max(one["compression_ratio"] for one in said),
    )


def _segment(
    one: dict[str, Any],
    placeholder: str,
    previous_ms: int,
    window_ms: int,
    language: str,
    level: loudness.Levels,
    speech: tuple[Span, ...],
) -> Segment:
    """One of Whisper's segments, its times in whole milliseconds inside the window and not before `previous_ms`."""
    start = min(max(_ms(one["start"]), previous_ms), window_ms - 1)
    end = min(max(_ms(one["end"]), start + 1), window_ms)
    text = normalised(one["text"])
    under = level[start // loudness.FRAME_MS : -(-end // loudness.FRAME_MS)]
    spoken = loudness.stands_out(under, level) and any(since < end and start < upto for since, upto in speech)
    flags: frozenset[str] = frozenset() if spoken else frozenset({"silence"})
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
