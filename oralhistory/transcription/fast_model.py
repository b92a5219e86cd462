"""A converted model in the shape in which whisper.transcribe asks for one: the same questions, computed by CTranslate2.

Each stretch of sound is encoded once, however often it is asked about (language, text, times of words). Text is looked for
greedily; only what comes out unlikely or in a loop is looked for again, wider. Nothing is drawn by chance, so the same
sound gives the same draft.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from oralhistory.transcription import conversion, searching
from oralhistory.transcription.encoders import Encode

_MEDIAN = 7
_TOKENS_A_SECOND = 50
_LONGEST = 448
"""CTranslate2 halves it: at most 224 tokens are written, as in whisper/decoding.py (`sample_len`)."""


@dataclass(frozen=True, slots=True)
class _Search:
    beams: int
    no_repeated: int = 0
    """So many tokens in a row are not written twice; 0: they may be."""


_GREEDY, _WIDE, _WITHOUT_LOOPS = _Search(1), _Search(searching.BEAMS), _Search(searching.BEAMS, 6)


class FastModel:
    """`whisper.model.Whisper` as far as `whisper.transcribe` uses it, and `find_alignment` of whisper/timing.py."""

    def __init__(self, dimensions: dict[str, int], decoder: Any, encode: Encode) -> None:
        """`decoder` is an open `ctranslate2.models.Whisper`."""
        import torch

        self.dims = SimpleNamespace(**dimensions)
        self.device = torch.device("cpu")
        self.is_multilingual, self.num_languages = conversion.languages_of(dimensions)
        self._dimensions = dimensions
        self._decoder = decoder
        self._encode = encode
        self._heard: tuple[Any, Any] | None = None

    def detect_language(self, mel: Any) -> tuple[None, dict[str, float]]:
        (ranked,) = self._decoder.detect_language(self._features(mel))
        return None, {token.strip("<|>"): probability for token, probability in ranked}

    def decode(self, mel: Any, options: Any) -> Any:
        """As whisper/decoding.py does at temperature 0, greedily or, where that is not good enough, with several beams."""
        found = self.searched(mel, options, _GREEDY)
        if searching.is_poor(found):
            found = max(found, self.searched(mel, options, _WIDE), key=searching.goodness)
        if found.compression_ratio > searching.LOOPS:
            found = max(found, self.searched(mel, options, _WITHOUT_LOOPS), key=searching.goodness)
        return found

    def searched(self, mel: Any, options: Any, search: _Search = _GREEDY) -> Any:
        """One search, as a `whisper.decoding.DecodingResult`."""
        from whisper.decoding import DecodingResult
        from whisper.utils import compression_ratio

        tokenizer = conversion.tokenizer_of(self._dimensions, options.language)
        (result,) = self._decoder.generate(
            self._features(mel),
            [_prompt(tokenizer, options.prompt, self._dimensions["n_text_ctx"])],
            beam_size=search.beams,
            no_repeat_ngram_size=search.no_repeated,
            max_length=_LONGEST,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=list(conversion.silenced(tokenizer)),
        )
        tokens = [token for token in result.sequences_ids[0] if token != tokenizer.eot]
        text = tokenizer.decode(tokens).strip()
        # CTranslate2 divides by the tokens it wrote, whisper by one more, for the end.
        return DecodingResult(
            audio_features=mel,
            language=options.language or "en",
            tokens=tokens,
            text=text,
            avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
            no_speech_prob=result.no_speech_prob,
            temperature=0.0,
            compression_ratio=compression_ratio(text),
        )

    def find_alignment(self, tokenizer: Any, tokens: list[int], mel: Any, frames: int) -> list[Any]:
        """When each word was said: whisper/timing.py, `find_alignment`, from CTranslate2's alignment."""
        from whisper.timing import WordTiming

        words, pieces = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot]) if tokens else ([], [])
        if len(pieces) <= 1:
            return []
        (found,) = self._decoder.align(
            self._features(mel), list(tokenizer.sot_sequence), [tokens], frames, median_filter_width=_MEDIAN
        )
        texts, times = np.array(found.alignments).T
        jumps = np.pad(np.diff(texts), (1, 0), constant_values=1).astype(bool)
        moments = times[jumps] / _TOKENS_A_SECOND
        ends = np.pad(np.cumsum([len(piece) for piece in pieces[:-1]]), (1, 0))
        return [
            WordTiming(word, piece, moments[first], moments[last], float(np.mean(found.text_token_probs[first:last])))
            for word, piece, first, last in zip(words, pieces, ends[:-1], ends[1:], strict=False)
        ]

    def _features(self, mel: Any) -> Any:
        import torch

        if self._heard is None or not torch.equal(self._heard[0], mel):
            self._heard = mel, self._encode(mel)
        return self._heard[1]


def use_in_whisper() -> None:
    """Let this process's whisper ask a FastModel itself for the times of words."""
    import whisper.timing

    plain = whisper.timing.find_alignment
    if getattr(plain, "asks_the_model", False):
        return

    def find_alignment(model: Any, tokenizer: Any, tokens: list[int], mel: Any, frames: int, **more: Any) -> Any:
        own = getattr(model, "find_alignment", None)
        return own(tokenizer, tokens, mel, frames) if own else plain(model, tokenizer, tokens, mel, frames, **more)

    find_alignment.asks_the_model = True  # type: ignore[attr-defined]
    whisper.timing.find_alignment = find_alignment


def _prompt(tokenizer: Any, given: Any, context: int) -> list[int]:
    """What stands before the text: whisper/decoding.py, `_get_initial_tokens`."""
    before = [tokenizer.sot_prev, *given[-(context // 2 - 1) :]] if given else []
    return [*before, *tokenizer.sot_sequence]
