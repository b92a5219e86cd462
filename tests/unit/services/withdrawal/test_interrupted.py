"""What hinders one of those that were interrupted hinders no other; in an archive that is being locked nothing is begun."""

import pytest

from oralhistory.errors import Cancelled, StorageFailed
from oralhistory.services.withdrawal.interrupted import finished


def test_what_cannot_go_on_keeps_no_other_from_it_and_is_raised_at_the_end() -> None:
    tried: list[int] = []

    def carry_out(one: int) -> int:
        tried.append(one)
        if one < 3:
            raise StorageFailed(f"the disk is full, said {one}")
        return one

    with pytest.raises(StorageFailed, match="said 1"):
        finished([1, 2, 3], carry_out)
    assert tried == [1, 2, 3]


def test_those_that_are_finished_are_given_back() -> None:
    assert finished([1, 2], lambda one: 10 * one) == [10, 20]


def test_while_the_archive_is_being_locked_nothing_more_is_begun() -> None:
    tried: list[int] = []

    def carry_out(one: int) -> int:
        tried.append(one)
        raise StorageFailed("the disk is full") if one == 1 else Cancelled("it is being locked")

    with pytest.raises(Cancelled):
        finished([1, 2, 3], carry_out)
    assert tried == [1, 2]
