"""Where the words of a segment stand in its text, and when they are said."""

from collections.abc import Iterator

from oralhistory.domain.transcript import LOW_PROBABILITY, Segment
from oralhistory.domain.word_times import located


def doubtful_words(segment: Segment) -> Iterator[tuple[int, int]]:
    """Code points [start, end) of the words that the machine did not believe."""
    for word, start in located(segment):
        if word.probability is not None and word.probability < LOW_PROBABILITY:
            yield start, start + len(word.text)


class SpokenWords:
    """Where the words of a segment stand; of the last one that was asked for it is kept, as a voice stays in it for a while."""

    def __init__(self) -> None:
        self._segment: Segment | None = None
        self._words: list[tuple[int, int, int, int]] = []

    def at(self, segment: Segment, ms: int) -> tuple[int, int] | None:
        """Code points of the word spoken at this time."""
        if segment is not self._segment:
            self._words = [
                (word.start_ms, max(word.end_ms, word.start_ms + 1), start, start + len(word.text))
                for word, start in located(segment)
            ]
            self._segment = segment
        return next(((start, end) for first, last, start, end in self._words if first <= ms < last), None)


def time_at(segment: Segment, point: int) -> int:
    """When the word at this code point begins."""
    spoken = [word.start_ms for word, start in located(segment) if start <= point]
    return spoken[-1] if spoken else segment.start_ms
