"""An extract leaves out a fifth, counted over all that one recipient has."""

import pytest

from oralhistory.domain.extracts import is_whole
from oralhistory.domain.spans import Span

SOUND = [(0, 600), (600, 1_000)]


@pytest.mark.parametrize(
    ("piece", "given", "whole"),
    [
        ((0, 1_000), [], True),
        ((0, 999), [], True),
        ((1, 1_000), [], True),
        ((0, 801), [], True),
        ((0, 800), [], False),
        ((0, 600), [], False),
        ((600, 1_000), [(0, 600)], True),
        ((600, 800), [(0, 600)], False),
        ((0, 600), [(0, 600)], False),
        ((500, 900), [(0, 600)], True),
        ((-50, 5_000), [], True),
        ((100, 200), [(0, 1_000)], False),
        ((0, 1_000), [(0, 1_000)], True),
    ],
)
def test_what_is_as_good_as_the_whole(piece: Span, given: list[Span], whole: bool) -> None:
    assert is_whole(piece, SOUND, given) is whole
