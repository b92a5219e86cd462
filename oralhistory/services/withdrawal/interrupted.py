"""What was begun and interrupted, gone on with at the next unlock: one after the other, whatever hinders one of them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from oralhistory.errors import Cancelled, OralHistoryError

T = TypeVar("T")


def finished(begun: Iterable[T], carry_out: Callable[[T], T]) -> list[T]:
    """Those that came to their end. One that cannot go on keeps no other from it; what stopped the first is raised then.

    Cancelled at once: the archive is being locked, and nothing more is begun.
    """
    done: list[T] = []
    stopped: list[OralHistoryError] = []
    for one in begun:
        try:
            done.append(carry_out(one))
        except Cancelled:
            raise
        except OralHistoryError as error:
            stopped.append(error)
    if stopped:
        raise stopped[0]
    return done
