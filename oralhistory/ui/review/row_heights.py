"""How high each row is and where it stands: estimated until a row is seen, exact afterwards. Thousands of rows, no delay."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class RowHeights:
    """Heights in pixels, rows counted from 0."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._exact: set[int] = set()
        self._tops: list[int] | None = [0]

    def __len__(self) -> int:
        return len(self._heights)

    def reset(self, heights: Iterable[int]) -> None:
        """Estimates for all rows."""
        self._heights = list(heights)
        self._exact.clear()
        self._tops = None

    def splice(self, row: int, removed: int, heights: Iterable[int]) -> None:
        """Estimates for rows that took the place of others. What was measured is asked again, once: rows are others now."""
        self._heights[row : row + removed] = heights
        self._exact.clear()
        self._tops = None

    def set(self, row: int, height: int, *, lasting: bool = True) -> int:
        """Give a row its height as it was measured, `lasting` until it is estimated again; how much higher it became."""
        if lasting:
            self._exact.add(row)
        else:
            self._exact.discard(row)
        more = height - self._heights[row]
        if more:
            self._heights[row] = height
            self._tops = None
        return more

    def exact(self, row: int) -> bool:
        """Whether a row's height was measured, and holds since."""
        return row in self._exact

    def top(self, row: int) -> int:
        """Pixels above `row`; of the row behind the last one: the height of all."""
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops[row]

    def height(self, row: int) -> int:
        return self._heights[row]

    @property
    def total(self) -> int:
        return self.top(len(self._heights))

    def row_at(self, y: int) -> int:
        """The row that covers this height, the first or last one outside."""
        self.top(0)
        assert self._tops is not None
        return min(max(bisect_right(self._tops, y) - 1, 0), max(len(self._heights) - 1, 0))
