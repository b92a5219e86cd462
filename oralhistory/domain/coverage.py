"""Whether a draft's text covers what was said: the machine's own account of what it heard and did not write.

Speech and text come from two different machines; where they disagree a person is told, and nothing is changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""From, to, in milliseconds on the interview's timeline."""

_NEAR_MS = 500
"""Text counts for so much around it: a word's time is not more exact."""
_SHORTEST_MISSING_MS = 1_500
"""A cough or a syllable between two sentences is nobody's lost testimony."""
_JOINED_MS = 1_000
_SHORTEST_UNHEARD_MS = 1_000
_LONG_SILENCE_MS = 10_000


@dataclass(frozen=True, slots=True)
class Coverage:
    """`missing`: somebody speaks and there is no text. `silent`: ten seconds and more in which nobody seems to speak.

    `unheard`: whole windows in which no voice was found and nothing written. The model was mostly not asked there, and a
    low voice may have been missed: only an ear knows. `unknown`: windows of which nobody noted where there is speech.
    """

    missing: tuple[Span, ...] = ()
    silent: tuple[Span, ...] = ()
    unheard: tuple[Span, ...] = ()
    unknown: tuple[Span, ...] = ()


def coverage(
    windows: Sequence[Span], speech: Sequence[Span], text: Sequence[Span], unknown: Sequence[Span] = ()
) -> Coverage:
    """What the heard `windows` hold, and those `unknown`: all as stretches of the timeline."""
    spoken = _joined(speech, _JOINED_MS)
    written = _joined(((start - _NEAR_MS, end + _NEAR_MS) for start, end in text), 0)
    missing = (one for one in _without(spoken, written) if one[1] - one[0] >= _SHORTEST_MISSING_MS)
    quiet = _without(_joined(windows, 0), _joined([*spoken, *written], 0))
    unheard = _joined((one for one in windows if not _meets(one, speech) and not _meets(one, text)), 0)
    return Coverage(
        tuple(missing),
        tuple(one for one in quiet if one[1] - one[0] >= _LONG_SILENCE_MS),
        tuple(one for one in unheard if one[1] - one[0] >= _SHORTEST_UNHEARD_MS),
        tuple(_joined(unknown, 0)),
    )


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _joined(spans: Iterable[Span], gap_ms: int) -> list[Span]:
    """In order, those closer to each other than `gap_ms` made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= gap_ms:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of `spans` outside `taken`; both in order and each without overlaps."""
    left: list[Span] = []
    for start, end in spans:
        for begin, finish in taken:
            if finish <= start or begin >= end:
                continue
            if begin > start:
                left.append((start, begin))
            start = max(start, finish)
        if start < end:
            left.append((start, end))
    return left
