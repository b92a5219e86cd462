"""The memory of another process, read from outside as a thief with the running machine would: needs root on Linux."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_STEP = 32 << 20
_OVERLAP = 4096


def readable() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and Path("/proc/self/mem").exists()


def holds(pid: int, needles: Mapping[str, list[bytes]]) -> dict[str, int]:
    """How many copies of any spelling of each needle stand in the process's memory; needles without one are left out."""
    counts = dict.fromkeys(needles, 0)
    for piece, fresh in _pieces(pid):
        for name, spellings in needles.items():
            counts[name] += sum(_count(piece, one, fresh) for one in spellings)
    return {name: count for name, count in counts.items() if count}


def spellings(text: str) -> list[bytes]:
    """UTF-8, and UTF-16 as Qt and Python keep it, in both orders."""
    return [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


def key_spellings(key: bytes) -> list[bytes]:
    """The bytes, and the hex digits in which a key may be passed on."""
    return [key, *spellings(key.hex()), *spellings(key.hex().upper())]


def _count(piece: bytes, needle: bytes, fresh: int) -> int:
    """Copies that do not end before `fresh` (those were counted with the piece before)."""
    found, at = 0, piece.find(needle)
    while at >= 0:
        found += at + len(needle) > fresh
        at = piece.find(needle, at + 1)
    return found


def _pieces(pid: int) -> Iterator[tuple[bytes, int]]:
    maps = Path(f"/proc/{pid}/maps").read_text("ascii", "replace")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps.splitlines():
            span, rights = line.split()[:2]
            untouched = "w" not in rights and "/" in line  # a file's own pages
            if "r" not in rights or untouched or "[vvar" in line or "[vsyscall" in line:
                continue
            at, end = (int(part, 16) for part in span.split("-"))
            tail = b""
            while at < end:
                try:
                    memory.seek(at)
                    piece = memory.read(min(_STEP, end - at))
                except OSError:
                    break
                if not piece:
                    break
                if piece.strip(b"\0"):
                    yield tail + piece, len(tail)
                tail, at = piece[-_OVERLAP:], at + len(piece)
