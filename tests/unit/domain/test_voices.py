"""Masked counts: none under the threshold is shown, and none that is masked can be computed from the others."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from oralhistory.domain.voices import Group, MaskedGroup, masked, masked_overlapping

COUNTS = st.integers(0, 9) | st.integers(0, 200)
TABLES = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4)
"""For each group: how many may be published, how many may not."""
THRESHOLDS = st.integers(1, 6)


def grouped(table: Sequence[tuple[int, int]]) -> tuple[list[Group], Group]:
    groups = [Group(str(at), p + q, p) for at, (p, q) in enumerate(table)]
    return groups, Group("", sum(one.voices for one in groups), sum(one.publishable for one in groups))


def cells(one: MaskedGroup) -> tuple[int | None, int | None, int | None]:
    return one.publishable, one.withheld, one.voices


def neighbours(table: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Every table without negative counts whose p and q differ from this one's by one at most."""
    for steps in product((-1, 0, 1), repeat=2 * len(table)):
        changed = [(p + steps[2 * at], q + steps[2 * at + 1]) for at, (p, q) in enumerate(table)]
        if all(count >= 0 for row in changed for count in row):
            yield changed


def rows(table: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    whole = [*table, (sum(p for p, _ in table), sum(q for _, q in table))]
    return [(p, q, p + q) for p, q in whole]


def computable(table: Sequence[tuple[int, int]], shown: Sequence[MaskedGroup]) -> set[tuple[int, int]]:
    """The masked counts of groups that have one value in every table that fits what is shown (here: in every one near by)."""
    published = [cells(one) for one in shown]
    fixed = {(at, column) for at in range(len(table)) for column in range(3) if published[at][column] is None}
    truth = rows(table)
    for other in neighbours(table):
        tells = rows(other)
        if all(count in (None, tells[at][column]) for at, row in enumerate(published) for column, count in enumerate(row)):
            fixed -= {(at, column) for at, column in fixed if tells[at][column] != truth[at][column]}
    return fixed


@given(TABLES, THRESHOLDS)
@example([(4, 5), (1, 9)], 3)
@example([(9, 1), (9, 9)], 3)
@example([(5, 0), (7, 0)], 3)
@example([(0, 0), (40, 60)], 3)
@example([(3, 3), (3, 3), (3, 2), (0, 4)], 3)
def test_no_masked_count_can_be_computed(table: list[tuple[int, int]], threshold: int) -> None:
    groups, everyone = grouped(table)
    shown = masked(groups, everyone, threshold)
    told = [count for one in shown for count in cells(one) if count is not None]
    assert all(count >= threshold for count in told)
    assert computable(table, shown) == set()
    for one, (p, q, v) in zip(shown, rows(table), strict=True):
        assert all(count in (None, true) for count, true in zip(cells(one), (p, q, v), strict=True))


@given(TABLES, TABLES, THRESHOLDS)
def test_the_total_is_masked_the_same_whatever_the_groups(
    table: list[tuple[int, int]], other: list[tuple[int, int]], threshold: int
) -> None:
    """Two groupings of the same voices: what is masked below the one must not stand below the other."""
    p, q = sum(one for one, _ in table), sum(one for _, one in table)
    parts = [(min(one, p), min(two, q)) for one, two in other[:1]]
    again = [*parts, (p - sum(one for one, _ in parts), q - sum(two for _, two in parts))]
    first, second = (masked(*grouped(one), threshold)[-1] for one in (table, again))
    assert cells(first) == cells(second)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=2), THRESHOLDS)
def test_a_topic_does_not_tell_who_did_not_speak_of_it(table: list[tuple[int, int]], threshold: int) -> None:
    groups, everyone = grouped(table)
    told, whole = masked_overlapping(groups[:1], everyone, threshold)
    unseen = MaskedGroup("", None, None, None)
    assert {(row, column) for row, column in computable(table, [told, unseen, whole]) if row == 0} == set()
    for count, total, rest in zip(cells(told), cells(whole), rows(table)[1], strict=True):
        assert count is None or total is None or rest >= threshold, "the others can be subtracted"


def test_large_counts_are_shown_as_they_are() -> None:
    groups, everyone = grouped([(40, 60), (20, 30)])
    assert [cells(one) for one in masked(groups, everyone)] == [(40, 60, 100), (20, 30, 50), (60, 90, 150)]


def test_one_small_group_takes_another_along() -> None:
    groups, everyone = grouped([(40, 60), (20, 30), (10, 1)])
    assert [cells(one) for one in masked(groups, everyone)] == [
        (40, 60, 100),
        (None, None, 50),
        (None, None, 11),
        (70, 91, 161),
    ]
