"""Taking a decision back: the log only grows, and a later line says which earlier one no longer holds.

A line that takes back can itself be taken back, which brings the decision in again. Nothing is ever deleted: who reads the log
sees that it was decided, and that it was thought better of.
"""

from collections.abc import Sequence

from oralhistory.domain.redaction import Decided


def holding(log: Sequence[Decided]) -> list[Decided]:
    """The documents that hold, oldest first."""
    dead = _dead(log)
    return [one for one in log if one.row not in dead and one.undoes is None]


def taken_back(log: Sequence[Decided]) -> list[Decided]:
    """The documents that hold no longer, oldest first."""
    dead = _dead(log)
    return [one for one in log if one.row in dead and one.undoes is None]


def to_take_back(log: Sequence[Decided]) -> Decided | None:
    """The latest document that holds."""
    return next(reversed(holding(log)), None)


def to_bring_back(log: Sequence[Decided]) -> Decided | None:
    """The line that last took a document back, as long as nothing was decided since."""
    dead, documents = _dead(log), {one.row for one in log if one.undoes is None}
    for one in reversed(log):
        if one.undoes is None:
            return None
        if one.row not in dead and one.undoes in documents:
            return one
    return None


def _dead(log: Sequence[Decided]) -> set[int]:
    """The rows that a later line which holds takes back."""
    dead: set[int] = set()
    for one in reversed(log):
        if one.undoes is not None and one.row not in dead:
            dead.add(one.undoes)
    return dead
