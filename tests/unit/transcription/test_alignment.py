"""The way through the costs is Whisper's own, cell by cell."""

import importlib.util
import random
from functools import cache
from typing import Any

import numpy as np
import pytest

from oralhistory.transcription.alignment import cheapest_way


@cache
def timing() -> Any:
    """whisper/timing.py as it is: the one that is loaded may have been given another search by an engine opened before."""
    spec = importlib.util.find_spec("whisper.timing")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def whispers(costs: np.ndarray) -> np.ndarray:
    """What whisper's function finds when it is not compiled."""
    plain = timing().dtw_cpu.py_func
    found: np.ndarray = type(plain)(plain.__code__, {**plain.__globals__, "backtrace": timing().backtrace.py_func})(costs)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_it_is_whispers_way_even_where_many_are_as_cheap(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 24), chance.randint(1, 60)
    # Eighths are exact in every float, so that the sums are too; a few values make many ties.
    costs = np.array([[chance.randint(-8, 8) / 8 for _ in range(columns)] for _ in range(rows)])
    assert cheapest_way(costs).tolist() == whispers(costs).tolist()


def test_one_row_and_one_column_are_walked_from_end_to_end() -> None:
    assert cheapest_way(np.ones((1, 4))).tolist() == [[0, 0, 0, 0], [0, 1, 2, 3]]
    assert cheapest_way(np.ones((4, 1))).tolist() == [[0, 1, 2, 3], [0, 0, 0, 0]]
    assert cheapest_way(np.ones((1, 1))).tolist() == [[0], [0]]


@pytest.mark.full
def test_it_is_the_compiled_functions_way_for_any_costs() -> None:
    dtw_cpu = timing().dtw_cpu
    chance = np.random.default_rng(1)
    for _ in range(50):
        costs = -chance.random((chance.integers(1, 220), chance.integers(1, 1500)))
        assert cheapest_way(costs).tolist() == dtw_cpu(costs).tolist()
