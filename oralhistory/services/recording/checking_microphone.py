"""The ten seconds before a take: is the right microphone heard, does the machine last, does the disk. Nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain.ports import Battery, MicrophoneTest, PcmSource, Recorders
from oralhistory.domain.sound import ChannelCheck, SoundFormat
from oralhistory.places import free_bytes
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.progress import Asked, never

CHECK_SECONDS = 10.0
_QUIET_BELOW = 0.02
_CLIPPED_FROM = 3
_HUM_SHARE, _HUM_HEARD = 0.5, 0.001
_LEAST_ROOM_MS = 2 * 3600 * 1000
_LEAST_BATTERY = 30


class MicrophoneRemark(StrEnum):
    """What a person should know before recording, the most serious first. Sentences: `take_words`."""

    SILENT = "silent"
    """No voice was heard: muted, or another microphone is meant."""
    FROZEN = "frozen"
    """The microphone repeats one block over and over."""
    CHANNEL_SILENT = "channel_silent"
    """One of two channels is dead."""
    CLIPPING = "clipping"
    """The voice is cut off at full scale."""
    QUIET = "quiet"
    """A voice was heard, but faintly."""
    HUM = "hum"
    """Mains hum is most of what is heard in pauses."""
    OVERRUN = "overrun"
    """The machine was too slow to take all sound."""
    DISK_LOW = "disk_low"
    """Less than two hours fit on the disk."""
    BATTERY_LOW = "battery_low"
    MAY_SLEEP = "may_sleep"
    """The system does not let the program keep the machine awake."""


@dataclass(frozen=True, slots=True)
class MicrophoneCheck:
    """`sound` is to be played and dropped. `room_ms`: how much sound fits on the archive's disk yet."""

    device: str
    sound: PcmSource
    channels: tuple[ChannelCheck, ...]
    findings: tuple[MicrophoneRemark, ...]
    room_ms: int
    battery: Battery | None
    can_stay_awake: bool

    @property
    def good(self) -> bool:
        return not self.findings


class CheckingMicrophone:
    def __init__(self, archive: OpenArchive, recorders: Recorders) -> None:
        self._archive = archive
        self._recorders = recorders

    def check_microphone(
        self,
        device: str | None = None,
        channels: int = 1,
        seconds: float = CHECK_SECONDS,
        *,
        listened: Callable[[int, tuple[float, ...]], None] = lambda _ms, _peaks: None,
        cancelled: Asked = never,
    ) -> MicrophoneCheck:
        """Hear `device` (None: the system's choice) for some seconds, in memory only.

        `listened` is told ms and peaks meanwhile, on the calling thread; `cancelled` ends it. DeviceFailed, Cancelled.
        """
        sound = SoundFormat(channels=channels)
        test = self._recorders.listen(device, sound, seconds, listened, cancelled)
        took = test.sound.format
        room_ms = self._free_bytes() * 1000 // (took.rate * took.bytes_per_frame)
        found = _findings(test, room_ms)
        return MicrophoneCheck(
            test.device, test.sound, test.channels, found, room_ms, test.battery, test.can_stay_awake
        )

    def _free_bytes(self) -> int:
        try:
            return free_bytes(self._archive.folder)
        except OSError:
            return 0  # the disk is gone: no sound fits on it


def _findings(test: MicrophoneTest, room_ms: int) -> tuple[MicrophoneRemark, ...]:
    loudest = max((one.peak for one in test.channels), default=0.0)
    silent = [one.silent for one in test.channels]
    battery = test.battery
    now = {
        MicrophoneRemark.SILENT: all(silent),
        MicrophoneRemark.FROZEN: test.frozen,
        MicrophoneRemark.CHANNEL_SILENT: any(silent) and not all(silent),
        MicrophoneRemark.CLIPPING: any(one.clipped >= _CLIPPED_FROM for one in test.channels),
        MicrophoneRemark.QUIET: not all(silent) and loudest < _QUIET_BELOW,
        MicrophoneRemark.HUM: any(_hums(one) for one in test.channels),
        MicrophoneRemark.OVERRUN: test.lost_frames > 0,
        MicrophoneRemark.DISK_LOW: room_ms < _LEAST_ROOM_MS,
        MicrophoneRemark.BATTERY_LOW: battery is not None and not battery.charging and battery.percent < _LEAST_BATTERY,
        MicrophoneRemark.MAY_SLEEP: not test.can_stay_awake,
    }
    return tuple(one for one in MicrophoneRemark if now[one])


def _hums(one: ChannelCheck) -> bool:
    """Hum that a listener hears: most of the pauses, and louder than a quiet room."""
    return one.hum_hz > 0 and one.hum_share >= _HUM_SHARE and one.peak >= _HUM_HEARD
