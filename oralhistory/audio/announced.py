"""How much sound a foreign file says it holds, where that can be known exactly: a file that broke off holds less.

It refuses to guess: sizes that programs write when they do not know (a stream, a recorder that was switched off), and lengths
that were worked out from a bit rate, are no announcement.
"""

import struct
from typing import IO

from av.audio.stream import AudioStream
from av.container import InputContainer

_EXACT = {"flac", "mov", "aiff"}
"""Containers whose header counts the samples of each stream."""
_LOOKED_AT = 1 << 16
_PLACEHOLDERS = (1 << 31, 1 << 32)
_NEAR = 4096  # a placeholder may have the header's own size taken off
_MOST_CHUNKS = 1000


class Announced:
    """Looks at an open file before anybody else reads it, and leaves it at its beginning."""

    def __init__(self, file: IO[bytes]) -> None:
        self._wav_s = _wav_seconds(file)
        file.seek(0)
        self._counts_frames = _has_frame_count(file.read(_LOOKED_AT))
        file.seek(0)

    def seconds(self, container: InputContainer, stream: AudioStream) -> float | None:
        """Of sound in `stream`, as the file tells; None when it does not."""
        kinds = set(container.format.name.split(","))
        if "wav" in kinds:
            return self._wav_s
        if kinds & _EXACT or ("mp3" in kinds and self._counts_frames):
            if stream.duration is None or stream.time_base is None:
                return None
            return float(stream.duration * stream.time_base) or None
        if "matroska" in kinds and len(container.streams) == 1 and container.duration:
            return container.duration / 1_000_000
        return None


def _wav_seconds(file: IO[bytes]) -> float | None:
    """What the sizes in a WAV or RF64 file give, whether or not so much is there."""
    head = file.read(12)
    if len(head) < 12 or head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
        return None
    per_second, large = 0, None
    for _ in range(_MOST_CHUNKS):
        chunk = file.read(8)
        if len(chunk) < 8:
            return None
        name, size = chunk[:4], int.from_bytes(chunk[4:], "little")
        if name == b"data":
            size = large if large and size == 0xFFFFFFFF else size
            known = size > 0 and (large is not None or all(abs(size - one) > _NEAR for one in _PLACEHOLDERS))
            return size / per_second if per_second and known else None
        content = file.read(min(size, 28))
        if name == b"fmt " and len(content) >= 16:
            per_second = struct.unpack_from("<I", content, 8)[0]
        elif name == b"ds64" and len(content) >= 16:
            large = struct.unpack_from("<Q", content, 8)[0]
        file.seek(size - len(content) + size % 2, 1)
    return None


def _has_frame_count(start: bytes) -> bool:
    """Whether an MP3 counts its frames in its first one (a Xing or Info tag, or VBRI)."""
    if start[:3] == b"ID3" and len(start) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(start[6:10], (21, 14, 7, 0), strict=True))
        start = start[10 + size :]
    return any(tag in start[:4096] for tag in (b"Xing", b"Info", b"VBRI"))
