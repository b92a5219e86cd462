"""What every transcription engine can do: load one checkpoint and hear one window after the other."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from oralhistory.domain.transcript import WindowResult


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What a draft was made with. `threads` counts those that compute."""

    engine: str
    version: str
    checkpoint_sha256: str
    threads: int


class Transcriber(Protocol):
    """Hears windows with one checkpoint. Not for several threads at once."""

    def open(self, checkpoint: Path, sha256: str) -> EngineInfo:
        """Load; NotFound, MalformedInput, or Damaged when the file's checksum is another."""
        ...

    def window(self, pcm: bytes, language: str | None, prompt: str) -> WindowResult:
        """Hear 16 kHz mono float32 sound of at most 30 s; `language` is Whisper's code, None lets the model tell."""
        ...

    def close(self) -> None: ...
