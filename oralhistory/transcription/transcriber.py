"""What every transcription engine can do: load one checkpoint and hear one window after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from oralhistory.domain.transcript import WindowResult


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What was opened: `compute` says in what numbers it computes, `threads` with how many threads."""

    engine: str
    version: str
    checkpoint_sha256: str
    compute: str
    threads: int


class Transcriber(Protocol):
    """Hears windows with one checkpoint. Not for several threads at once."""

    def open(self, checkpoint: Path, sha256: str) -> EngineInfo:
        """Load; NotFound, MalformedInput, or Damaged when the file's checksum is another."""
        ...

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        """Hear 16 kHz mono float32 sound of at most 30 s.

        `languages` are Whisper's codes: one is taken as it is, of several the model tells which, of none any it knows.
        """
        ...

    def close(self) -> None: ...
