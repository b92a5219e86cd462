"""What a take consists of, entry by entry, and how each is written into a sealed part.

Frames count from the beginning of a stretch; a part may begin later in it, so each entry is told where the part begins.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from oralhistory.domain.ports import PartKeys
from oralhistory.domain.sound import Gap, GapReason, PartSummary, SoundFormat

_SMALL = 200


class SealedWriter(Protocol):
    """The port `PartWriter` with an outline beside the sound."""

    @property
    def size(self) -> int: ...
    def append(self, pcm: bytes, outline: bytes) -> None: ...
    def gap(self, gap: Gap) -> None: ...
    def meta(self, note: bytes) -> None: ...
    def sync(self) -> int: ...
    def finish(self) -> PartSummary: ...
    def abandon(self) -> None: ...


OpenPart = Callable[[Path, PartKeys, SoundFormat], SealedWriter]


@dataclass(frozen=True, slots=True)
class Begin:
    """A stretch of sound in one format begins, in a new part."""

    sound: SoundFormat
    about: dict[str, Any]
    weight: int = _SMALL
    seconds: float = 0.0

    def write(self, writer: SealedWriter, begins: int) -> None:
        write_note(writer, {**self.about, "begins": begins})


@dataclass(frozen=True, slots=True)
class Sound:
    """One record of PCM; only the last of a stretch is shorter. `frame` is its first one, `outline` its levels for a waveform."""

    frame: int
    pcm: bytes
    seconds: float
    outline: bytes = b""

    @property
    def weight(self) -> int:
        return len(self.pcm)

    def write(self, writer: SealedWriter, _begins: int) -> None:
        writer.append(self.pcm, self.outline)


@dataclass(frozen=True, slots=True)
class Lost:
    """Sound that is missing at `frame`."""

    frame: int
    lost_frames: int
    reason: GapReason
    weight: int = _SMALL
    seconds: float = 0.0

    def write(self, writer: SealedWriter, begins: int) -> None:
        writer.gap(Gap(max(0, self.frame - begins), self.lost_frames, self.reason))


@dataclass(frozen=True, slots=True)
class Note:
    """A mark or the like at `frame`."""

    frame: int
    content: dict[str, Any]
    weight: int = _SMALL
    seconds: float = 0.0

    def write(self, writer: SealedWriter, begins: int) -> None:
        write_note(writer, {**self.content, "frame": max(0, self.frame - begins)})


@dataclass(frozen=True, slots=True)
class End:
    """The stretch is over: the part is finished."""

    weight: int = _SMALL
    seconds: float = 0.0

    def write(self, writer: SealedWriter, _begins: int) -> None:
        writer.finish()


Entry = Begin | Sound | Lost | Note | End


def write_note(writer: SealedWriter, content: dict[str, Any]) -> None:
    # A half character in a mark or a device's name must not end the take: it is written as a question mark.
    writer.meta(json.dumps(content, ensure_ascii=False).encode(errors="replace"))
