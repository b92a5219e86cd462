"""What the demonstration's machine mishears: its small model believes every word, and there would be nothing to check.

A draft of a real model holds words it was unsure of, names it took for others, words said twice that were said once. Those of
the demonstration are shipped data (`misheard` in `resources/demo/narrators.json`), laid over what the model really heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from oralhistory.domain.ports import Engine
from oralhistory.domain.transcript import Segment, WindowResult, Word


@dataclass(frozen=True, slots=True)
class Misheard:
    """The word `said` is written as `heard`, believed with that probability, wherever it stands; `flag` marks its segment."""

    said: str
    heard: str
    probability: float
    flag: str = ""


class Mishearing:
    """An engine with these errors in what it hears."""

    def __init__(self, engine: Engine, errors: Sequence[Misheard]) -> None:
        self._engine, self._errors = engine, errors

    @property
    def name(self) -> str:
        return self._engine.name

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        result = self._engine.window(pcm, languages, prompt)
        return replace(result, segments=tuple(misheard(one, self._errors) for one in result.segments))

    def close(self) -> None:
        self._engine.close()


def read(narrator: Mapping[str, Any]) -> tuple[Misheard, ...]:
    """The errors in the draft of one of the shipped narrators."""
    return tuple(Misheard(**one) for one in narrator["misheard"])


def misheard(segment: Segment, errors: Sequence[Misheard]) -> Segment:
    """The segment with those of the errors that it gives room for."""
    for error in errors:
        if error.said in segment.text:
            segment = _with(error, segment)
    return segment


def _with(error: Misheard, segment: Segment) -> Segment:
    flags = segment.flags | {error.flag} if error.flag else segment.flags
    words = tuple(one for word in segment.words for one in _words(error, word))
    return replace(segment, text=segment.text.replace(error.said, error.heard), words=words, flags=flags)


def _words(error: Misheard, word: Word) -> tuple[Word, ...]:
    """The word as it was heard: several share its time."""
    if error.said not in word.text:
        return (word,)
    texts = word.text.replace(error.said, error.heard).split()
    step = (word.end_ms - word.start_ms) / len(texts)
    starts = [round(word.start_ms + step * n) for n in range(len(texts) + 1)]
    return tuple(Word(text, starts[n], starts[n + 1], error.probability) for n, text in enumerate(texts))
