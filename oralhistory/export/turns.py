"""Turns: what one speaker says without another coming in between, as the reading formats print it."""

from collections.abc import Iterable, Iterator
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
    open_turn: Turn | None = None
    for segment in segments:
        piece = (segment.language, spoken(segment))
        if not piece[1]:
            continue
        if open_turn is not None and _goes_on(open_turn, segment):
            pieces = open_turn.pieces if segment.withheld else (*open_turn.pieces, piece)
            open_turn = Turn(open_turn.speaker, open_turn.start_ms, pieces, open_turn.withheld)
            continue
        if open_turn is not None:
            yield open_turn
        open_turn = Turn(speaker(segment), segment.start_ms, (piece,), segment.withheld)
    if open_turn is not None:
        yield open_turn


def _goes_on(turn: Turn, segment: RenderedSegment) -> bool:
    if turn.withheld or segment.withheld:
        return turn.withheld and segment.withheld and turn.text == spoken(segment)
    return turn.speaker == speaker(segment) and sum(len(text) for _, text in turn.pieces) < LONG_TURN
