"""F3: the power goes while the real recorder writes. What was said to be safe is there, and little more than that is lost."""

import os
import random
import signal
import statistics
import threading
from collections.abc import Callable

import pytest

from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import WorkerFailed
from tests.faults.conftest import Session
from tests.helpers import coded_sound, figures
from tests.helpers.coded_sound import RATE, Witness
from tests.helpers.power_cut import Disk

MOST_LOST_MS = 700
Start = Callable[..., Session]


def cut_at_random_moments(start: Start, witness: Witness, disk: Disk, times: int) -> tuple[list[float], list[int]]:
    """For each cut: milliseconds of what was in the air that are gone, and milliseconds said to be safe that are gone."""
    chance, lost, unsafe = random.Random(times), [], []
    for number in range(times):
        session = start(folder=disk.folder / f"take{number}")
        target = chance.uniform(600, 2500)
        beat = session.until(lambda beat, target=target: beat.elapsed_ms >= target)  # type: ignore[misc]
        threading.Event().wait(chance.uniform(0, 0.5))  # the moment of a cut has nothing to do with a heartbeat
        disk.cut()
        went = witness.now()
        os.kill(session.pid, signal.SIGKILL)  # the machine is off, not only its disk
        with pytest.raises(WorkerFailed):
            session.until(lambda _: False)
        disk.restart()
        [(summary, pcm)] = session.parts()
        assert not summary.complete, "what was cut off is never called complete"
        assert coded_sound.unbroken(pcm)
        lost.append((witness.frame_at(went) - 1 - int(coded_sound.frames(pcm)[-1])) * 1000 / RATE)
        unsafe.append(max(0, beat.safe_ms - SoundFormat().frames_to_ms(summary.frames)))
    return lost, unsafe


def keep(lost: list[float], unsafe: list[int], *, whole: bool) -> None:
    figures.keep(
        "F3", whole=whole, cuts=len(lost), lost_ms_most=round(max(lost)), lost_ms_median=round(statistics.median(lost)),
        safe_ms_lost=max(unsafe),
    )  # fmt: skip


def test_a_power_cut_loses_less_than_one_sync_interval(start: Start, playing: Witness, disk: Disk) -> None:
    lost, unsafe = cut_at_random_moments(start, playing, disk, 2)
    keep(lost, unsafe, whole=False)
    assert max(unsafe) == 0
    assert max(lost) <= MOST_LOST_MS


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_twenty_power_cuts(start: Start, playing: Witness, disk: Disk) -> None:
    lost, unsafe = cut_at_random_moments(start, playing, disk, 20)
    keep(lost, unsafe, whole=True)
    assert max(unsafe) == 0
    assert max(lost) <= MOST_LOST_MS
