"""Cues for subtitles: a segment each, in order of time, never two at once.

Players want times that strictly increase. Where two people speak over each other, the earlier cue ends when the later one
begins; where two begin together, the second waits a millisecond.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from oralhistory.domain.redaction import RenderedSegment
from oralhistory.export.wording import speaker, spoken


@dataclass(frozen=True, slots=True)
class Cue:
    """One line on the screen from `start_ms` until just before `end_ms`."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


def cues(segments: Iterable[RenderedSegment]) -> list[Cue]:
    """What is said, as cues whose times strictly increase and never overlap; silence gives none."""
    spaced: list[Cue] = []
    for segment in sorted(segments, key=lambda one: one.start_ms):
        text = spoken(segment)
        if not text:
            continue
        start = max(segment.start_ms, 0, spaced[-1].start_ms + 1 if spaced else 0)
        spaced.append(Cue(start, max(segment.end_ms, start + 1), speaker(segment), text))
    ended = [replace(one, end_ms=min(one.end_ms, after.start_ms)) for one, after in pairwise(spaced)]
    return [*ended, *spaced[-1:]]
