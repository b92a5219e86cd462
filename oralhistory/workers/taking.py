"""A take while it goes on: obeying a person, watching the device, telling how it stands.

It keeps the state. It refuses to go on with another microphone than the one the take began with, and to capture anything
while paused or off the record.
"""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from oralhistory.domain.ports import Heartbeat
from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.domain.transcript import normalised
from oralhistory.errors import DeviceFailed, OralHistoryError, ProgramFault, StorageFailed
from oralhistory.i18n import tr
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.sealing import CapturedBlock, Sealing

BEAT_EVERY_S = 0.1
GONE_AFTER_S = 1.0
"""A device that delivers nothing for so long has stopped."""
SLOW_START_S = 4.0
"""The same before its first block: some systems take their time."""
TRY_AGAIN_S = 1.0
FIRST_PART_WITHIN_S = 10.0
LOW_BYTES = 512 << 20
STOP_PATIENCE_S = 600.0
"""How long a stopped take waits for a disk to take its last sound."""
LONGEST_WORD = 500
_TELL_OVERRUN_S = 5.0
_LOOK_AT_DISK_EVERY_S = 1.0

RECORDING, PAUSED, OFF_RECORD, STOPPING, FINISHED = "recording", "paused", "off_record", "stopping", "finished"


class OpenMicrophone(Protocol):
    """An opened microphone: delivers blocks between `start` and the return of `close`."""

    name: str
    format: SoundFormat

    def start(self) -> None: ...
    def close(self) -> None: ...
    @property
    def latency_s(self) -> float: ...
    @property
    def quiet_for_s(self) -> float: ...
    @property
    def delivered(self) -> bool: ...


class OpenAMicrophone(Protocol):
    """Opens the microphone of a name (None: the system's choice). DeviceFailed."""

    def __call__(
        self, name: str | None, deliver: Callable[[CapturedBlock], None], *, fresh: bool
    ) -> OpenMicrophone: ...


class Taking:
    def __init__(
        self,
        sealing: Sealing,
        loudness: Loudness,
        open_microphone: OpenAMicrophone,
        device: str | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sealing = sealing
        self._loudness = loudness
        self._open_microphone = open_microphone
        self._device = device
        self._clock = clock
        self._orders = threading.RLock()  # one at a time, the watch over the device among them
        self._stop_asked = threading.Event()
        self._state = RECORDING
        self._microphone: OpenMicrophone | None = None
        self._silent_since = clock()
        """When capture ended, by order or by itself."""
        self._reason = GapReason.PAUSED
        self._device_gone = False
        """From when the device stopped to when it delivers again."""
        self._try_again_at = 0.0
        self._overruns_seen, self._overrun_at = 0, -_TELL_OVERRUN_S
        self._free_bytes, self._look_at_disk_at = 0, 0.0

    def start(self) -> None:
        """Begin the take: its first part stands on the disk when this returns. DeviceFailed, StorageFailed."""
        self._sealing.start()
        try:
            self._capture(after=None)
            if not self._sealing.done(FIRST_PART_WITHIN_S) or self._sealing.parts.failing:
                raise StorageFailed(
                    tr("The disk does not take a recording."),
                    safe=tr("Everything recorded before is safe."),
                    todo=tr("Check that it is not full and may be written to."),
                )
        except OralHistoryError:
            if self._microphone:
                self._microphone.close()
            self._sealing.give_up()
            raise

    # --- orders ---------------------------------------------------------------------------------------------------

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Do what a window asks; `{}` when done, else the outcome with its sentences. ValueError for an unknown order."""
        orders = {
            "pause": lambda: self._rest(PAUSED, GapReason.PAUSED),
            "off_record": lambda: self._rest(OFF_RECORD, GapReason.OFF_THE_RECORD),
            "resume": self._resume,
            "mark": lambda: self._mark(str(order.get("word", ""))),
            "stop": self.ask_to_stop,
        }
        wanted = orders.get(str(order.get("order")))
        if wanted is None:
            raise ValueError("no such order")
        try:
            wanted()
        except OralHistoryError as error:
            return {"error": error.code, "happened": error.happened, "safe": error.safe, "todo": error.todo}
        return {}

    def ask_to_stop(self) -> None:
        """May be called from anywhere, a signal handler too."""
        self._stop_asked.set()

    def _rest(self, state: str, reason: GapReason) -> None:
        with self._orders:
            if self._state == RECORDING:
                self._end_capture()
                self._sealing.do(lambda log: log.end())
                self._reason = reason
            elif self._state in (PAUSED, OFF_RECORD) and reason is GapReason.OFF_THE_RECORD:
                self._reason = reason
            if self._state in (RECORDING, PAUSED, OFF_RECORD):
                self._state = state

    def _resume(self) -> None:
        with self._orders:
            if self._state in (PAUSED, OFF_RECORD):
                self._capture(after=self._reason)
                self._state = RECORDING

    def _mark(self, word: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._sealing.do(lambda log: log.note({"mark": normalised(word)[:LONGEST_WORD], "at": at}))

    # --- capture --------------------------------------------------------------------------------------------------

    def _capture(self, after: GapReason | None, *, fresh: bool = False) -> None:
        """Open the microphone and begin, or go on with, the sound. DeviceFailed: nothing has changed then."""
        microphone = self._open_microphone(self._device, self._sealing.put, fresh=fresh)
        self._device = microphone.name  # from now on this one or none
        sound = microphone.format
        gap = (after, round((self._clock() - self._silent_since) * sound.rate)) if after else None
        about = {"device": microphone.name, "started_at": datetime.now(UTC).isoformat(timespec="milliseconds")}
        if after is GapReason.DEVICE and sound == self._sealing.log.format and gap:
            self._sealing.lost(*gap)
        else:
            if after is GapReason.DEVICE:
                self._sealing.do(lambda log: log.end())
            self._sealing.do(lambda log: log.begin(sound, about, gap))
        self._loudness.start()
        try:
            microphone.start()
        except DeviceFailed:
            microphone.close()
            if after is not GapReason.DEVICE:
                self._sealing.do(lambda log: log.end())
            raise
        self._microphone = microphone

    def _end_capture(self) -> None:
        if self._microphone:
            self._microphone.close()
            self._microphone = None
            self._silent_since = self._clock()
        elif self._state == RECORDING:  # the device went before
            self._note_device_gap()

    def _note_device_gap(self) -> None:
        rate = self._sealing.log.format.rate
        self._sealing.lost(GapReason.DEVICE, round((self._clock() - self._silent_since) * rate))

    def _watch_device(self) -> None:
        with self._orders:
            if self._state != RECORDING:
                return
            microphone = self._microphone
            if microphone is None:
                self._try_again()
            elif microphone.delivered and microphone.quiet_for_s < GONE_AFTER_S:
                self._device_gone = False
            elif microphone.quiet_for_s > (GONE_AFTER_S if microphone.delivered else SLOW_START_S):
                self._silent_since = self._clock() - microphone.quiet_for_s
                self._device_gone, self._microphone = True, None
                microphone.close()

    def _try_again(self) -> None:
        if self._clock() < self._try_again_at:
            return
        try:
            self._capture(after=GapReason.DEVICE, fresh=True)
        except DeviceFailed:
            self._try_again_at = self._clock() + TRY_AGAIN_S

    # --- the take as a whole --------------------------------------------------------------------------------------

    def run(self, announce: Callable[[dict[str, Any]], None]) -> None:
        """Watch over the take, telling how it stands ten times a second, until it was asked to stop and is on the disk."""
        while not self._stop_asked.wait(BEAT_EVERY_S):
            if not self._sealing.alive:
                raise ProgramFault("the sealer ended")
            self._watch_device()
            announce(self._beat())
        self._stop()
        patience = self._clock() + STOP_PATIENCE_S
        while not self._sealing.ended(BEAT_EVERY_S):
            if not self._sealing.alive or self._clock() > patience:
                raise ProgramFault("the last sound did not reach a disk")
            announce(self._beat())
        self._state = FINISHED
        announce({**self._beat(), "parts": [asdict(one) for one in self._sealing.parts.ended]})

    def _stop(self) -> None:
        if self._state == RECORDING and self._microphone:
            time.sleep(self._microphone.latency_s)  # what was said before Stop is still on its way
        with self._orders:
            self._end_capture()
            self._state = STOPPING
            self._sealing.close()

    def _beat(self) -> dict[str, Any]:
        parts = self._sealing.parts
        if self._clock() >= self._look_at_disk_at:
            self._free_bytes = _free_bytes(parts.folder)
            self._look_at_disk_at = self._clock() + _LOOK_AT_DISK_EVERY_S
        return asdict(
            Heartbeat(
                state=self._state,
                elapsed_ms=self._sealing.log.elapsed_ms,
                safe_ms=parts.safe_ms,
                peaks=self._loudness.take_peaks(),
                free_bytes=self._free_bytes,
                lost_frames=self._sealing.lost_frames,
                trouble=self._trouble(),
            )
        )

    def _trouble(self) -> str:
        if self._sealing.overruns > self._overruns_seen:
            self._overruns_seen, self._overrun_at = self._sealing.overruns, self._clock()
        if self._state == RECORDING and self._device_gone:
            return "device"
        if self._sealing.parts.failing or self._free_bytes < LOW_BYTES:
            return "disk_low"
        if self._clock() - self._overrun_at < _TELL_OVERRUN_S:
            return "overrun"
        return "silent" if self._state == RECORDING and self._loudness.silent else ""


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
