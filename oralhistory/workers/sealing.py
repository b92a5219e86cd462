"""The way of the sound from the sound card's thread to the disk: a queue, a thread that cuts, one that writes, one that syncs.

Putting something in never waits. What is put in is worked off in order: blocks of sound, and jobs that concern the take's log at
that place in the sound. Cutting never waits for the disk, so levels and clock go on while a disk stalls. Beyond the bound of
the queue sound is dropped and the loss is noted where it happened.
"""

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Protocol

from oralhistory.domain.sound import OUTLINE_POINTS, GapReason, SoundFormat, outline_byte
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.parts import Parts
from oralhistory.workers.take_log import TakeLog

SYNC_EVERY_S = 0.5
MOST_QUEUED_BLOCKS = 60_000
"""Twenty minutes of sound."""
_TEND_EVERY_S = 0.1

Job = Callable[[TakeLog], None]
Levels = Callable[[bytes, int, int], list[tuple[int, ...]]]
"""`audio.levels.levels`: 0 to 32768 of each channel in so many stretches of PCM."""


class CapturedBlock(Protocol):
    """Sound as the device gave it.

    `lost_frames` are missing `lost_back` frames before it. `overrun`: the driver says that sound was lost; together with
    `lost_frames`, that it was these. Their number comes after the first word of it.
    """

    @property
    def frames(self) -> int: ...
    @property
    def overrun(self) -> bool: ...
    @property
    def lost_frames(self) -> int: ...
    @property
    def lost_back(self) -> int: ...
    def pcm(self) -> bytes: ...


class Sealing:
    def __init__(self, parts: Parts, loudness: Loudness, levels: Levels) -> None:
        self.parts = parts
        self.log = TakeLog(parts, self._look)
        self.lost_frames = 0
        self.overruns = 0
        self._loudness = loudness
        self._levels = levels
        self._inbox: SimpleQueue[CapturedBlock | Job | None] = SimpleQueue()
        self._dropped_frames = 0
        self._news = threading.Event()  # for the writer
        self._sync_now = threading.Event()
        self._all_in = threading.Event()
        self._given_up = threading.Event()
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("sealer", self._seal), ("writer", self._write), ("syncer", self._sync))
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def put(self, block: CapturedBlock) -> None:
        """Called on the sound card's thread."""
        if self._inbox.qsize() < MOST_QUEUED_BLOCKS:
            self._inbox.put(block)
        else:
            self._dropped_frames += block.frames

    def do(self, job: Job) -> None:
        """Have `job` done after all sound that is in the queue by now."""
        self._inbox.put(job)

    def sync_soon(self) -> None:
        """Have what is in the queue by now on the disk sooner than usual."""
        self.do(lambda _: self._sync_now.set())

    def written(self, patience: float) -> bool:
        """Whether everything put in so far is written down within `patience` seconds."""
        worked_off = threading.Event()
        self.do(lambda _: worked_off.set())
        until = time.monotonic() + patience
        if not worked_off.wait(patience):
            return False
        while not (self.parts.all_written or self.parts.failing) and time.monotonic() < until:
            self._ended.wait(0.01)
        return self.parts.all_written

    def lost(self, reason: GapReason, frames: int) -> None:
        """Note here that so many frames were suffered to be missing."""
        self.lost_frames += frames
        self.do(lambda log: log.lost(reason, frames))

    def close(self) -> None:
        """Nothing more is put in: end the take and wait, elsewhere, in `ended`."""
        self.do(TakeLog.close)
        self._inbox.put(None)

    def give_up(self) -> None:
        """End the threads whatever is left: for a take that never began."""
        self._given_up.set()
        self._inbox.put(None)
        for thread in self._threads:
            thread.join()

    def ended(self, patience: float) -> bool:
        """Whether, within `patience` seconds, everything put in is safe on the disk."""
        return self._ended.wait(patience)

    @property
    def alive(self) -> bool:
        return self._ended.is_set() or all(one.is_alive() for one in self._threads[0 if not self._all_in.is_set() else 1 :])

    # --- the threads

    def _seal(self) -> None:
        while (item := self._inbox.get()) is not None:
            if callable(item):
                item(self.log)
            else:
                self._take(item)
            self._news.set()
        self._all_in.set()
        self._news.set()

    def _write(self) -> None:
        while not (self._given_up.is_set() or (self._all_in.is_set() and self.parts.all_safe)):
            self._news.wait(_TEND_EVERY_S)
            self._news.clear()
            self.parts.tend()
        self._ended.set()
        self._sync_now.set()

    def _sync(self) -> None:
        while not self._ended.is_set():
            self._sync_now.wait(SYNC_EVERY_S)
            self._sync_now.clear()
            self.parts.sync()

    def _take(self, block: CapturedBlock) -> None:
        dropped, self._dropped_frames = self._dropped_frames, 0
        if dropped or block.overrun or block.lost_frames:
            late = bool(dropped or block.overrun)
            self.overruns += late
            self.lost_frames += block.lost_frames + dropped
            self.log.lost(
                GapReason.OVERRUN if late else GapReason.DEVICE, block.lost_frames + dropped, block.lost_back
            )
        self.log.sound(block.pcm())

    def _look(self, pcm: bytes, sound: SoundFormat) -> bytes:
        """The outline of a record, and its peaks to the meter."""
        points = [[level / 32768 for level in point] for point in self._levels(pcm, sound.channels, OUTLINE_POINTS)]
        self._loudness.hear([max(levels) for levels in zip(*points, strict=True)])
        return bytes(outline_byte(level) for point in points for level in point)
