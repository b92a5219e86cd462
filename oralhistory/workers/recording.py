"""The parent's side of the recorder: starting a take, finding a running one again, holding it in hand.

It keeps nothing that the take depends on. Orders go over a connection of their own each, so they may come from any thread,
a signal handler too.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from oralhistory.domain.ports import Heartbeat, RecorderOrder
from oralhistory.errors import WorkerFailed, by_code
from oralhistory.i18n import tr
from oralhistory.workers import door, take_lock
from oralhistory.workers.host import Child
from oralhistory.workers.taking import LONGEST_WORD

FINISHED = "finished"
_NOBODY = (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError)


class RecorderProcesses:
    """Starts recorder children and finds those that other windows started."""

    def __init__(self, fallbacks: Sequence[Path] = ()) -> None:
        """`fallbacks`: folders where a take goes on when its own fails."""
        self._fallbacks = list(fallbacks)

    def start(self, order: RecorderOrder) -> "RecorderTake":
        """A take whose first part stands on the disk and whose microphone runs. DeviceFailed, StorageFailed, InUse."""
        child = Child("recorder")
        try:
            child.send(
                {
                    "folder": str(order.folder.absolute()),
                    "fallbacks": [str(folder.absolute()) for folder in self._fallbacks],
                    "keys": [keys.to_json() for keys in order.keys],
                    "sound": asdict(order.sound),
                    "device": order.device,
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
        """Heartbeats until the take has ended. WorkerFailed when the recorder died: what was sealed can be filed."""
        try:
            with door.connected(self._address) as recorder:
                door.listen(recorder)
                yield from self._beats(recorder)
        except _NOBODY:
            raise self._failed() from None
        finally:
            if self._over.is_set() and self._child:
                self._child.close()

    def pause(self) -> None:
        """No sound is captured any more when this returns. WorkerFailed when the recorder is gone."""
        self._order("pause")

    def resume(self) -> None:
        """DeviceFailed when the microphone is gone: the take stays paused then."""
        self._order("resume")

    def off_record(self) -> None:
        """As `pause`, but the gap says why."""
        self._order("off_record")

    def mark(self, word: str) -> None:
        self._order("mark", word=word[:LONGEST_WORD])

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

    def _order(self, name: str, **more: str) -> None:
        try:
            answer = door.ask(self._address, {"order": name, **more})
        except _NOBODY:
            raise self._failed() from None
        if "error" in answer:
            error = by_code().get(str(answer["error"]), WorkerFailed)
            raise error(str(answer["happened"]), safe=str(answer["safe"]), todo=str(answer["todo"]))

    def _beats(self, recorder: Connection) -> Iterator[Heartbeat]:
        while not self._over.is_set():
            told: dict[str, Any] = door.next_beat(recorder)
            if not told:
                continue
            told.pop("parts", None)
            beat = Heartbeat(**{**told, "peaks": tuple(told["peaks"])})
            if beat.state == FINISHED:
                self._over.set()
            yield beat

    def _failed(self) -> WorkerFailed:
        self._over.set()
        return WorkerFailed(
            tr("The recorder ended unexpectedly."),
            safe=tr("What it recorded is sealed on the disk and will be found when the archive is opened."),
            todo=tr("Start the recording again."),
        )
