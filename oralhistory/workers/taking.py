"""A take while it goes on: obeying a person, watching the device, telling how it stands.

It keeps the state. It refuses to go on with another microphone than the one the take began with, and to capture anything
while paused or off the record.
"""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol

from oralhistory.domain.interview import NoteKind
from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.domain.transcript import normalised
from oralhistory.errors import DeviceFailed, MalformedInput, OralHistoryError, ProgramFault, StorageFailed
from oralhistory.i18n import tr
from oralhistory.workers.condition import Condition
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.sealing import CapturedBlock, Sealing

BEAT_EVERY_S = 0.1
GONE_AFTER_S = 1.0
"""A device that delivers nothing for so long has stopped."""
SLOW_START_S = 4.0
"""The same before its first block: some systems take their time."""
TRY_AGAIN_S = 1.0
FIRST_PART_WITHIN_S = 10.0
STOP_PATIENCE_S = 600.0
"""How long a stopped take waits for a disk to take its last sound."""
LONGEST_WORD = 500
LONGEST_LOOK_BACK_MS = 24 * 3600 * 1000
_NOTE_ID = re.compile("[0-9a-f]{32}")

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
        condition: Condition,
        open_microphone: OpenAMicrophone,
        device: str | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sealing = sealing
        self._loudness = loudness
        self._condition = condition
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
        self._sealing_since_ms: int | None = None

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
        """Do what a window asks and say what came of it, or the outcome with its sentences. ValueError for an unknown order."""
        orders: dict[str, Callable[[], dict[str, Any] | None]] = {
            "pause": lambda: self._rest(PAUSED, GapReason.PAUSED),
            "off_record": lambda: self._rest(OFF_RECORD, GapReason.OFF_THE_RECORD),
            "resume": self._resume,
            "note": lambda: self._note(order),
            "stop": self.ask_to_stop,
        }
        wanted = orders.get(str(order.get("order")))
        if wanted is None:
            raise ValueError("no such order")
        try:
            return wanted() or {}
        except OralHistoryError as error:
            return {"error": error.code, "happened": error.happened, "safe": error.safe, "todo": error.todo}

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

    def _note(self, order: dict[str, Any]) -> dict[str, Any]:
        """Seal a mark or the like into the log; from when to when in the take it means, in ms."""
        kind, note_id, now = NoteKind(order["kind"]), str(order["id"]), self._sealing.log.elapsed_ms
        if not _NOTE_ID.fullmatch(note_id):
            raise ValueError("not the id of a note")
        meant = now if order.get("at_ms") is None else min(max(int(order["at_ms"]), 0), now)
        begins = max(meant - min(max(int(order.get("back_ms", 0)), 0), LONGEST_LOOK_BACK_MS), 0)
        if kind is NoteKind.SEAL_UNTIL:
            if self._sealing_since_ms is None:
                raise MalformedInput(tr("No passage is being sealed."), safe=tr("Nothing was changed."))
            begins, self._sealing_since_ms = self._sealing_since_ms, None
        elif kind is NoteKind.SEAL_FROM and self._sealing_since_ms is None:
            self._sealing_since_ms = begins
        content = {
            "note": note_id,
            "kind": kind.value,
            "words": normalised(str(order.get("words", "")))[:LONGEST_WORD],
            "back_ms": now - begins,
            "until_back_ms": now - meant,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        self._sealing.do(lambda log: log.note(content))
        return {"from_ms": begins, "until_ms": meant}

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
        return asdict(
            self._condition.beat(
                self._state,
                device=self._device or "",
                device_gone=self._device_gone,
                moved=False,
                recording=self._state == RECORDING,
                sealing_since_ms=self._sealing_since_ms,
            )
        )
