"""What reads and hears sound: devices, foreign files, speech models and engines. The recorder has a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port is loaded by everybody, and what it speaks of by whoever has it in hand
    from oralhistory.domain.sound import SoundFormat
    from oralhistory.domain.transcript import Segment, WindowResult


class PcmSource(Protocol):
    """Sound that can be played: frames of `format`, read from memory as needed."""

    @property
    def format(self) -> SoundFormat: ...
    @property
    def frames(self) -> int: ...
    def read(self, first_frame: int, count: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or loudspeaker as the system names it."""

    name: str
    channels: int
    default: bool


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """What a foreign sound file turned out to hold; PCM follows in blocks of 24-bit little-endian frames.

    `tracks` of sound are in it, of which `track` (from 1) is taken; it has `channels`, more than two mixed into two.
    """

    sound: SoundFormat
    blocks: Iterator[bytes]
    tracks: int = 1
    track: int = 1
    channels: int = 1


class Sound(Protocol):
    """Devices, foreign files, and the resampling of what the vault opened; `powers`: how loud each channel is."""

    def microphones(self) -> list[Device]: ...
    def decode(self, path: Path, track: int | None = None) -> AbstractContextManager[DecodedFile]: ...
    def for_speech(self, pcm: bytes, sound: SoundFormat) -> bytes: ...
    def louder_channels(
        self, pcm: bytes, sound: SoundFormat, spans: Sequence[tuple[int, int]]
    ) -> list[int | None]: ...
    def converted(self, blocks: Iterator[bytes], sound: SoundFormat, wanted: SoundFormat) -> Iterator[bytes]: ...
    def powers(self, pcm: bytes, channels: int) -> tuple[float, ...]: ...
    def write_wav(self, path: Path, sound: SoundFormat, blocks: Iterator[bytes]) -> None: ...


class Engine(Protocol):
    """An open transcriber child. `window` takes 16 kHz mono float32 PCM of at most 30 s.

    One of `languages` is taken as it is, of several the model tells which, of none any it knows.
    """

    @property
    def name(self) -> str: ...
    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A speech model on this machine. `official` is its published name when the checksum is known, else None.

    `speeds`: the seconds that an hour of speech takes here, by engine, as far as that was measured.
    """

    name: str
    path: Path
    sha256: str
    official: str | None
    size: int
    speeds: Mapping[str, int] = field(default_factory=dict)


class Models(Protocol):
    """The model files a person put on this machine. `find` takes a name or the path of a `.pt` file."""

    def list(self) -> Sequence[ModelInfo]: ...
    def add(self, file: Path, name: str) -> ModelInfo: ...
    def remove(self, name: str) -> None: ...
    def find(self, name_or_path: str) -> ModelInfo: ...
    def keep_speed(self, name: str, engine: str, seconds_an_hour: int) -> None: ...


class SpeechWindows(Protocol):
    """Cuts 16 kHz mono float32 sound into windows of at most 30 s that cover all of it: (start_ms, end_ms, speech?)."""

    def cut(self, pcm: bytes) -> Sequence[tuple[int, int, bool]]: ...


class Doubts(Protocol):
    """Flags passages worth checking; takes the new segments and those before them, gives the new ones with flags."""

    def flagged(self, fresh: Sequence[Segment], before: Sequence[Segment], result: WindowResult) -> list[Segment]: ...


class ChineseBy(Protocol):
    """Writes Chinese in one script; `made_by` says which, and what converts."""

    @property
    def made_by(self) -> str: ...
    def convert(self, text: str) -> str: ...


DoubtsBy = Callable[[Mapping[str, Sequence[str]]], Doubts]
"""Doubts that know these phantom sentences, by language."""


class Engines(Protocol):
    """`cancelled` is asked from entering the block until it is left; when it says so, whatever the engine does (loading
    too) ends with Cancelled."""

    def open(
        self, model: Path, sha256: str, engine: str, cancelled: Callable[[], bool]
    ) -> AbstractContextManager[Engine]: ...
