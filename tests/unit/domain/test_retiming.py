"""Borders on the timeline: those that touch stay together, none passes a neighbour, words keep their times."""

import pytest

from oralhistory.domain.edits import apply, compile_edit
from oralhistory.domain.retiming import retiming
from oralhistory.domain.transcript import Segment, Word


def layer(*times: tuple[int, int]) -> list[Segment]:
    return [
        Segment(f"s{n}", "r", start, end, "말", words=(Word("말", start, end, 0.9),)) for n, (start, end) in enumerate(times)
    ]


def moved(segments: list[Segment], row: int, start: int, end: int) -> list[tuple[int, int]]:
    for edit in retiming(segments, row, start, end):
        segments = apply(segments, compile_edit(segments, edit, (), str))
    assert [one.start_ms for one in segments] == sorted(one.start_ms for one in segments)
    for one in segments:
        assert one.start_ms <= one.words[0].start_ms <= one.words[0].end_ms <= one.end_ms
    return [(one.start_ms, one.end_ms) for one in segments]


TOUCHING = ((0, 1000), (1000, 2000), (2000, 3000))
APART = ((0, 900), (1000, 2000), (2100, 3000))
AT_ONCE = ((0, 1100), (1000, 2000), (1900, 3000))


@pytest.mark.parametrize(
    ("times", "wanted", "found"),
    [
        (TOUCHING, (1200, 1800), [(0, 1200), (1200, 1800), (1800, 3000)]),
        (TOUCHING, (700, 2400), [(0, 700), (700, 2400), (2400, 3000)]),
        (TOUCHING, (-5, 9999), [(0, 100), (100, 2900), (2900, 3000)]),
        (TOUCHING, (5000, 2000), [(0, 1900), (1900, 2000), (2000, 3000)]),
        (TOUCHING, (1000, 500), [(0, 1000), (1000, 1100), (1100, 3000)]),
        (APART, (1200, 1900), [(0, 900), (1200, 1900), (2100, 3000)]),
        (APART, (950, 2050), [(0, 900), (950, 2050), (2100, 3000)]),
        (APART, (800, 2200), [(0, 800), (800, 2200), (2200, 3000)]),
        (AT_ONCE, (1050, 1950), [(0, 1100), (1050, 1950), (1900, 3000)]),
        (AT_ONCE, (800, 2200), [(0, 1100), (800, 2200), (1900, 3000)]),
    ],
)
def test_what_touches_stays_together(
    times: tuple[tuple[int, int], ...], wanted: tuple[int, int], found: list[tuple[int, int]]
) -> None:
    assert moved(layer(*times), 1, *wanted) == found


def test_the_first_and_the_last_have_no_neighbour_and_what_stays_is_no_edit() -> None:
    assert moved(layer(*TOUCHING), 0, -50, 1000) == list(TOUCHING)
    assert moved(layer(*TOUCHING), 2, 2000, 3500)[2] == (2000, 3500)
    assert retiming(layer(*TOUCHING), 1, 1000, 2000) == []
    assert retiming(layer((5, 5)), 0, 5, 5) == []
