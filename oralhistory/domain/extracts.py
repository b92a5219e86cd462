"""When a piece of sound is an extract, and when it is as good as the whole.

The design says who may have extracts and not what one is. Here an extract leaves out at least a fifth of the interview's sound:
who may not have all of it must not get all but a second, and a fifth is what an interview does not lose by its first and last
words alone. Pieces that go to one recipient count together, since five fifths are the whole; how they were asked for (as a part,
or from one time to another) does not matter. Times are milliseconds on the interview's timeline.
"""

from collections.abc import Iterable, Sequence

from oralhistory.domain.spans import Span, joined, length, within

LEFT_OUT = 5
"""One part in so many of the sound is missing from an extract, at least."""


def is_whole(piece: Span, sound: Sequence[Span], given: Sequence[Span] = ()) -> bool:
    """Whether too little of `sound` is missing once `piece` is added to what the recipient was `given` before.

    What was given when all of it was allowed is not held against an extract now: there is nothing left to keep back.
    """
    before = _reached(given, sound)
    if _nearly_all(before, sound):
        before = []
    return _nearly_all(_reached([*before, piece], sound), sound)


def _nearly_all(reached: Iterable[Span], sound: Iterable[Span]) -> bool:
    whole = length(sound)
    return LEFT_OUT * (whole - length(reached)) < whole


def _reached(pieces: Sequence[Span], sound: Sequence[Span]) -> list[Span]:
    return joined(piece for one in sound for piece in within(pieces, one))
