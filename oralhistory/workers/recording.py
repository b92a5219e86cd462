"""The parent's side of the recorder: starting a take, finding a running one again, holding it in hand.

It keeps nothing that the take depends on. Orders go over a connection of their own each, so they may come from any thread,
a signal handler too.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from oralhistory.domain.interview import TakeNote
from oralhistory.domain.ports import (
    Battery,
    CopyState,
    Heartbeat,
    Listened,
    MicrophoneTest,
    RecorderOrder,
    TakeState,
    Trouble,
)
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import OutOfReach, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.workers import door, stop_wish, take_lock
from oralhistory.workers.host import Child
from oralhistory.workers.listening import listen
from oralhistory.workers.messages import reported

_NOBODY = (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError)
_GONE = (ConnectionRefusedError, FileNotFoundError)
_TRIES, _BETWEEN_S = 10, 0.1
"""How often a connection that broke is made anew before that counts as a recorder that does not answer."""


class RecorderProcesses:
    """Starts recorder children and finds those that other windows started."""

    def start(self, order: RecorderOrder) -> "RecorderTake":
        """A take whose first part stands on the disk and whose microphone runs. DeviceFailed, StorageFailed, InUse."""
        child = Child("recorder")
        try:
            child.send(
                {
                    "folder": str(order.folder.absolute()),
                    "fallbacks": [str(folder.absolute()) for folder in order.fallbacks],
                    "copy": str(order.copy.absolute()) if order.copy else None,
                    "ballast": str(order.ballast.absolute()) if order.ballast else None,
                    "keys": [keys.to_json() for keys in order.keys],
                    "sound": asdict(order.sound),
                    "device": order.device,
                    "purpose": order.purpose.value,
                    "outlives_starter": order.outlives_starter,
                }
            )
            address = str(child.receive().header["address"])
        except BaseException:
            child.kill()
            child.close()
            raise
        return RecorderTake(address, child, outlives_starter=order.outlives_starter)

    def reattach(self, address: str) -> "RecorderTake | None":
        """The take behind `address` if it still goes on."""
        try:
            door.connected(address).close()
        except _NOBODY:
            return None
        return RecorderTake(address, None, outlives_starter=True)

    def is_being_written(self, folder: Path) -> bool:
        return take_lock.is_held(folder)

    def cannot_be_told(self, folder: Path) -> bool:
        return take_lock.cannot_be_told(folder)

    def wish_to_stop(self, folder: Path) -> None:
        """Ask the recorder that writes the take in `folder` to end it; needs no key. OSError."""
        stop_wish.ask(folder)

    def listen(
        self, device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
    ) -> MicrophoneTest:
        """Some seconds of sound in memory. DeviceFailed; Cancelled as soon as `cancelled` says so."""
        return listen(device, sound, seconds, listened, cancelled)


class RecorderTake:
    """A running take. Letting go of it does not stop it if it was ordered to outlive its starter."""

    def __init__(self, address: str, child: Child | None, *, outlives_starter: bool) -> None:
        self._address = address
        self._child = child
        self._outlives_starter = outlives_starter
        self._over = threading.Event()

    @property
    def address(self) -> str:
        """For the encrypted database and nowhere else: who has it can stop the take."""
        return self._address

    def events(self) -> Iterator[Heartbeat]:
        """Heartbeats until the take has ended. A connection may break: then the door is knocked at again.

        WorkerFailed when there is no door any more: what was sealed can be filed. OutOfReach when nobody answers there; ask for
        events again then.
        """
        tries = 0
        try:
            while not self._over.is_set():
                try:
                    with door.connected(self._address) as recorder:
                        door.listen(recorder)
                        for beat in self._beats(recorder):
                            tries = 0
                            yield beat
                except _NOBODY as nobody:
                    tries += 1
                    self._give_up(nobody, tries)
                    time.sleep(_BETWEEN_S)
        finally:
            if self._over.is_set() and self._child:
                self._child.close()

    def pause(self) -> None:
        """No sound is captured any more when this returns. WorkerFailed when the recorder is gone, or does not answer."""
        self._order("pause")

    def resume(self) -> None:
        """DeviceFailed when the microphone is gone: the take stays paused then."""
        self._order("resume")

    def off_record(self) -> None:
        """As `pause`, but the gap says why."""
        self._order("off_record")

    def note(self, note: TakeNote) -> tuple[int, int]:
        """Seal the note into the take; from when to when in the take it means, in ms (less than 0: before it began)."""
        told = self._order(
            "note", id=note.id, kind=note.kind.value, words=note.words, at_ms=note.at_ms, back_ms=note.back_ms
        )
        return int(told["from_ms"]), int(told["until_ms"])

    def stop(self) -> None:
        """Ask for the end; `events` ends when everything is on the disk. Harmless when it has ended."""
        with suppress(*_NOBODY):
            door.ask(self._address, {"order": "stop"})

    def close(self) -> None:
        """Let go of a recorder this process started: it ends in order, unless it was ordered to outlive its starter."""
        if self._child and self._outlives_starter and not self._over.is_set():
            self._child.let_go()
        elif self._child:
            self._child.close()

    def _order(self, name: str, **more: Any) -> dict[str, Any]:
        try:
            answer = door.ask(self._address, {"order": name, **more})
        except _NOBODY as nobody:
            raise _failed() if self._is_gone(nobody) else _silent() from None
        if refused := reported(answer):
            raise refused
        return answer

    def _beats(self, recorder: Connection) -> Iterator[Heartbeat]:
        while not self._over.is_set():
            told: dict[str, Any] = door.next_beat(recorder)
            if not told:
                continue
            beat = _heartbeat(told)
            if beat.state is TakeState.FINISHED:
                self._over.set()
            yield beat

    def _is_gone(self, nobody: Exception) -> bool:
        return isinstance(nobody, _GONE) or (self._child is not None and self._child.ended)

    def _give_up(self, nobody: Exception, tries: int) -> None:
        """WorkerFailed or OutOfReach, unless it is worth another try."""
        if self._is_gone(nobody):
            self._over.set()
            raise _failed() from None
        if tries >= _TRIES or (isinstance(nobody, TimeoutError) and tries > 1):
            raise _silent() from None


def _failed() -> WorkerFailed:
    return WorkerFailed(
        tr("The recorder ended unexpectedly."),
        safe=tr("What it recorded is sealed on the disk and will be found when the archive is opened."),
        todo=tr("Start the recording again."),
    )


def _silent() -> OutOfReach:
    return OutOfReach(
        tr("The recorder does not answer, but it has not ended."),
        safe=tr("What it recorded is sealed on the disk."),
        todo=tr("Stop (F9) and off the record (F8) end it all the same; nothing else reaches it."),
    )


def _heartbeat(told: dict[str, Any]) -> Heartbeat:
    """ValueError, KeyError or TypeError for what is none."""
    return Heartbeat(
        **{
            **told,
            "state": TakeState(told["state"]),
            "peaks": tuple(told["peaks"]),
            "troubles": tuple(Trouble(one) for one in told["troubles"]),
            "copy": CopyState(told["copy"]),
            "battery": Battery(**told["battery"]) if told["battery"] else None,
        }
    )
