"""How high each row is and where it stands: estimated until a row is seen, exact afterwards. Thousands of rows, no delay."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Heights = NDArray[np.int64]
"""Pixels, one number for each row."""


class RowHeights:
    """Heights in pixels, rows counted from 0."""

    def __init__(self) -> None:
        self.reset(np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self._heights)

    def reset(self, heights: Heights) -> None:
        """Estimates for all rows."""
        self._heights = heights.copy()
        self._exact: set[int] = set()
        self._stack()

    def splice(self, row: int, removed: int, heights: Heights) -> None:
        """Estimates for rows that took the place of others. What was measured is asked again, once: rows are others now."""
        self.reset(np.concatenate((self._heights[:row], heights, self._heights[row + removed :])))

    def _stack(self) -> None:
        self._tops: Heights = np.zeros(len(self._heights) + 1, np.int64)
        np.cumsum(self._heights, out=self._tops[1:])

    def set(self, row: int, height: int, *, lasting: bool = True) -> int:
        """Give a row its height as it was measured, `lasting` until it is estimated again; how much higher it became."""
        if lasting:
            self._exact.add(row)
        else:
            self._exact.discard(row)
        more = height - int(self._heights[row])
        if more:
            self._heights[row] = height
            self._tops[row + 1 :] += more
        return more

    def exact(self, row: int) -> bool:
        """Whether a row's height was measured, and holds since."""
        return row in self._exact

    def top(self, row: int) -> int:
        """Pixels above `row`; of the row behind the last one: the height of all."""
        return int(self._tops[row])

    def height(self, row: int) -> int:
        return int(self._heights[row])

    @property
    def total(self) -> int:
        return int(self._tops[-1])

    def row_at(self, y: int) -> int:
        """The row that covers this height, the first or last one outside."""
        return min(max(int(np.searchsorted(self._tops, y, "right")) - 1, 0), max(len(self._heights) - 1, 0))


def breadths(texts: Iterable[str]) -> Heights:
    """How broad each text is, in narrow letters: those of Korean and Chinese count twice."""
    counted = (len(one) if one.isascii() else len(one) + (len(one.encode()) - len(one)) // 2 for one in texts)
    return np.fromiter(counted, np.int64)
