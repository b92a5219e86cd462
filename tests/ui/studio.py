"""A recorder and a room for tests of the window: heartbeats and microphones as a test says, sealed parts as real ones."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from oralhistory.domain.interview import TakeNote
from oralhistory.domain.ports import (
    DecodedFile,
    Device,
    Heartbeat,
    Listened,
    MicrophoneTest,
    RecorderOrder,
    Take,
    TakeState,
    Trouble,
    Vault,
)
from oralhistory.domain.sound import ChannelCheck, SoundFormat
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.services.recording.at_the_door import AtTheDoor
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.vault.keyslots import FILE_NAME
from oralhistory.workers.recording import RecorderProcesses

SECOND = bytes(48_000 * 3)


def heard(peak: float, **more: Any) -> ChannelCheck:
    """One channel of a test in which the loudest sample was `peak`."""
    return ChannelCheck(**{"peak": peak, "loudness": peak / 4, "hum_hz": 0, "hum_share": 0.0, "clipped": 0, **more})


class Tone:
    """A second of silence to be played back."""

    format = SoundFormat()
    frames = 48_000

    def read(self, first_frame: int, count: int) -> bytes:
        return bytes(3 * min(count, self.frames - first_frame))


class Studio:
    """A recorder that does what it is told: heartbeats come when a test sends them, Stop leaves a real sealed part."""

    def __init__(self) -> None:
        self.vault: Vault | None = None
        self.orders: list[RecorderOrder] = []
        self.obeyed: list[str] = []
        self.beats: queue.Queue[Heartbeat | Exception | None] = queue.Queue()
        self.fails: Exception | None = None
        self.address = "studio"
        self.test = MicrophoneTest("Built-in", Tone(), (heard(0.3),), False, 0, None, True)
        """What a microphone test will have heard."""
        self.closed = threading.Event()
        """Set when the test is over: nobody is left waiting for a heartbeat."""
        self.may_begin = threading.Event()
        """Cleared: a recorder takes its time to begin."""
        self.may_begin.set()
        self.asked_to_begin = threading.Semaphore(0)
        """Released for every recorder that is to begin, before it takes its time."""
        self.listens = threading.Event()
        """Set: a test ends at once, as with ten seconds gone by."""

    # --- as Recorders

    def start(self, order: RecorderOrder) -> Take:
        if self.fails:
            raise self.fails
        self.asked_to_begin.release()
        self.may_begin.wait()
        self.obeyed = [one for one in self.obeyed if one != "died"]
        self.orders.append(order)
        return self

    def reattach(self, address: str) -> Take | None:
        return self if self._goes_on else None

    def wish_to_stop(self, folder: Path) -> None:
        self.stop()

    def cannot_be_told(self, folder: Path) -> bool:
        return False

    def is_being_written(self, folder: Path) -> bool:
        return self._goes_on and folder == self.orders[-1].folder

    @property
    def _goes_on(self) -> bool:
        return bool(self.orders) and not {"stop", "died"} & set(self.obeyed)

    def listen(
        self, device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
    ) -> MicrophoneTest:
        listened(1_000, (0.25,) * sound.channels)
        while not self.listens.wait(0.01):
            if cancelled():
                raise Cancelled("It was stopped.")
        return self.test

    # --- as Take

    def events(self) -> Iterator[Heartbeat]:
        """What a test sends; while it sends nothing, the last one again and again, as from a real recorder."""
        last: Heartbeat | None = None
        while not self.closed.is_set():
            try:
                beat = self.beats.get(timeout=0.05)
            except queue.Empty:
                if last is not None:
                    yield last
                continue
            if beat is None:
                return
            if isinstance(beat, Exception):
                raise beat
            last = beat
            yield beat

    def pause(self) -> None:
        self.obeyed.append("pause")

    def resume(self) -> None:
        self.obeyed.append("resume")

    def off_record(self) -> None:
        self.obeyed.append("off_record")

    def note(self, note: TakeNote) -> tuple[int, int]:
        self.obeyed.append(f"{note.kind.value} {note.words}".strip())
        at_ms = note.at_ms or 0
        return at_ms - note.back_ms, at_ms

    def stop(self) -> None:
        if not self._goes_on:
            return
        self.seal()
        self.obeyed.append("stop")  # like a real one, it lets go of the take when the last part stands
        self.beats.put(None)

    # --- the test's hands

    def tidy(self) -> None:
        self.orders, self.obeyed, self.fails, self.beats = [], [], None, queue.Queue()
        self.listens.clear()
        self.asked_to_begin = threading.Semaphore(0)

    def die(self) -> None:
        """The recorder is gone, whatever it had in hand."""
        self.obeyed.append("died")
        self.beats.put(WorkerFailed("The recorder ended unexpectedly."))

    def seal(self) -> None:
        order = self.orders[-1]
        assert self.vault is not None
        keys = order.keys[0]
        writer = self.vault.create_part(order.folder / f"{keys.file_id}.oha", keys, order.sound)
        record = order.sound.frames_per_record * order.sound.bytes_per_frame
        for at in range(0, len(SECOND), record):
            writer.append(SECOND[at : at + record])
        writer.finish()

    def beat(
        self,
        state: str = "recording",
        elapsed_ms: int = 61_000,
        trouble: Trouble | None = None,
        lag_ms: int = 400,
        **more: Any,
    ) -> None:
        told = {"troubles": (trouble,) if trouble else (), "room_ms": 90 * 3_600_000, **more}
        self.beats.put(Heartbeat(TakeState(state), elapsed_ms, elapsed_ms - lag_ms, (0.5,), 1 << 40, 0, **told))


class Room:
    """Two microphones and nothing else; what is `plugged` can change."""

    def __init__(self) -> None:
        self.plugged = [Device("Built-in", 1, True), Device("Interface", 2, False)]

    def microphones(self) -> list[Device]:
        return self.plugged

    def decode(self, path: Path) -> AbstractContextManager[DecodedFile]:
        raise AssertionError(path)

    def for_speech(self, pcm: bytes, sound: SoundFormat) -> bytes:
        raise AssertionError

    def write_wav(self, path: Path, sound: SoundFormat, blocks: Iterator[bytes]) -> None:
        raise AssertionError


class OneTake(AtTheDoor):
    """The door of a locked archive behind which one take goes on, or none."""

    def __init__(self, take: TakeInHand | None) -> None:
        super().__init__(RecorderProcesses(), FILE_NAME)
        self._take = take

    def running(self, _address: str, _root: Path) -> TakeInHand | None:
        return self._take
