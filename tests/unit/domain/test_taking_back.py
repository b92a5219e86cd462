"""Decisions are taken back and brought in again by lines that are added, never by lines that are deleted."""

import pytest

from oralhistory.domain.redaction import Decided, Decisions
from oralhistory.domain.taking_back import holding, to_bring_back, to_take_back

A, B, C = (Decided("S1", None, Decisions(), row) for row in (1, 2, 3))


def undo(row: int, of: int) -> Decided:
    return Decided("S1", None, Decisions(), row, of)


@pytest.mark.parametrize(
    ("log", "holds", "back", "again"),
    [
        ([], [], None, None),
        ([A, B], [1, 2], 2, None),
        ([A, B, undo(3, 2)], [1], 1, 3),
        ([A, B, undo(3, 2), undo(4, 1)], [], None, 4),
        ([A, B, undo(3, 2), undo(4, 1), undo(5, 4)], [1], 1, 3),
        ([A, B, undo(3, 2), undo(4, 1), undo(5, 4), undo(6, 3)], [1, 2], 2, None),
        ([A, undo(2, 1), C], [3], 3, None),
    ],
)
def test_the_last_that_holds_goes_and_comes_again_as_long_as_nothing_new_is_decided(
    log: list[Decided], holds: list[int], back: int | None, again: int | None
) -> None:
    assert [one.row for one in holding(log)] == holds
    taken, brought = to_take_back(log), to_bring_back(log)
    assert (taken.row if taken else None, brought.row if brought else None) == (back, again)
