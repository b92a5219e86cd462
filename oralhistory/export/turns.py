"""Turns: what one speaker says without another coming in between, as the reading formats print it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from oralhistory.domain.redaction import Content, ReleasedTranscript, RenderedSegment
from oralhistory.export.wording import speaker, spoken

LONG_TURN = 900
"""Characters after which a turn goes on in a new paragraph, at the end of a segment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph: whose, from when (milliseconds) if it is `timed`, and its (language, text) pieces in order."""

    speaker: str
    start_ms: int
    pieces: tuple[tuple[str, str], ...]
    withheld: bool = False
    timed: bool = True

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.pieces)


def paragraphs(transcript: ReleasedTranscript) -> Iterator[Turn]:
    """What a reading format prints: the turns of a transcript, or a summary as it was divided."""
    if transcript.content is Content.TRANSCRIPT:
        yield from turns(transcript.segments)
        return
    for one in transcript.segments:
        if text := spoken(one):
            yield Turn("", 0, ((one.language, text),), timed=False)


def turns(segments: Iterable[RenderedSegment]) -> Iterator[Turn]:
    """Segments of one speaker drawn together; a passage that is withheld stands alone, and neighbouring ones give one notice."""
    for first, *others in grouped(segments):
        told = [first] if first.withheld else [first, *others]
        pieces = tuple((one.language, spoken(one)) for one in told)
        yield Turn(speaker(first), first.start_ms, pieces, first.withheld)


def grouped(segments: Iterable[RenderedSegment]) -> Iterator[list[RenderedSegment]]:
    """The segments of each turn, at least one; those that say nothing are in none."""
    group: list[RenderedSegment] = []
    for segment in segments:
        if not spoken(segment):
            continue
        if group and not _goes_on(group, segment):
            yield group
            group = []
        group.append(segment)
    if group:
        yield group


def _goes_on(group: Sequence[RenderedSegment], segment: RenderedSegment) -> bool:
    first = group[0]
    if first.withheld or segment.withheld:
        return first.withheld and segment.withheld and spoken(first) == spoken(segment)
    return speaker(first) == speaker(segment) and sum(len(spoken(one)) for one in group) < LONG_TURN
