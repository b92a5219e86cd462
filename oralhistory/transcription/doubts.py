"""What in a draft is worth a second look, told from the text, its times and the model's own figures.

Every doubtful segment carries "check" and the reasons beside it: "repeat", "phantom", "fast", "slow", "stuck", "unsure",
"silence", "language". A flag is a hint for a person and never removes or changes a word.
"""

import itertools
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from oralhistory.domain.transcript import CHECK, LOW_PROBABILITY, Segment, WindowResult

_TOO_COMPRESSIBLE = 2.4
"""Whisper's own threshold for text that loops: whisper/transcribe.py, `compression_ratio_threshold`."""
_LOW_AVERAGE = -1.0
"""Whisper's own `logprob_threshold`."""
_NO_SPEECH = 0.6
"""Whisper's own `no_speech_threshold`."""
_MANY_UNSURE = 0.34
_SHORTEST_REPEAT = 4
"""Letters: a short answer may well be given twice."""
_HANGUL_A_SECOND, _HAN_A_SECOND, _LETTERS_A_SECOND = 11.0, 10.0, 30.0
"""Faster than excited speech: about 8 syllables a second in Korean, 7 in Chinese, 22 letters in English."""
_SLOW_SHARE, _SLOW_FROM_MS = 0.04, 6_000
"""A segment of several seconds with next to nothing said: its start or end is wrong, or words are missing."""
_STEP_MS, _STUCK_FOR_S = 20, 0.5
"""One step of Whisper's clock for words (whisper/audio.py, `TOKENS_PER_SECOND`): a short word may take only one, a row of words
that nobody says in less than half a second may not. Text that belongs to no sound is laid onto single moments like that."""


class DoubtFinder:
    """Holds the phantom sentences: what models write over silence because their teachers were video captions."""

    def __init__(self, phantoms: Mapping[str, Sequence[str]]) -> None:
        """`phantoms` by language; all are looked for in every text, since over silence the language is invented too."""
        self._phantoms = {letters for texts in phantoms.values() for text in texts if (letters := _letters(text))}

    def flagged(self, fresh: Sequence[Segment], before: Sequence[Segment], result: WindowResult) -> list[Segment]:
        """`fresh`, in order, with flags added; `before` are the segments just before them, `result` their window's."""
        done = []
        previous = before[-1] if before else None
        for place, segment in enumerate(fresh):
            following = fresh[place + 1] if place + 1 < len(fresh) else None
            reasons = set(segment.flags - {CHECK}) | self._reasons(segment, previous, following, result)
            done.append(replace(segment, flags=frozenset(reasons | {CHECK}) if reasons else frozenset()))
            previous = segment
        return done

    def _reasons(
        self, segment: Segment, previous: Segment | None, following: Segment | None, result: WindowResult
    ) -> set[str]:
        found = {
            "repeat": any(_same(segment, other) for other in (previous, following))
            or max(compression_ratio(segment.text), result.compression_ratio) > _TOO_COMPRESSIBLE,
            "phantom": self._is_phantom(segment.text),
            "fast": is_too_fast(segment),
            "slow": is_too_slow(segment),
            "stuck": is_stuck(segment),
            "unsure": is_unsure(segment) or result.average_log_probability < _LOW_AVERAGE,
            "silence": result.no_speech_probability > _NO_SPEECH,
            "language": previous is not None and "" != segment.language != previous.language != "",
        }
        return {reason for reason, holds in found.items() if holds}

    def _is_phantom(self, text: str) -> bool:
        letters = _letters(text)
        return any(phantom in letters for phantom in self._phantoms)


def compression_ratio(text: str) -> float:
    """How much smaller zlib makes the text: near 1 for speech, large for loops (whisper/utils.py)."""
    encoded = text.encode()
    return len(encoded) / len(zlib.compress(encoded))


def is_too_fast(segment: Segment) -> bool:
    """Whether nobody could say this text in this time."""
    return _least_seconds(segment.text) * 1000 > segment.end_ms - segment.start_ms


def is_too_slow(segment: Segment) -> bool:
    """Whether the text fills next to nothing of a long segment."""
    duration = segment.end_ms - segment.start_ms
    return duration >= _SLOW_FROM_MS and _least_seconds(segment.text) * 1000 < _SLOW_SHARE * duration


def is_stuck(segment: Segment) -> bool:
    """Whether time stands still in it: words in a row that take time to say were each given a single moment."""
    rows = itertools.groupby(segment.words, key=lambda word: word.end_ms - word.start_ms <= _STEP_MS)
    return any(still and _least_seconds("".join(one.text for one in row)) >= _STUCK_FOR_S for still, row in rows)


def is_unsure(segment: Segment) -> bool:
    """Whether the machine believed too many of the words too little; a single one is marked by itself."""
    beliefs = [word.probability for word in segment.words if word.probability is not None]
    unsure = sum(belief < LOW_PROBABILITY for belief in beliefs)
    return bool(beliefs) and (unsure > _MANY_UNSURE * len(beliefs) or sum(beliefs) < LOW_PROBABILITY * len(beliefs))


def _least_seconds(text: str) -> float:
    hangul = sum("가" <= c <= "힣" for c in text)
    han = sum("\u3400" <= c <= "\u9fff" or c > "\U0001ffff" for c in text)
    others = sum(c.isalpha() for c in text) - hangul - han
    return hangul / _HANGUL_A_SECOND + han / _HAN_A_SECOND + others / _LETTERS_A_SECOND


def _same(segment: Segment, other: Segment | None) -> bool:
    letters = _letters(segment.text)
    return other is not None and len(letters) >= _SHORTEST_REPEAT and letters == _letters(other.text)


def _letters(text: str) -> str:
    """The text without what differs between writings of the same words: case, spaces, punctuation."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())
