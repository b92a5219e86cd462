"""How a take stands, as its heartbeat tells it: what is wrong with the device, the disk, the sound, most serious first.

It looks, and changes nothing. It refuses to wait for a disk: what the disk says is looked up elsewhere.
"""

import time
from collections.abc import Callable, Iterator

from oralhistory.domain.ports import CopyState, Heartbeat, TakeState, Trouble
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.sealing import Sealing
from oralhistory.workers.surroundings import Surroundings

LOW_BYTES = 512 << 20
WAITING_AFTER_MS = 5_000
"""Sound that has not reached the disk for so long would be lost with the machine, and is said so."""
_TELL_OVERRUN_S = 5.0


class Condition:
    def __init__(
        self,
        sealing: Sealing,
        loudness: Loudness,
        surroundings: Surroundings,
        copy: Callable[[], CopyState] = lambda: CopyState.NONE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sealing = sealing
        self._loudness = loudness
        self._surroundings = surroundings
        self._copy = copy
        self._clock = clock
        self._overruns_seen, self._overrun_at = 0, -_TELL_OVERRUN_S

    def beat(
        self,
        state: TakeState,
        *,
        device: str,
        device_gone: bool,
        moved: bool,
        recording: bool,
        sealing_since_ms: int | None,
        going_since_ms: int,
    ) -> Heartbeat:
        """The take as it stands. `device_gone`, `moved`: the microphone stopped, or became another one."""
        parts, log, around = self._sealing.parts, self._sealing.log, self._surroundings
        return Heartbeat(
            state=state,
            elapsed_ms=log.elapsed_ms,
            safe_ms=parts.safe_ms,
            peaks=self._loudness.take_peaks(),
            free_bytes=around.free_bytes,
            lost_frames=self._sealing.lost_frames,
            troubles=tuple(self._troubles(device_gone=device_gone, moved=moved, recording=recording)),
            copy=self._copy(),
            in_fallback=parts.in_fallback,
            room_ms=around.free_bytes * 1000 // (log.format.rate * log.format.bytes_per_frame),
            battery=around.battery,
            awake=around.awake,
            device=device,
            sealing_since_ms=sealing_since_ms,
            since_rest_ms=log.elapsed_ms - going_since_ms,
            reached=parts.reached(),
            missing_ms=self._sealing.lost_frames * 1000 // log.format.rate,
        )

    def _troubles(self, *, device_gone: bool, moved: bool, recording: bool) -> Iterator[Trouble]:
        if self._sealing.overruns > self._overruns_seen:
            self._overruns_seen, self._overrun_at = self._sealing.overruns, self._clock()
        parts, waiting_ms = self._sealing.parts, self._sealing.log.elapsed_ms - self._sealing.parts.safe_ms
        now = {
            Trouble.DEVICE: recording and device_gone,
            Trouble.DISK_WAITING: parts.failing or waiting_ms > WAITING_AFTER_MS,
            Trouble.FROZEN: recording and not device_gone and self._sealing.log.frozen,
            Trouble.SILENT: recording and not device_gone and self._loudness.silent,
            Trouble.DEVICE_CHANGED: moved,
            Trouble.OVERRUN: self._clock() - self._overrun_at < _TELL_OVERRUN_S,
            Trouble.DISK_FAILING: parts.in_fallback,
            Trouble.DISK_LOW: self._surroundings.free_bytes < LOW_BYTES,
            Trouble.CHANNEL_SILENT: recording and self._loudness.channel_silent,
            Trouble.CLIPPING: recording and self._loudness.clipping,
        }
        return (trouble for trouble in Trouble if now[trouble])
