"""The recorder child: what it is told, what it tells, and a take in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from oralhistory.domain.ports.sound import PcmSource
from oralhistory.domain.ports.vault import PartKeys

if TYPE_CHECKING:  # a port is loaded by everybody, and what it speaks of by whoever has it in hand
    from oralhistory.domain.interview import TakeNote, TakePurpose
    from oralhistory.domain.sound import ChannelCheck, SoundFormat


@dataclass(frozen=True, slots=True)
class RecorderOrder:
    """What the recorder child is told: where to write, with which keys, from which microphone (None: the default).

    `fallbacks` are folders where the take goes on when its own fails, made when they are needed. `copy` is a folder that gets
    the same sealed bytes while recording. `ballast` is a file that is given up when the disk is full. `purpose` is sealed into
    the take, so that it says what it is where no database knows it.
    """

    folder: Path
    keys: Sequence[PartKeys]
    sound: SoundFormat
    device: str | None
    outlives_starter: bool
    purpose: TakePurpose
    fallbacks: Sequence[Path] = ()
    copy: Path | None = None
    ballast: Path | None = None


class TakeState(StrEnum):
    """How a take goes on. While paused or off the record nothing is captured."""

    RECORDING = "recording"
    PAUSED = "paused"
    OFF_RECORD = "off_record"
    STOPPING = "stopping"
    """A person ended it; the last sound is being written."""
    FINISHED = "finished"


class Trouble(StrEnum):
    """What is wrong with a running take. In the order of this list: the most serious first."""

    DEVICE = "device"
    """The microphone delivers nothing: sound is being lost."""
    DISK_WAITING = "disk_waiting"
    """No disk takes the sound: it waits in memory, and would be lost with the machine."""
    FROZEN = "frozen"
    """The microphone repeats one block for ever."""
    SILENT = "silent"
    """Nothing a voice could be has come for three seconds: muted, or another microphone is meant."""
    DEVICE_CHANGED = "device_changed"
    """The system moved the take to another microphone than the one it began with."""
    OVERRUN = "overrun"
    """The machine was too slow for a moment; the gap is marked."""
    DISK_FAILING = "disk_failing"
    """The take's own folder failed; the sound goes to the fallback folder and is safe there."""
    DISK_LOW = "disk_low"
    """Less than half an hour of two channels fits on the disk."""
    CHANNEL_SILENT = "channel_silent"
    """One of two channels has been dead for a while, the other is not."""
    CLIPPING = "clipping"
    """The voice is cut off at full scale."""


class CopyState(StrEnum):
    """The second copy of a running take."""

    NONE = ""
    OK = "ok"
    BEHIND = "behind"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Battery:
    """`percent` left; `charging` when the machine runs on mains power."""

    percent: int
    charging: bool


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """State of a running take, ten times a second or so.

    `peaks` are the largest sample of each channel since the last heartbeat, 0.0 to 1.0. `safe_ms` of `elapsed_ms` of sound are
    synced. `room_ms` of sound fit on the disk yet. `awake` tells whether the machine is kept from sleeping (None: not known
    yet). `sealing_since_ms`: from where on the narrator's passage is being sealed. `since_rest_ms` of sound came since a person
    last paused, the whole take when nobody did. `reached`: for each part of the take, by file id, the frames that are synced.
    `missing_ms` of sound that should have come were lost (`lost_frames` as time).
    """

    state: TakeState
    elapsed_ms: int
    safe_ms: int
    peaks: tuple[float, ...]
    free_bytes: int
    lost_frames: int
    troubles: tuple[Trouble, ...] = ()
    copy: CopyState = CopyState.NONE
    in_fallback: bool = False
    room_ms: int = 0
    battery: Battery | None = None
    awake: bool | None = None
    device: str = ""
    sealing_since_ms: int | None = None
    since_rest_ms: int = 0
    reached: Mapping[str, int] = field(default_factory=dict)
    missing_ms: int = 0

    @property
    def trouble(self) -> Trouble | None:
        """The most serious one."""
        return self.troubles[0] if self.troubles else None


class Take(Protocol):
    """A running recorder child, in hand. `events` yields heartbeats until the take ends; ending it loses nothing.

    WorkerFailed: its recorder is gone. OutOfReach: it is not, and does not answer; `events` may be asked for again.
    """

    def events(self) -> Iterator[Heartbeat]: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def off_record(self) -> None: ...
    def note(self, note: TakeNote) -> tuple[int, int]:
        """Seal the note into the take; from when to when in the take it means, in ms (less than 0: before it began).

        MalformedInput when a passage shall end that nobody began.
        """

    def stop(self) -> None: ...
    def close(self) -> None: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True, slots=True)
class MicrophoneTest:
    """Some seconds from a microphone, in memory only: dropped with this object.

    `can_stay_awake` tells whether the system lets a recorder keep the machine from sleeping.
    """

    device: str
    sound: PcmSource
    channels: tuple[ChannelCheck, ...]
    frozen: bool
    lost_frames: int
    battery: Battery | None
    can_stay_awake: bool


Listened = Callable[[int, tuple[float, ...]], None]
"""Told while a test listens: ms so far, and the peaks of each channel since the last time."""


class Recorders(Protocol):
    def start(self, order: RecorderOrder) -> Take: ...
    def reattach(self, address: str) -> Take | None: ...
    def is_being_written(self, folder: Path) -> bool:
        """Also where the disk lets nobody know."""

    def cannot_be_told(self, folder: Path) -> bool:
        """Whether the disk lets nobody know."""

    def wish_to_stop(self, folder: Path) -> None:
        """OSError."""

    def listen(
        self, device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
    ) -> MicrophoneTest:
        """DeviceFailed; Cancelled as soon as `cancelled` says so."""
