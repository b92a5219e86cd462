"""The recorder child: capture and sealing in a process of their own, which outlives a crash of the window.

It holds the keys of its next parts and nothing else. It opens its door only after the first part stands on the disk and the
microphone runs; its starter learns the address over stdout and nobody else does.
"""

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from oralhistory import durable
from oralhistory.audio.capture import Microphone
from oralhistory.audio.levels import levels
from oralhistory.audio.pulse_watch import SourceWatch
from oralhistory.audio.system import SoundSystem
from oralhistory.domain import ports
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import tr
from oralhistory.vault import PartKeys, PartWriter
from oralhistory.vault.outline import OutlineWriter
from oralhistory.workers import child, power
from oralhistory.workers.ballast import Ballast
from oralhistory.workers.capturing import Capturing
from oralhistory.workers.child import Parent
from oralhistory.workers.condition import Condition
from oralhistory.workers.door import Door
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.messages import BrokenFrame
from oralhistory.workers.outlined_part import OutlinedPart
from oralhistory.workers.parts import Parts
from oralhistory.workers.sealing import CapturedBlock, Sealing
from oralhistory.workers.second_copy import SecondCopy
from oralhistory.workers.stop_wish import StopWatch
from oralhistory.workers.surroundings import Surroundings, free_bytes
from oralhistory.workers.take_lock import TakeLock
from oralhistory.workers.taking import Taking
from oralhistory.workers.wake_lock import WakeLock

_END_WITHIN_S = 5.0


def main() -> int:
    code = child.run(_record)
    # A sound server that hangs may hold the sound library's own end for ever; everything is on the disk by now.
    end = threading.Timer(_END_WITHIN_S, os._exit, (code,))
    end.daemon = True
    end.start()
    return code


def _record(parent: Parent) -> None:
    message = parent.receive()
    if message is None:
        return
    order = message.header
    folders = _Folders([Path(order["folder"]), *map(Path, order["fallbacks"])])
    try:
        _take(parent, order, folders)
    finally:
        folders.release()


def _take(parent: Parent, order: dict[str, Any], folders: "_Folders") -> None:
    wanted = SoundFormat(**order["sound"])
    keys = [PartKeys.from_json(one) for one in order["keys"]]
    ballast = Ballast(Path(order["ballast"])) if order["ballast"] else None
    copy = SecondCopy(Path(order["copy"]), durable.sync_data) if order["copy"] else None
    loudness, awake = Loudness(), WakeLock()
    parts = Parts(
        folders.all, keys, folders.open_part, free_bytes=free_bytes,
        on_full=_giving_up(ballast), on_safe=copy.is_safe if copy else lambda _path, _size: None,
    )  # fmt: skip
    sealing = Sealing(parts, loudness, levels)
    surroundings = Surroundings(lambda: parts.folder, power.battery, awake.keep, ballast)
    condition = Condition(sealing, loudness, surroundings, (lambda: copy.state) if copy else lambda: ports.CopyState.NONE)
    capturing = Capturing(
        sealing, loudness, partial(_microphone, SoundSystem(), wanted), order["device"], about={"purpose": order["purpose"]}
    )
    taking = Taking(sealing, capturing, condition, copy)
    sources = SourceWatch(capturing.note_source, capturing.return_to_first)
    wishes = StopWatch(folders.all[0], taking.ask_to_stop)
    signal.signal(signal.SIGTERM, lambda *_: taking.ask_to_stop())
    try:
        wishes.start()  # first: from the lock on a window sees the take and may wish its end
        taking.start()
        surroundings.start()
        sources.start()
        if copy:
            copy.start()
        _go_on(parent, taking, outlives_starter=order["outlives_starter"])
    finally:
        surroundings.stop()
        sources.stop()
        wishes.stop()
        awake.release()


def _go_on(parent: Parent, taking: Taking, *, outlives_starter: bool) -> None:
    door = Door(taking.obey)
    parent.send({"address": door.address})
    threading.Thread(
        target=_await_starters_end,
        args=(parent, None if outlives_starter else taking.ask_to_stop),
        name="starter",
        daemon=True,
    ).start()
    taking.run(door.announce)
    door.close()


class _Folders:
    """The folders of the take, each locked as long as it may be written to. A fallback is made when it is needed."""

    def __init__(self, all_folders: list[Path]) -> None:
        self.all = all_folders
        if not all_folders[0].is_dir():
            raise StorageFailed(tr("The folder of the take is not there."), todo=tr("Start the recording again."))
        self._locks: dict[Path, TakeLock] = {}
        try:
            self._lock(all_folders[0])
        except OSError:
            raise InUse(tr("Another recorder writes this take.")) from None

    def open_part(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> OutlinedPart:
        """OSError when the disk refuses; without an outline when only that is refused."""
        assert isinstance(keys, PartKeys)
        if path.parent not in self._locks:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock(path.parent)
        part = PartWriter(path, keys, sound)
        try:
            outline = OutlineWriter(path, keys, sound)
        except OSError:
            outline = None
        return OutlinedPart(part, outline)

    def release(self) -> None:
        for lock in self._locks.values():
            lock.release()

    def _lock(self, folder: Path) -> None:
        self._locks[folder] = TakeLock(folder)


def _giving_up(ballast: Ballast | None) -> Callable[[Path], None]:
    def full(folder: Path) -> None:
        if ballast and ballast.is_on_disk_of(folder):
            ballast.give_up()

    return full


def _microphone(
    system: SoundSystem,
    wanted: SoundFormat,
    name: str | None,
    deliver: Callable[[CapturedBlock], None],
    *,
    fresh: bool,
) -> Microphone:
    return Microphone(system, name, wanted, deliver, fresh=fresh)


def _await_starters_end(parent: Parent, then: Callable[[], None] | None) -> None:
    try:
        while parent.receive():
            pass
    except (BrokenFrame, OSError):
        pass
    if then:
        then()
