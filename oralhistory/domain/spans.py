"""Spans of time or of frames: from (in it) to (behind it). They meet, are joined, and leave something over.

What keeps spans apart drops those without a length: nothing lies in them.
"""

from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""From, to: milliseconds on the interview's timeline where nothing else is said."""


def meets(one: Span, other: Span) -> bool:
    """Whether something lies in both; to touch is not to meet."""
    return one[0] < other[1] and other[0] < one[1]


def joined(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """In order, apart from one another: those that touch, or are no further than `gap` from each other, are one."""
    apart: list[Span] = []
    for start, end in sorted(one for one in spans if one[0] < one[1]):
        if apart and start - apart[-1][1] <= gap:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def within(spans: Iterable[Span], span: Span) -> list[Span]:
    """What of the spans, in their order, lies in `span`."""
    return [(max(start, span[0]), min(end, span[1])) for start, end in spans if meets((start, end), span)]


def without(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What of the spans, in their order, lies outside `taken`, which are in order themselves."""
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


def length(spans: Iterable[Span]) -> int:
    """Of all of them together; what two of them share counts twice."""
    return sum(end - start for start, end in spans)
