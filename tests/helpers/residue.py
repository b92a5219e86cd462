"""What a program left behind: search every file under some folders for words, names and samples in every usual form."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

_STRETCH = 32
"""Frames in a stretch of sound that is looked for."""


def spellings(words: Iterable[str]) -> set[bytes]:
    """The words as UTF-8, UTF-16 in both orders, and CP949."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "cp949")
    return {word.encode(encoding, "ignore") for word in words for encoding in encodings} - {b""}


def samples(pcm24: bytes) -> set[bytes]:
    """A stretch of 24-bit sound (little-endian) as 24, 16 and 32 bits and as floats."""
    frames = np.frombuffer(pcm24, np.uint8).reshape(-1, 3).astype(np.int32)
    wide = (frames[:, 0] << 8 | frames[:, 1] << 16 | frames[:, 2] << 24).astype(np.int32)
    assert np.count_nonzero(wide) > len(wide) // 2, "silence would be found everywhere"
    return {
        pcm24,
        (wide >> 16).astype("<i2").tobytes(),
        wide.astype("<i4").tobytes(),
        (wide / 2**31).astype("<f4").tobytes(),
    }


def loud(pcm24: bytes, every: int) -> set[bytes]:
    """Short stretches of 24-bit sound in every usual form: one of each `every` frames, where samples differ most.

    A stretch counts whose samples nearly all differ; nothing comes of silence.
    """
    frames = [pcm24[at : at + 3] for at in range(0, len(pcm24) - 2, 3)]
    stretches: set[bytes] = set()
    for start in range(0, len(frames), every):
        part = frames[start : start + every]
        pieces = [part[at : at + _STRETCH] for at in range(0, len(part) - _STRETCH + 1, _STRETCH)]
        telling = max(pieces, key=lambda piece: len(set(piece)), default=[])
        if len(set(telling)) > _STRETCH * 3 // 4:
            stretches |= samples(b"".join(telling))
    return stretches


def found(needles: Iterable[bytes], *places: Path) -> list[tuple[str, str]]:
    """(file, needle in hex) for every needle that stands in a file, or in its name."""
    wanted = list(needles)
    hits = []
    for place in places:
        for path in sorted(place.rglob("*")):
            data = str(path.relative_to(place)).encode()
            if path.is_file() and not path.is_symlink():
                data += b"\n" + _telling(path.read_bytes())
            hits += [(str(path), needle.hex()) for needle in wanted if needle in data]
    return hits


def _telling(data: bytes) -> bytes:
    """The data, or nothing where it is nothing but zeros: what only takes up room."""
    return b"" if data.count(0) == len(data) else data
