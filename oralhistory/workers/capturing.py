"""The microphone of a take: opened, watched, opened again when it comes back. All of it on one thread.

It keeps the name of the device the take began with, and refuses to go on with another one. A device or sound server that hangs
holds up this thread alone: orders, heartbeats and the way to the disk go on, and what it delivers after an order to rest is
dropped at the gate.
"""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.errors import DeviceFailed, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.workers import machine_sleep
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.sealing import CapturedBlock, Sealing

NOTICED_AFTER_S = 0.6
"""A device that delivers nothing for so long has stopped, and is said so within a second."""
GIVEN_UP_AFTER_S = 2.0
"""Then it is closed and looked for again: what it may still hold back is lost with that."""
SLOW_START_S = 4.0
"""The same before its first block: some systems take their time."""
TRY_AGAIN_S = 1.0
SLEPT_S = 0.5
OPENS_WITHIN_S = 20.0
CLOSES_WITHIN_S = 3.0
_LOOK_EVERY_S = 0.1
_LONGEST_NAME = 200

Work = Callable[[], None]


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


class _Gate:
    """Lets blocks through until it is closed; `first` is told of the first one before that goes through."""

    def __init__(self, deliver: Callable[[CapturedBlock], None], first: Callable[[int], None] | None = None) -> None:
        self._deliver = deliver
        self._first = [first] if first else []
        self.open = True

    def __call__(self, block: CapturedBlock) -> None:
        if self.open:
            self.note_first(block.frames)
            self._deliver(block)

    def note_first(self, frames: int) -> bool:
        """Tell of a first block of so many frames; whether nobody had."""
        try:
            first = self._first.pop()
        except IndexError:
            return False
        first(frames)
        return True


class Capturing:
    def __init__(
        self,
        sealing: Sealing,
        loudness: Loudness,
        open_microphone: OpenAMicrophone,
        device: str | None,
        clock: Callable[[], float] = machine_sleep.with_sleep,
        slept: Callable[[], float] = machine_sleep.slept,
        about: Mapping[str, str] | None = None,
    ) -> None:
        """`clock` also counts while the machine sleeps; `slept` tells how long it has; `about` is sealed with each stretch."""
        self._about = dict(about or {})
        self._sealing = sealing
        self._loudness = loudness
        self._open_microphone = open_microphone
        self.device = device
        self._clock = clock
        self._slept = slept
        self._slept_before = slept()
        self._orders: SimpleQueue[tuple[Work, Future[None]]] = SimpleQueue()
        self._over = threading.Event()
        self._wanted = False
        """Whether a person wants sound."""
        self._microphone: OpenMicrophone | None = None
        self._gate = _Gate(sealing.put)
        self._silent_since = clock()
        """When sound ended, by order or by itself."""
        self.moved = False
        """The system delivers another microphone than the one the take began with."""
        self._was_gone = False
        """The device stopped, and nothing has come from it since it was opened again."""
        self._try_again_at = 0.0
        self._thread = threading.Thread(target=self._work, name="microphone", daemon=True)

    # --- orders, from any thread

    def begin(self) -> None:
        """Open the microphone and let sound in. DeviceFailed: nothing has changed then."""
        if not self._thread.is_alive():
            self._thread.start()
        self._ask(lambda: self._begin(None), OPENS_WITHIN_S)

    def go_on(self, reason: GapReason) -> None:
        """The same after a rest, which becomes a gap. DeviceFailed: it rests on."""
        self._ask(lambda: self._begin(reason), OPENS_WITHIN_S)

    def rest(self) -> None:
        """Nothing is captured any more when this returns."""
        gone, wanted = self.gone, self._wanted
        self._wanted = False
        self._gate.open = False
        if wanted:
            if not self._gate.note_first(0) and gone:
                self._note_device_gap()
            self._silent_since = self._clock()
            self._sealing.do(lambda log: log.end())
        with suppress(DeviceFailed):  # it hangs; the gate is closed, and it will be closed when it answers
            self._ask(self._close, CLOSES_WITHIN_S)

    def stop(self) -> None:
        """As `rest`, after what was said before is through; for good."""
        microphone = self._microphone
        if self._wanted and microphone and not self.gone:
            self._over.wait(microphone.latency_s)
        self.rest()
        self._over.set()

    def note_source(self, name: str, away: bool) -> None:
        """The system delivers the microphone `name` from now on; `away` when it is not the first one. From any thread."""
        self.moved = away
        if self._wanted:
            self._sealing.do(lambda log: log.lost(GapReason.CHANGED, 0))
            self._sealing.do(lambda log: log.note({"source": name[:_LONGEST_NAME], "at": _now()}))

    def return_to_first(self) -> None:
        """The microphone of the take is there again while the system delivers another one. From any thread; does not wait."""
        self._orders.put((self._open_again, Future()))

    @property
    def alive(self) -> bool:
        return self._thread.is_alive() or self._over.is_set()

    @property
    def gone(self) -> bool:
        """Whether sound is wanted and the device delivers none."""
        microphone = self._microphone
        if not self._wanted:
            return False
        if microphone is None:
            return True
        if microphone.delivered:
            return microphone.quiet_for_s > NOTICED_AFTER_S
        return self._was_gone or microphone.quiet_for_s > SLOW_START_S

    # --- the thread of the device

    def _ask(self, work: Work, patience: float) -> None:
        done: Future[None] = Future()
        self._orders.put((work, done))
        try:
            done.result(patience)
        except TookTooLong:
            done.cancel()
            self._wanted = self._gate.open = False  # should it answer later, nobody listens any more
            raise DeviceFailed(
                tr("The microphone does not answer."),
                safe=tr("What was recorded is safe."),
                todo=tr("Unplug it and plug it in again, then try once more."),
            ) from None

    def _work(self) -> None:
        while not self._over.is_set():
            try:
                work, done = self._orders.get(timeout=_LOOK_EVERY_S)
            except Empty:
                self._watch()
                continue
            if done.set_running_or_notify_cancel():
                try:
                    work()
                    done.set_result(None)
                except OralHistoryError as error:
                    done.set_exception(error)

    def _begin(self, after: GapReason | None) -> None:
        self._close()
        self._wanted = True
        try:
            self._capture(after)
        except DeviceFailed:
            self._wanted = False
            raise

    def _capture(self, after: GapReason | None, *, fresh: bool = False) -> None:
        """Open the microphone and begin, or go on with, the sound. DeviceFailed: nothing has changed then."""
        silent_since = self._silent_since

        def note_gap(frames: int) -> None:
            """The silence lasts until the first block comes, not until the device is open."""
            rate = microphone.format.rate
            lost = max(0, self._frames_since(silent_since, rate) - frames)
            if after is GapReason.DEVICE:
                self._sealing.lost_frames += lost
            self._sealing.do(lambda log: log.lost(after, lost) if after else None)

        gate = _Gate(self._sealing.put, note_gap if after else None)
        microphone = self._open_microphone(self.device, gate, fresh=fresh)
        self._gate = gate  # whoever gives up from now on closes this one
        if self._wanted:
            self.device = microphone.name  # from now on this one or none
            self._enter_log(microphone, after)
            self._loudness.start()
            try:
                microphone.start()
            except DeviceFailed:
                self._withdraw(microphone, gate, after)
                raise
        if not self._wanted:
            self._withdraw(microphone, gate, after)
            raise DeviceFailed(tr("The microphone does not answer."))
        self._microphone = microphone
        self._slept_before = self._slept()

    def _withdraw(self, microphone: OpenMicrophone, gate: _Gate, after: GapReason | None) -> None:
        gate.open = False
        microphone.close()
        if after is not GapReason.DEVICE or not self._wanted:
            self._sealing.do(lambda log: log.end())

    def _enter_log(self, microphone: OpenMicrophone, after: GapReason | None) -> None:
        """A stretch begins, unless it only goes on after a gap."""
        sound = microphone.format
        about: dict[str, Any] = {**self._about, "device": microphone.name, "started_at": _now()}
        if after is GapReason.DEVICE and sound == self._sealing.log.format:
            return
        if after in (GapReason.DEVICE, GapReason.ASLEEP):
            self._sealing.do(lambda log: log.end())
        self._sealing.do(lambda log: log.begin(sound, about))

    def _watch(self) -> None:
        """Look at the device once."""
        if not self._wanted:
            self._close()  # one that answered too late
            return
        microphone = self._microphone
        if self._slept() - self._slept_before > SLEPT_S:
            self._wake_up()
        elif microphone is None:
            self._try_again()
        elif microphone.delivered and microphone.quiet_for_s < NOTICED_AFTER_S:
            self._was_gone = False
        elif microphone.quiet_for_s > (GIVEN_UP_AFTER_S if microphone.delivered else SLOW_START_S):
            self._silent_since = self._clock() - microphone.quiet_for_s
            self._was_gone = True
            self._close()

    def _wake_up(self) -> None:
        """The machine slept: what comes now is a new part."""
        slept, self._slept_before = self._slept() - self._slept_before, self._slept()
        self._close()
        self._silent_since = self._clock() - slept
        self._was_gone = True
        with suppress(DeviceFailed):
            self._capture(GapReason.ASLEEP, fresh=True)

    def _open_again(self) -> None:
        if self._wanted:
            self._close()
            self._silent_since, self._try_again_at = self._clock(), 0.0
            self._try_again()

    def _try_again(self) -> None:
        if self._clock() < self._try_again_at:
            return
        try:
            self._capture(GapReason.DEVICE, fresh=True)
        except DeviceFailed:
            self._try_again_at = self._clock() + TRY_AGAIN_S

    def _close(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone:
            microphone.close()
            self._gate.open = False

    def _note_device_gap(self) -> None:
        """Nothing has come since the device stopped, and now the rest begins."""
        microphone = self._microphone
        since = self._clock() - microphone.quiet_for_s if microphone else self._silent_since
        self._sealing.lost(GapReason.DEVICE, self._frames_since(since, self._sealing.log.format.rate))

    def _frames_since(self, since: float, rate: int) -> int:
        return max(0, round((self._clock() - since) * rate))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
