"""When something was said, as far as that is known: the one place that decides it.

Text has no place on the timeline without a length in time, and none where its times are guessed: a text that came without times
shares the sound out by the lengths of its lines, and nobody listened yet. Whoever closes passages, silences, removes or
searches asks here and never the times alone; what has no place may have been said anywhere. Times are milliseconds.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Something said: a segment, a hit of a search."""

    @property
    def start_ms(self) -> int: ...

    @property
    def end_ms(self) -> int: ...

    @property
    def guessed(self) -> bool: ...


T = TypeVar("T", bound=Timed)


def placed(said: Timed) -> bool:
    """Whether it is known when it was said."""
    return said.start_ms < said.end_ms and not said.guessed


def unplaced(told: Iterable[T]) -> list[T]:
    """What may have been said anywhere, in its order."""
    return [one for one in told if not placed(one)]


def may_lie_in(said: Timed, start_ms: int, end_ms: int) -> bool:
    """Whether something of it may have been said between these times: any overlap counts, and so does having no place."""
    return not placed(said) or (said.start_ms < end_ms and said.end_ms > start_ms)
