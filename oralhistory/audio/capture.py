"""One open microphone. Its callback copies what arrives and hands it on; nothing else happens on the sound card's time.

It keeps when sound last came, for whoever watches. It refuses to convert, to wait, or to know what becomes of the sound.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oralhistory.audio.levels import to_24_bits
from oralhistory.audio.steadiness import Steadiness
from oralhistory.audio.system import Settings, SoundSystem
from oralhistory.domain.sound import SoundFormat

BLOCK_MS = 20
BUFFER_S = 0.1
"""What the device may hold back while the machine is busy. Blocks come every 20 ms all the same."""

_DTYPES = ("int24", "int32", "int16")
"""PortAudio converts between them: every device takes one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sound as the device gave it.

    `lost_frames` were not captured, `lost_back` frames before it. `overrun`: the driver says that sound was lost; how much of it
    is told by a later block, when what the driver still held has come.
    """

    raw: bytes
    dtype: str
    frames: int
    overrun: bool
    lost_frames: int
    lost_back: int

    def pcm(self) -> bytes:
        """24-bit little-endian frames."""
        return to_24_bits(self.raw, self.dtype)


class Microphone:
    """`name` and `format` are what the device really gives: its rate where it does not know the wanted one."""

    def __init__(
        self,
        system: SoundSystem,
        device: str | None,
        wanted: SoundFormat,
        deliver: Callable[[Block], None],
        *,
        fresh: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open, not yet listening. DeviceFailed. `deliver` is called on the sound card's thread and must not wait."""
        found = system.input_device(device, fresh=fresh)
        self.name: str = found["name"]
        self._system = system
        self._deliver = deliver
        self._clock = clock
        self._last = clock()
        self.delivered = False
        """Whether any sound has come yet."""
        self._stream, settings = system.open_input(_candidates(found, wanted), self._take)
        self._dtype: str = settings["dtype"]
        rate = int(settings["samplerate"])
        self.format = SoundFormat(
            rate=rate,
            channels=settings["channels"],
            bits=24,
            frames_per_record=max(1, wanted.frames_per_record * rate // wanted.rate),
        )

        self._steadiness = Steadiness(rate)

    def start(self) -> None:
        """DeviceFailed."""
        self._last = self._clock()
        self._system.start(self._stream)

    def close(self) -> None:
        """No sound is captured any more when this returns."""
        self._system.close(self._stream)

    @property
    def latency_s(self) -> float:
        """How long sound takes from the device to the callback, as the driver says."""
        return float(self._stream.latency)

    @property
    def quiet_for_s(self) -> float:
        """Seconds since the device last delivered anything, sound or silence."""
        return self._clock() - self._last

    def _take(self, data: Any, frames: int, _time: Any, status: Any) -> None:
        self._last = now = self._clock()
        self.delivered = True
        overrun = bool(status.input_overflow)
        loss = self._steadiness.took(now, frames, told=overrun)
        self._deliver(Block(bytes(data), self._dtype, frames, overrun or loss.told, loss.frames, loss.back))


def _candidates(device: dict[str, Any], wanted: SoundFormat) -> list[Settings]:
    """Settings to try, best first: the wanted rate and channels, then the device's own."""
    rates = dict.fromkeys((wanted.rate, int(device["default_samplerate"])))
    own_channels = min(2, device["max_input_channels"])
    channels = dict.fromkeys((wanted.channels, own_channels) if wanted.channels <= own_channels else (own_channels,))
    return [
        {
            "device": device["index"],
            "samplerate": rate,
            "channels": count,
            "dtype": dtype,
            "blocksize": rate * BLOCK_MS // 1000,
            "latency": BUFFER_S,
        }
        for rate in rates
        for count in channels
        for dtype in _DTYPES
    ]
