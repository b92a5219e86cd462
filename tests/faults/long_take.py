"""A long take beside busy programs: `python -m tests.faults.long_take --minutes 30` prints how many samples it lost (none).

Sound in which every sample is one higher than the one before (it begins anew after 87 seconds) is played to the virtual
microphone as long as the take lasts. Where the player is late the microphone hears zeros, and the numbers go on after them: only
a number that is left out is a sample that the recorder lost.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import Argon2Cost, create_archive_keys
from oralhistory.workers.recording import RecorderProcesses
from tests.helpers import coded_sound, figures, leaks, sound_server
from tests.helpers.coded_sound import FIRST, RATE

STEREO = SoundFormat(channels=2)
AROUND = 1 << 22
"""Numbers before they begin anew."""
INTERVIEW = "0123456789abcdef0123456789abcdef"
_CHUNK = RATE // 2


def run(minutes: float, busy: int = 2) -> dict[str, Any]:
    """Record so long beside so many busy processes; what became of the samples and what the recorder took of the machine."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oh-long-")))
        sound_place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oh-sound-")))
        server = stack.enter_context(sound_server.running(sound_place))
        os.environ.update(server.env)
        for _ in range(busy):
            program = stack.enter_context(subprocess.Popen([sys.executable, "-c", "while True: pass"]))
            stack.callback(program.kill)
        ring, _ = create_archive_keys(place / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
        stack.callback(ring.close)
        ring.create_interview_key(INTERVIEW)
        folder, keys = place / "take", ring.part_keys(INTERVIEW, 32)
        folder.mkdir()
        before = leaks.children()
        order = RecorderOrder(
            folder, keys, STEREO, None, outlives_starter=False, purpose=TakePurpose.TESTIMONY,
            copy=place / "copy", ballast=place / "ballast",
        )  # fmt: skip
        take = RecorderProcesses().start(order)
        [recorder] = leaks.children() - before
        with _playing(server):
            told = _record(take, recorder, minutes)
        told["busy_processes"] = busy
        pieces = (
            block
            for one in keys
            if (folder / f"{one.file_id}.oha").exists()
            for block in _blocks(ring.open_part(INTERVIEW, folder / f"{one.file_id}.oha"))
        )
        return {**told, **lost_samples(pieces)}


def _record(take: Any, recorder: int, minutes: float) -> dict[str, Any]:
    began, beats, slowest, last, told = time.monotonic(), 0, 0.0, time.monotonic(), set()
    beat = None
    stopping = False
    for beat in take.events():
        now = time.monotonic()
        beats, slowest, last = beats + 1, max(slowest, now - last), now
        told |= {one.value for one in beat.troubles}
        if beat.elapsed_ms >= minutes * 60_000 and not stopping:
            stopping = True
            status = Path(f"/proc/{recorder}/status").read_text()
            worked = Path(f"/proc/{recorder}/stat").read_text().rpartition(")")[2].split()
            took = now - began
            take.stop()
    take.close()
    assert beat is not None
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return {
        "minutes": round(beat.elapsed_ms / 60_000, 2),
        "noted_lost_frames": beat.lost_frames,
        "troubles": sorted(told),
        "second_copy": beat.copy.value,
        "safe": beat.safe_ms == beat.elapsed_ms,
        "slowest_heartbeat_s": round(slowest, 3),
        "cpu_percent": round(sum(map(int, worked[11:13])) / os.sysconf("SC_CLK_TCK") / took * 100, 2),
        "peak_rss_mb": round(peak / 1024, 1),
    }


@contextmanager
def _playing(server: sound_server.SoundServer) -> Iterator[None]:
    """The numbers, in both channels, until the block ends."""
    command = ["pacat", "--playback", "--raw", "--format=s24le", f"--rate={RATE}", "--channels=2", "--latency-msec=3000",
               f"--device={sound_server.SINK}"]  # fmt: skip
    over = threading.Event()
    with subprocess.Popen(command, env=server.env, stdin=subprocess.PIPE) as player:
        assert player.stdin is not None

        def feed(pipe: Any) -> None:
            first = 0
            while not over.is_set():
                numbers = np.repeat((np.arange(first, first + _CHUNK) % AROUND + FIRST).astype("<i4"), 2)
                try:
                    pipe.write(numbers.view(np.uint8).reshape(-1, 4)[:, :3].tobytes())
                except OSError:
                    return
                first += _CHUNK

        feeding = threading.Thread(target=feed, args=(player.stdin,), name="player")
        feeding.start()
        try:
            yield
        finally:
            over.set()
            player.kill()
            feeding.join()


def _blocks(part: Any) -> Iterator[bytes]:
    with part:
        assert part.summary().complete
        yield from part.blocks()


def lost_samples(pieces: Iterator[bytes]) -> dict[str, Any]:
    """Of what the microphone heard: samples, places where the player was late, numbers that were left out or came twice."""
    heard = late = lost = wrong = unlike = 0
    before: int | None = None
    begun = False
    for pcm in pieces:
        both = coded_sound.frames(pcm).reshape(-1, STEREO.channels)
        unlike += int((both[:, 0] != both[:, 1]).sum())
        one: NDArray[np.int64] = both[:, 0]
        numbers = one[one >= 0]
        if not len(numbers):
            late += len(one) if begun else 0
            continue
        late += int((one < 0).sum()) if begun else int((one[np.argmax(one >= 0) :] < 0).sum())
        begun = True
        steps = np.diff(numbers if before is None else np.concatenate([[before], numbers])) % AROUND
        wrong += int((steps == 0).sum())
        lost += int((steps[steps > 1] - 1).sum())
        heard += len(numbers)
        before = int(numbers[-1])
    return {"heard_samples": heard, "lost_samples": lost, "wrong_samples": wrong + unlike, "player_late_samples": late}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=30.0)
    asked.add_argument("--busy", type=int, default=2)
    options = asked.parse_args()
    told = run(options.minutes, options.busy)
    figures.keep("long-take", whole=options.minutes >= 30, **told)
    print(json.dumps(told))
    return int(bool(told["lost_samples"] or told["wrong_samples"] or told["noted_lost_frames"]))


if __name__ == "__main__":
    sys.exit(main())
