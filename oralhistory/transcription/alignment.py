"""Which sound belongs to which token: the cheapest way through a matrix of costs, as Whisper looks for it.

Whisper's own search (whisper/timing.py, `dtw_cpu`) is compiled anew in every process, which costs five seconds of processor
time and a quarter of a gigabyte at the start of every draft. This one gives the same way through the same costs without a
compiler: cells on one antidiagonal do not depend on each other, so each antidiagonal is one step of numpy.
"""

import sys
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DIAGONAL, _UP, _LEFT = 0, 1, 2


def cheapest_way(costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows and columns (2 x steps) of the way from the first to the last cell of `costs` whose sum is smallest.

    Every step goes down, right or both. Of equally cheap steps the one to the right is taken, as Whisper does.
    """
    rows, columns = costs.shape
    flat, wide = np.ascontiguousarray(costs).ravel(), columns + 1
    total = np.full((rows + 1) * wide, np.inf)
    steps = np.full((rows + 1) * wide, _LEFT, np.int8)
    total[0] = 0
    for diagonal in range(2, rows + columns + 1):
        first, last = max(1, diagonal - columns), min(rows, diagonal - 1)
        # Cell (row, diagonal - row) of a table with `wide` columns stands at diagonal + row * columns.
        here, before = _places(diagonal, first, last, columns), _places(diagonal - 1, first - 1, last - 1, columns)
        both = total[_places(diagonal - 2, first - 1, last - 1, columns)]
        down, right = total[before], total[_places(diagonal - 1, first, last, columns)]
        step = np.where((both < down) & (both < right), _DIAGONAL, np.where((down < both) & (down < right), _UP, _LEFT))
        own = flat[_places(diagonal - 1 - columns, first, last, columns - 1)] if columns > 1 else flat[first - 1 : last]
        total[here] = own + np.choose(step, (both, down, right))
        steps[here] = step
    return _followed_back(steps.reshape(rows + 1, wide))


def spare_the_compiler() -> None:
    """For a process that has not loaded whisper yet: let whisper.timing be loaded without Numba, which would compile the search
    that `use_in_whisper` replaces and nothing else (https://github.com/openai/whisper/blob/main/whisper/timing.py). 60 MB.
    """
    if "numba" not in sys.modules:
        stand_in = ModuleType("numba")
        stand_in.jit = lambda **_options: lambda function: function  # type: ignore[attr-defined]
        sys.modules["numba"] = stand_in


def use_in_whisper() -> None:
    """Let this process's whisper find its ways here."""
    import whisper.timing

    whisper.timing.dtw_cpu = cheapest_way


def _places(offset: int, first: int, last: int, stride: int) -> slice:
    """Where the rows `first` to `last` of an antidiagonal stand in a flat table."""
    return slice(offset + first * stride, offset + last * stride + 1, stride)


def _followed_back(steps: NDArray[Any]) -> NDArray[np.int64]:
    steps[0, :], steps[:, 0] = _LEFT, _UP
    row, column = steps.shape[0] - 1, steps.shape[1] - 1
    way = []
    while row > 0 or column > 0:
        way.append((row - 1, column - 1))
        step = steps[row, column]
        row -= step != _LEFT
        column -= step != _UP
    return np.array(way[::-1]).T
