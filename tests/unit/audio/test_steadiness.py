"""Sound that goes missing is found although the driver says nothing; jitter, bursts and drift are no loss."""

import random
from collections.abc import Iterable

import pytest

from oralhistory.audio.steadiness import LEAST_S, Steadiness

RATE, BLOCK = 48_000, 960
STEP = BLOCK / RATE


def losses(times: Iterable[float]) -> list[tuple[float, int, int]]:
    """What is found in blocks that come at these times: (time, frames, frames from the beginning at which they are missing)."""
    watch, found = Steadiness(RATE), []
    for number, now in enumerate(times):
        loss = watch.took(now, BLOCK)
        if loss.frames:
            found.append((now, loss.frames, number * BLOCK - loss.back))
    return found


def steady(seconds: float, drift: float = 0.0, jitter: float = 0.0) -> list[float]:
    chance = random.Random(3)
    return [number * STEP * (1 + drift) + chance.uniform(0, jitter) for number in range(round(seconds / STEP))]


@pytest.mark.parametrize("drift", [0.0, 2e-4, -2e-4])
def test_an_hour_of_jitter_and_drift_is_no_loss(drift: float) -> None:
    assert losses(steady(3600, drift, jitter=0.09)) == []


def test_a_device_that_is_late_and_catches_up_lost_nothing() -> None:
    late = [max(now, 13.0) if 10.0 < now < 13.0 else now for now in steady(60)]
    assert losses(late) == []


@pytest.mark.parametrize("gone", [0.3, 1.0, 40.0])
def test_what_never_came_is_found_where_it_is_missing(gone: float) -> None:
    times = [now if now < 10.0 else now + gone for now in steady(60, jitter=0.05)]
    [(when, lost, where)] = losses(times)
    assert when < 10.0 + gone + 1.2
    assert lost == pytest.approx(gone * RATE, abs=0.06 * RATE)
    assert where == pytest.approx(10.0 * RATE, abs=0.06 * RATE)


def test_small_losses_that_add_up_are_found() -> None:
    times, shift = [], 0.0
    for number, now in enumerate(steady(60)):
        shift += 0.01 if number % 10 == 0 and 20.0 < now < 25.0 else 0.0
        times.append(now + shift)
    assert sum(lost for _, lost, _ in losses(times)) == pytest.approx(shift * RATE, abs=LEAST_S * RATE)


HELD = 18
"""Blocks that the driver still has when it runs over: they come at once when it is asked again."""


@pytest.mark.parametrize("gone", [0.0, 0.05, 3.0])
@pytest.mark.parametrize("each_takes", [0.0, 0.015], ids=["at once", "on a busy machine"])
def test_of_what_the_driver_says_it_lost_only_what_never_comes_is_counted(gone: float, each_takes: float) -> None:
    """The process stands still after block 500 until the driver's buffer is full and `gone` seconds more."""
    goes_on = (500 + HELD) * STEP + gone
    held_back = [max(number * STEP + gone, goes_on + (number - 499) * each_takes) for number in range(500, 1000)]
    watch, found = Steadiness(RATE), []
    for number, now in enumerate([number * STEP for number in range(500)] + held_back):
        loss = watch.took(now, BLOCK, told=number == 500)
        if loss.frames:
            assert loss.told
            found.append((loss.frames, number * BLOCK - loss.back))
    assert found == ([(pytest.approx(gone * RATE, abs=BLOCK), 500 * BLOCK)] if gone else [])


def test_what_the_driver_told_is_not_found_again() -> None:
    watch = Steadiness(RATE)
    late = [now + (1.0 if number >= 500 else 0.0) for number, now in enumerate(steady(30))]
    found = [watch.took(now, BLOCK, told=number == 500).frames for number, now in enumerate(late)]
    assert list(filter(None, found)) == [pytest.approx(RATE, abs=1)]


def test_what_is_lost_over_and_over_is_counted_while_it_goes_on() -> None:
    """Each half second the driver says that it ran over: the second without a stumble never comes."""
    watch, shift, found = Steadiness(RATE), 0.0, 0
    for number, now in enumerate(steady(60)):
        told = number >= 500 and number % 25 == 0
        shift += 0.05 if told else 0.0
        found += watch.took(now + shift, BLOCK, told=told).frames
    assert 0 <= shift * RATE - found < 0.65 * RATE


def test_a_device_that_delivers_in_bursts_lost_nothing() -> None:
    assert losses([-(-now // 0.4) * 0.4 for now in steady(60)]) == []
