"""Sound that is none: nothing but zeros, or the same blocks over and over. Some devices deliver it when they have died.

It judges from the samples alone, block by block, as they come from the device.
"""

from collections import deque

NOTED_AFTER_S = 2.7
"""Dead air that lasts so long is a fault (told within three seconds, block and heartbeat included)."""
_REMEMBERED_BLOCKS = 50
"""Blocks among which a repeated one is looked for: a second."""


class DeadAir:
    def __init__(self) -> None:
        self._before: deque[int] = deque(maxlen=_REMEMBERED_BLOCKS)
        self._run_frames = 0
        self._repeats = False

    def hear(self, pcm: bytes, frames: int, rate: int) -> int:
        """Take in a block. When it ends a stretch of dead air that is worth a note: the frames of that stretch, else 0."""
        zeros = pcm.count(0) == len(pcm)
        mark = hash(pcm)
        repeated = not zeros and mark in self._before
        self._before.append(mark)
        if zeros or repeated:
            self._run_frames += frames
            self._repeats = repeated
            return 0
        return self.ended(rate)

    def ended(self, rate: int) -> int:
        """The same when no block follows: the frames of the stretch up to here."""
        run, self._run_frames, self._repeats = self._run_frames, 0, False
        return run if run >= NOTED_AFTER_S * rate else 0

    def frozen(self, rate: int) -> bool:
        """Whether the device has been repeating itself for so long."""
        return self._repeats and self._run_frames >= NOTED_AFTER_S * rate
