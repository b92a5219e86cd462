"""Sound as the program keeps it: the format of a take, its parts, what interrupted it.

Samples are signed little-endian integers, interleaved by channel. Frames count from 0 at the first frame of a part.
"""

import math
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """Rate in Hz, channels, bits a sample (24 when recorded); `frames_per_record` frames are sealed at a time."""

    rate: int = 48_000
    channels: int = 1
    bits: int = 24
    frames_per_record: int = 4_800

    @property
    def bytes_per_frame(self) -> int:
        return self.channels * self.bits // 8

    def frames_to_ms(self, frames: int) -> int:
        return round(frames * 1000 / self.rate)

    def ms_to_frames(self, ms: int) -> int:
        return round(ms * self.rate / 1000)


class GapReason(StrEnum):
    """Why there is no sound: chosen by a person (pause, off the record) or suffered."""

    PAUSED = "paused"
    OFF_THE_RECORD = "off_the_record"
    OVERRUN = "overrun"
    DEVICE = "device"
    DAMAGED = "damaged"
    ASLEEP = "asleep"
    """The machine slept."""
    SILENT = "silent"
    """The microphone delivered nothing but silence, or one block over and over: what was recorded of it is no sound."""
    CHANGED = "changed"
    """From here on the system delivers another microphone."""
    REMOVED = "removed"
    """Removed for good at the narrator's wish: silence of the same length stands there."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Sound that is not there: at `frame` of the part, `lost_frames` frames were not captured (0 when unknown)."""

    frame: int
    lost_frames: int
    reason: GapReason


@dataclass(frozen=True, slots=True)
class PartSummary:
    """What a part holds, as its reader found it.

    `sha256` is of all PCM that verifies, in order. `complete` is true only when the final record stands and agrees.
    `faults` name each record that is missing, doubled, swapped, foreign or damaged, in plain English for the report.
    """

    format: SoundFormat
    frames: int
    sha256: str
    complete: bool
    gaps: tuple[Gap, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelCheck:
    """One channel of a microphone test. Levels run from 0.0 to 1.0.

    `loudness` is the RMS of its loudest second. `hum_share` is how much of the energy of its quietest second lies at `hum_hz`
    (50 or 60; 0 when there is no hum) and its harmonics. `clipped` samples stand at full scale.
    """

    peak: float
    loudness: float
    hum_hz: int
    hum_share: float
    clipped: int

    @property
    def silent(self) -> bool:
        """Whether no voice was heard.

        A muted microphone still delivers a peak of 0.0005 to 0.001, real speech was never under 0.0042 in 495 takes
        (EnviousWispr, issue 1845): the border lies between the two.
        """
        return self.peak < 0.002


OUTLINE_POINTS = 5
"""Points of an outline to each record of sound: 20 ms apart."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The levels of a part over time, for a waveform: `OUTLINE_POINTS` points for each record of `format`.

    `points` has a byte for each channel of each point, interleaved. It may end before the part does.
    """

    format: SoundFormat
    points: bytes

    def __len__(self) -> int:
        """Points, each of all channels."""
        return len(self.points) // self.format.channels

    @property
    def ms_per_point(self) -> float:
        return self.format.frames_per_record * 1000 / self.format.rate / OUTLINE_POINTS

    def level(self, point: int, channel: int = 0) -> float:
        """The largest sample around a point, 0.0 to 1.0."""
        return (self.points[point * self.format.channels + channel] / 255) ** 2


def outline_byte(level: float) -> int:
    """A level of 0.0 to 1.0 as a byte of an outline: its square root, so that quiet voices keep their shape."""
    return round(math.sqrt(min(max(level, 0.0), 1.0)) * 255)
