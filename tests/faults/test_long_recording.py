"""A long take beside busy programs loses no sample. Half an hour of it: `python -m tests.faults.long_take --minutes 30`."""

import json
import subprocess
import sys

import numpy as np
import pytest

from tests.faults.long_take import AROUND, lost_samples
from tests.helpers.coded_sound import FIRST


def pcm_of(numbers: list[int]) -> bytes:
    samples = np.repeat(np.array(numbers, "<i4"), 2)
    return samples.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def test_a_lost_sample_a_doubled_one_and_a_late_player_are_told_apart() -> None:
    whole = [FIRST + number % AROUND for number in range(AROUND - 50, AROUND + 50)]
    quiet = {"lost_samples": 0, "wrong_samples": 0, "player_late_samples": 0}
    assert lost_samples(iter([pcm_of(whole[:37]), pcm_of(whole[37:])])) == {"heard_samples": 100, **quiet}
    assert lost_samples(iter([pcm_of(whole[:37]), pcm_of(whole[40:])]))["lost_samples"] == 3
    assert lost_samples(iter([pcm_of(whole[:37]), pcm_of(whole[36:])]))["wrong_samples"] == 1
    late = lost_samples(iter([pcm_of([0, 0, *whole[:37], 0, 0, 0]), pcm_of([0] * 5), pcm_of(whole[37:])]))
    assert (late["player_late_samples"], late["lost_samples"]) == (8, 0)


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")
def test_two_minutes_beside_two_busy_programs() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.long_take", "--minutes", "2"], capture_output=True, text=True, check=False
    )
    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["lost_samples"], told["wrong_samples"], told["noted_lost_frames"]) == (0, 0, 0), told
    assert told["heard_samples"] > 100 * 48_000
    assert told["safe"]
