"""The way of the sound from the sound card's thread to the disk: a queue, a thread that seals, a thread that syncs.

Putting something in never waits. What is put in is worked off in order: blocks of sound, and jobs that concern the take's log at
that place in the sound. Beyond the bound of the queue sound is dropped and the loss is noted where it happened.
"""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

from oralhistory.domain.sound import GapReason
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.parts import Parts
from oralhistory.workers.take_log import TakeLog

SYNC_EVERY_S = 0.5
MOST_QUEUED_BLOCKS = 60_000
"""Twenty minutes of sound: the queue grows while a disk stalls."""
_TEND_EVERY_S = 0.1

Job = Callable[[TakeLog], None]


class CapturedBlock(Protocol):
    """Sound as the device gave it; `lost_frames` are missing just before it when there was an overrun."""

    @property
    def frames(self) -> int: ...
    @property
    def overrun(self) -> bool: ...
    @property
    def lost_frames(self) -> int: ...
    def pcm(self) -> bytes: ...


class Sealing:
    def __init__(self, parts: Parts, loudness: Loudness) -> None:
        self.parts = parts
        self.log = TakeLog(parts)
        self.lost_frames = 0
        self.overruns = 0
        self._loudness = loudness
        self._inbox: SimpleQueue[CapturedBlock | Job] = SimpleQueue()
        self._dropped_frames = 0
        self._closing = threading.Event()
        self._given_up = threading.Event()
        self._ended = threading.Event()
        self._sealer = threading.Thread(target=self._seal, name="sealer", daemon=True)
        self._syncer = threading.Thread(target=self._sync, name="syncer", daemon=True)

    def start(self) -> None:
        self._sealer.start()
        self._syncer.start()

    def put(self, block: CapturedBlock) -> None:
        """Called on the sound card's thread."""
        if self._inbox.qsize() < MOST_QUEUED_BLOCKS:
            self._inbox.put(block)
        else:
            self._dropped_frames += block.frames

    def do(self, job: Job) -> None:
        """Have `job` done after all sound that is in the queue by now."""
        self._inbox.put(job)

    def done(self, patience: float) -> bool:
        """Whether everything put in so far is worked off within `patience` seconds."""
        worked_off = threading.Event()
        self.do(lambda _: worked_off.set())
        return worked_off.wait(patience)

    def lost(self, reason: GapReason, frames: int) -> None:
        """Note here that so many frames were suffered to be missing."""
        self.lost_frames += frames
        self.do(lambda log: log.lost(reason, frames))

    def close(self) -> None:
        """Nothing more is put in: end the take and wait, elsewhere, in `ended`."""
        self.do(TakeLog.close)
        self._closing.set()

    def give_up(self) -> None:
        """End the threads whatever is left: for a take that never began."""
        self._given_up.set()
        self._ended.wait()

    def ended(self, patience: float) -> bool:
        """Whether, within `patience` seconds, everything put in is safe on the disk."""
        return self._ended.wait(patience)

    @property
    def alive(self) -> bool:
        return self._sealer.is_alive() or self._ended.is_set()

    def _seal(self) -> None:
        while True:
            try:
                item = self._inbox.get(timeout=_TEND_EVERY_S)
            except Empty:
                self.parts.tend()
                if self._given_up.is_set() or (self._closing.is_set() and self.parts.all_safe):
                    break
                continue
            if callable(item):
                item(self.log)
            else:
                self._take(item)
        self._ended.set()

    def _take(self, block: CapturedBlock) -> None:
        dropped, self._dropped_frames = self._dropped_frames, 0
        if block.overrun or dropped:
            self.overruns += 1
            self.lost_frames += block.lost_frames + dropped
            self.log.lost(GapReason.OVERRUN, block.lost_frames + dropped)
        pcm = block.pcm()
        self.log.sound(pcm)
        self._loudness.hear(pcm, self.log.format.channels)

    def _sync(self) -> None:
        while not self._ended.wait(SYNC_EVERY_S):
            self.parts.sync()
