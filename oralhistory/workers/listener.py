"""The listener child: some seconds of a microphone in memory, looked at and handed over. Nothing of it reaches a disk."""

import threading
from collections import deque
from dataclasses import asdict

from oralhistory.audio.capture import Microphone
from oralhistory.audio.levels import FULL_SCALE, levels
from oralhistory.audio.soundcheck import checked
from oralhistory.audio.system import SoundSystem
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import DeviceFailed
from oralhistory.i18n import tr
from oralhistory.workers import child, power, wake_lock
from oralhistory.workers.child import Parent
from oralhistory.workers.dead_air import DeadAir
from oralhistory.workers.sealing import CapturedBlock

MOST_SECONDS = 60.0
_TELL_EVERY_S = 0.1
_NOTHING_AFTER_S = 4.0
"""A microphone that delivers nothing for so long delivers nothing."""


def main() -> int:
    return child.run(_listen)


def _listen(parent: Parent) -> None:
    message = parent.receive()
    if message is None:
        return
    order = message.header
    blocks: deque[CapturedBlock] = deque()
    microphone = Microphone(SoundSystem(), order["device"], SoundFormat(**order["sound"]), blocks.append, fresh=False)
    left = threading.Event()
    threading.Thread(target=_await_end, args=(parent, left), name="parent", daemon=True).start()
    try:
        microphone.start()
        heard = _heard(parent, microphone, blocks, min(float(order["seconds"]), MOST_SECONDS), left)
    finally:
        microphone.close()
    if left.is_set():
        return
    pcm, frozen, lost = heard
    told = {
        "device": microphone.name,
        "sound": asdict(microphone.format),
        "channels": [asdict(one) for one in checked(pcm, microphone.format)],
        "frozen": frozen,
        "lost_frames": lost,
        "battery": asdict(battery) if (battery := power.battery()) else None,
        "can_stay_awake": wake_lock.can_be_held(),
    }
    parent.send(told, pcm)


def _heard(
    parent: Parent, microphone: Microphone, blocks: "deque[CapturedBlock]", seconds: float, left: threading.Event
) -> tuple[bytes, bool, int]:
    """PCM of so many seconds, whether it was one block over and over, and the frames that were lost meanwhile."""
    dead, pcm, frozen, lost = DeadAir(), bytearray(), False, 0
    rate, width, channels = microphone.format.rate, microphone.format.bytes_per_frame, microphone.format.channels
    wanted = int(seconds * rate) * width
    while len(pcm) < wanted and not left.wait(_TELL_EVERY_S):
        if microphone.quiet_for_s > _NOTHING_AFTER_S:
            raise DeviceFailed(
                tr("No sound came from the microphone."), todo=tr("Check that it is plugged in and chosen.")
            )
        heard = len(pcm)
        while blocks:
            block = blocks.popleft()
            lost += max(block.lost_frames, int(block.overrun))  # the driver says it before it is known how many
            piece = block.pcm()
            dead.hear(piece, block.frames, rate)
            pcm += piece
        frozen |= dead.frozen(rate)
        [peaks] = levels(bytes(pcm[heard:]), channels, 1)
        parent.send({"ms": len(pcm) // width * 1000 // rate, "peaks": [one / FULL_SCALE for one in peaks]})
    return bytes(pcm[:wanted]), frozen, lost


def _await_end(parent: Parent, left: threading.Event) -> None:
    """The parent closes its end when it does not want to listen any more."""
    while parent.receive():
        pass
    left.set()
