"""A take while it goes on: obeying a person, telling how it stands, ending it.

It keeps the state. It refuses to capture anything while paused or off the record. No order waits for a disk.
"""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from oralhistory.domain.interview import NoteKind
from oralhistory.domain.ports import TakeState
from oralhistory.domain.sound import GapReason
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, OralHistoryError, ProgramFault, StorageFailed
from oralhistory.i18n import tr
from oralhistory.workers.capturing import Capturing
from oralhistory.workers.condition import Condition
from oralhistory.workers.messages import outcome
from oralhistory.workers.sealing import Sealing
from oralhistory.workers.second_copy import SecondCopy

BEAT_EVERY_S = 0.1
FIRST_PART_WITHIN_S = 10.0
STOP_PATIENCE_S = 600.0
"""How long a stopped take waits for a disk to take its last sound."""
COPY_PATIENCE_S = 60.0
"""How long the end of a take waits for its second copy."""
LONGEST_WORD = 500
LONGEST_LOOK_BACK_MS = 24 * 3600 * 1000
_NOTE_ID = re.compile("[0-9a-f]{32}")

_RESTING = (TakeState.PAUSED, TakeState.OFF_RECORD)


class Taking:
    def __init__(
        self, sealing: Sealing, capturing: Capturing, condition: Condition, copy: SecondCopy | None = None
    ) -> None:
        self._sealing = sealing
        self._capturing = capturing
        self._condition = condition
        self._copy = copy
        self._orders = threading.Lock()  # one at a time
        self._stop_asked = threading.Event()
        self._state = TakeState.RECORDING
        self._reason = GapReason.PAUSED
        self._sealing_since_ms: int | None = None
        self._going_since_ms = 0

    def start(self) -> None:
        """Begin the take: its first part stands on the disk when this returns. DeviceFailed, StorageFailed."""
        self._sealing.start()
        try:
            self._capturing.begin()
            if not self._sealing.written(FIRST_PART_WITHIN_S) or self._sealing.parts.failing:
                raise StorageFailed(
                    tr("The disk does not take a recording."),
                    safe=tr("Everything recorded before is safe."),
                    todo=tr("Check that it is not full and may be written to."),
                )
        except OralHistoryError:
            self._capturing.stop()
            self._sealing.give_up()
            raise

    # --- orders ---------------------------------------------------------------------------------------------------

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Do what a window asks and say what came of it, or the outcome with its sentences. ValueError for an unknown order."""
        orders: dict[str, Callable[[], dict[str, Any] | None]] = {
            "pause": lambda: self._rest(TakeState.PAUSED, GapReason.PAUSED),
            "off_record": lambda: self._rest(TakeState.OFF_RECORD, GapReason.OFF_THE_RECORD),
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
            return outcome(error)

    def ask_to_stop(self) -> None:
        """May be called from anywhere, a signal handler too."""
        self._stop_asked.set()

    def _rest(self, state: TakeState, reason: GapReason) -> None:
        with self._orders:
            if self._state is TakeState.RECORDING:
                self._capturing.rest()
                self._reason = reason
            elif self._state in _RESTING and reason is GapReason.OFF_THE_RECORD:
                self._reason = reason
            if self._state is not TakeState.STOPPING:
                self._state = state

    def _resume(self) -> None:
        with self._orders:
            if self._state in _RESTING:
                self._going_since_ms = self._sealing.log.elapsed_ms
                self._capturing.go_on(self._reason)
                if self._state is not TakeState.STOPPING:
                    self._state = TakeState.RECORDING

    def _note(self, order: dict[str, Any]) -> dict[str, Any]:
        """Seal a mark or the like into the log; from when to when in the take it means, in ms.

        What is said of the last minutes may reach behind the beginning of the take (a negative time): into the take before.
        """
        kind, note_id, now = NoteKind(order["kind"]), str(order["id"]), self._sealing.log.elapsed_ms
        if not _NOTE_ID.fullmatch(note_id):
            raise ValueError("not the id of a note")
        meant = now if order.get("at_ms") is None else min(max(int(order["at_ms"]), 0), now)
        begins = meant - min(max(int(order.get("back_ms", 0)), 0), LONGEST_LOOK_BACK_MS)
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
        self._sealing.sync_soon()
        return {"from_ms": begins, "until_ms": meant}

    # --- the take as a whole --------------------------------------------------------------------------------------

    def run(self, announce: Callable[[dict[str, Any]], None]) -> None:
        """Go on until somebody asks to stop, telling `announce` how it stands; then end, and return when all is on the disk."""
        while not self._stop_asked.wait(BEAT_EVERY_S):
            if not (self._sealing.alive and self._capturing.alive):
                raise ProgramFault("a thread of the recorder ended")
            announce(self._beat())
        self._stop()
        patience = time.monotonic() + STOP_PATIENCE_S
        while not self._sealing.ended(BEAT_EVERY_S):
            if not self._sealing.alive or time.monotonic() > patience:
                raise ProgramFault("the last sound did not reach a disk")
            announce(self._beat())
        self._finish_copy(announce)
        self._state = TakeState.FINISHED
        announce(self._beat())

    def _stop(self) -> None:
        self._state = TakeState.STOPPING
        self._capturing.stop()
        self._sealing.close()

    def _finish_copy(self, announce: Callable[[dict[str, Any]], None]) -> None:
        if self._copy:
            self._copy.close()
            until = time.monotonic() + COPY_PATIENCE_S
            while not self._copy.closed(BEAT_EVERY_S) and time.monotonic() < until:
                announce(self._beat())

    def _beat(self) -> dict[str, Any]:
        return asdict(
            self._condition.beat(
                self._state,
                device=self._capturing.device or "",
                device_gone=self._capturing.gone,
                moved=self._capturing.moved,
                recording=self._state is TakeState.RECORDING,
                sealing_since_ms=self._sealing_since_ms,
                going_since_ms=self._going_since_ms,
            )
        )
