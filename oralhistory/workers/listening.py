"""The parent's side of a microphone test: a child listens for some seconds, its sound stays in memory and goes with the test."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from oralhistory.domain.ports import Battery, Listened, MicrophoneTest
from oralhistory.domain.sound import ChannelCheck, SoundFormat
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.workers.host import Child


@dataclass(frozen=True, slots=True)
class HeldSound:
    """PCM in memory, to be played."""

    format: SoundFormat
    pcm: bytes

    def __repr__(self) -> str:
        return f"<HeldSound of {self.frames} frames>"

    @property
    def frames(self) -> int:
        return len(self.pcm) // self.format.bytes_per_frame

    def read(self, first_frame: int, count: int) -> bytes:
        width = self.format.bytes_per_frame
        return self.pcm[first_frame * width : (first_frame + count) * width]


def listen(
    device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
) -> MicrophoneTest:
    """Hear `device` (None: the system's choice) for some seconds. DeviceFailed; Cancelled, the microphone closed."""
    with Child("listener") as child:
        child.send({"device": device, "sound": asdict(sound), "seconds": seconds})
        while True:
            message = child.receive()
            if cancelled():
                raise Cancelled(tr("The test was stopped."), safe=tr("Its sound was dropped."))
            if "channels" in message.header:
                return _test(message.header, message.body)
            listened(int(message.header["ms"]), tuple(message.header["peaks"]))


def _test(told: dict[str, Any], pcm: bytes) -> MicrophoneTest:
    try:
        return MicrophoneTest(
            device=str(told["device"]),
            sound=HeldSound(SoundFormat(**told["sound"]), pcm),
            channels=tuple(ChannelCheck(**one) for one in told["channels"]),
            frozen=bool(told["frozen"]),
            lost_frames=int(told["lost_frames"]),
            battery=Battery(**told["battery"]) if told["battery"] else None,
            can_stay_awake=bool(told["can_stay_awake"]),
        )
    except (KeyError, TypeError, ValueError):
        raise WorkerFailed(tr("The microphone test gave an answer that cannot be used.")) from None
