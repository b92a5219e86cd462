"""Who speaks: told by the microphone where each speaker has one of their own, and heard in a sample of the voice.

Within one interview and by its sound alone: nothing of a voice is kept, and no voice is looked for elsewhere.
"""

from collections.abc import Iterable, Sequence

from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.transcript import DISTRESSING, Segment

MARGIN = 4.0
"""A microphone is somebody's when it took up four times the power of every other (6 dB); less may be two who speak at once."""
SAMPLE_MS = 10_000
FLOOR = 1e-8
"""Mean square (full scale 1.0) under which nobody speaks: -80 dB."""


def loudest(powers: Sequence[float]) -> int | None:
    """The channel that is louder than every other by `MARGIN`, counted from 0; None when none is."""
    if len(powers) < 2:
        return None
    first, second, *_ = sorted(range(len(powers)), key=lambda channel: powers[channel], reverse=True)
    clear = powers[first] >= FLOOR and powers[first] >= MARGIN * powers[second]
    return first if clear else None


def labelled(heard: Iterable[tuple[Segment, Sequence[float]]], names: Sequence[str]) -> list[SetSpeaker]:
    """The edits that give each segment the name of its loudest channel; an empty name labels nothing."""
    edits = []
    for segment, powers in heard:
        channel = loudest(powers)
        name = names[channel] if channel is not None and channel < len(names) else ""
        if name and segment.speaker != name:
            edits.append(SetSpeaker(segment.id, name))
    return edits


def sample(segments: Iterable[Segment], speaker: str) -> tuple[int, int] | None:
    """From when to when this speaker is well heard, ten seconds at most: their longest segment that is easy to bear."""
    theirs = [one for one in segments if one.speaker == speaker and one.start_ms < one.end_ms]
    calm = [one for one in theirs if DISTRESSING not in one.flags and not one.closed]
    longest = max(calm or theirs, key=lambda one: one.end_ms - one.start_ms, default=None)
    return (longest.start_ms, min(longest.end_ms, longest.start_ms + SAMPLE_MS)) if longest is not None else None
