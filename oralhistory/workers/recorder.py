"""The recorder child: capture and sealing in a process of their own, which outlives a crash of the window.

It holds the keys of its next parts and nothing else. It opens its door only after the first part stands on the disk and the
microphone runs; its starter learns the address over stdout and nobody else does.
"""

import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from oralhistory.audio import samples
from oralhistory.audio.capture import Microphone
from oralhistory.audio.system import SoundSystem
from oralhistory.domain import ports
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import tr
from oralhistory.vault import PartKeys, PartWriter
from oralhistory.workers import child, power
from oralhistory.workers.child import Parent
from oralhistory.workers.condition import Condition
from oralhistory.workers.door import Door
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.messages import BrokenFrame
from oralhistory.workers.parts import Parts
from oralhistory.workers.sealing import CapturedBlock, Sealing
from oralhistory.workers.surroundings import Surroundings, free_bytes
from oralhistory.workers.take_lock import TakeLock
from oralhistory.workers.taking import Taking


def main() -> int:
    return child.run(_record)


def _record(parent: Parent) -> None:
    message = parent.receive()
    if message is None:
        return
    order = message.header
    folder = Path(order["folder"])
    wanted = SoundFormat(**order["sound"])
    keys = [PartKeys.from_json(one) for one in order["keys"]]
    lock = _locked(folder)
    try:
        loudness = Loudness(samples.peaks)
        parts = Parts([folder, *map(Path, order["fallbacks"])], keys, partial(_open_part, folder), free_bytes=free_bytes)
        sealing = Sealing(parts, loudness)
        surroundings = Surroundings(lambda: parts.folder, power.battery)
        condition = Condition(sealing, loudness, surroundings)
        taking = Taking(sealing, loudness, condition, partial(_microphone, SoundSystem(), wanted), order["device"])
        signal.signal(signal.SIGTERM, lambda *_: taking.ask_to_stop())
        taking.start()
        surroundings.start()
        door = Door(taking.obey)
        parent.send({"address": door.address})
        threading.Thread(
            target=_await_starters_end,
            args=(parent, None if order["outlives_starter"] else taking.ask_to_stop),
            name="starter",
            daemon=True,
        ).start()
        taking.run(door.announce)
        door.close()
    finally:
        lock.release()


def _open_part(own_folder: Path, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> PartWriter:
    assert isinstance(keys, PartKeys)
    if path.parent != own_folder:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return PartWriter(path, keys, sound)


def _locked(folder: Path) -> TakeLock:
    if not folder.is_dir():
        raise StorageFailed(tr("The folder of the take is not there."), todo=tr("Start the recording again."))
    try:
        return TakeLock(folder)
    except OSError:
        raise InUse(tr("Another recorder writes this take.")) from None


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
