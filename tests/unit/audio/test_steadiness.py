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
        lost, back = watch.took(now, BLOCK)
        if lost:
            found.append((now, lost, number * BLOCK - back))
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


def test_a_loss_that_the_driver_told_is_not_found_again() -> None:
    watch, found = Steadiness(RATE), 0
    for number, now in enumerate(steady(30)):
        if number == 500:
            watch.known_loss(RATE)
        found += watch.took(now + (1.0 if number >= 500 else 0.0), BLOCK)[0]
    assert found == 0
