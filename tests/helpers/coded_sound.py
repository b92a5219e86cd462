"""Sound whose every frame says which one it is: what was recorded of it can be compared to the sample, and found in time."""

import os
import subprocess
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
FIRST = 1 << 20
"""The sample of frame 0: loud enough for a voice. Each frame is one higher, so 24 bits hold four minutes."""


def write(path: Path, seconds: float, lead_in: float = 0.0) -> Path:
    """The coded sound as a 24-bit stereo WAV (both channels alike), after `lead_in` seconds of silence."""
    codes = np.repeat(np.arange(FIRST, FIRST + int(seconds * RATE), dtype="<i4"), 2)
    codes = np.concatenate([np.zeros(2 * int(lead_in * RATE), "<i4"), codes])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(3)
        file.setframerate(RATE)
        file.writeframes(codes.view(np.uint8).reshape(-1, 4)[:, :3].tobytes())
    return path


def frames(pcm: bytes) -> NDArray[np.int64]:
    """The number of each frame of mono 24-bit PCM; -1 where nothing was played."""
    raw = np.frombuffer(pcm, np.uint8).reshape(-1, 3)
    samples = np.pad(raw, ((0, 0), (1, 0))).view("<i4").ravel().astype(np.int64) >> 8
    return np.where(samples == 0, -1, samples - FIRST)


def unbroken(pcm: bytes) -> bool:
    """Whether the recording holds a stretch of the sound, each frame exactly once, with silence only around it."""
    heard = frames(pcm)
    played = np.flatnonzero(heard >= 0)
    if not len(played):
        return False
    stretch = heard[played[0] : played[-1] + 1]
    return bool((np.diff(stretch) == 1).all() and (heard[: played[0]] == -1).all() and (heard[played[-1] + 1 :] == -1).all())


class Witness:
    """Another listener at the same microphone, that tells which frame was in the air at what time."""

    def __init__(self, output: int) -> None:
        self._earliest = float("inf")
        self._heard = threading.Condition()
        self._latest = -1
        self._output = output
        self._all = bytearray()

    def listen(self) -> None:
        rest = b""
        while chunk := os.read(self._output, 1 << 16):
            now = time.monotonic()
            rest += chunk
            whole = len(rest) // 3 * 3
            self._all += rest[:whole]
            last = int(frames(rest[whole - 3 : whole])[0]) if whole else -1
            rest = rest[whole:]
            if last >= 0:
                self._earliest = min(self._earliest, now - last / RATE)
                with self._heard:
                    self._latest = last
                    self._heard.notify_all()

    def heard(self) -> NDArray[np.int64]:
        """Every frame of coded sound that was in the air, in order."""
        numbers = frames(bytes(self._all))
        return numbers[numbers >= 0]

    def now(self) -> float:
        return time.monotonic()

    def wait(self, frame: int = 0) -> None:
        """Until the sound plays, and has come to `frame`."""
        with self._heard:
            assert self._heard.wait_for(lambda: self._latest >= frame, 30)

    def between(self, first: int, last: int) -> int:
        """How many frames after frame `first` was `last` in the air: more than their numbers say where the player was late."""
        self.wait(last)
        numbers = frames(bytes(self._all))
        [begin], [end] = (np.flatnonzero(numbers == one) for one in (first, last))
        return int(end - begin)

    def frame_at(self, moment: float) -> int:
        """The frame that was in the air at a time of the monotonic clock, by the quickest delivery ever seen."""
        return round((moment - self._earliest) * RATE)


@contextmanager
def witness(env: dict[str, str], latency_ms: int = 20) -> Iterator[Witness]:
    command = ["parec", "--raw", "--format=s24le", f"--rate={RATE}", "--channels=1", f"--latency-msec={latency_ms}"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as listening:
        assert listening.stdout is not None
        told = Witness(listening.stdout.fileno())
        thread = threading.Thread(target=told.listen, name="witness")
        thread.start()
        try:
            yield told
        finally:
            listening.terminate()
            thread.join()
