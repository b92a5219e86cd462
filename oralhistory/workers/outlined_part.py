"""A part and its outline, written together. The outline may fail at any time; the part does not notice."""

from contextlib import suppress
from typing import Protocol

from oralhistory.domain.ports import PartWriter
from oralhistory.domain.sound import Gap, PartSummary


class PartOutline(Protocol):
    """The vault's writer of an outline. OSError when the disk refuses."""

    def append(self, points: bytes) -> None: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class OutlinedPart:
    """What the parts write to (`part_entries.SealedWriter`)."""

    def __init__(self, part: PartWriter, outline: PartOutline | None) -> None:
        self._part = part
        self._outline = outline

    @property
    def size(self) -> int:
        return self._part.size

    def append(self, pcm: bytes, outline: bytes) -> None:
        self._part.append(pcm)
        if self._outline and outline:
            try:
                self._outline.append(outline)
            except OSError:
                self._drop_outline()

    def gap(self, gap: Gap) -> None:
        self._part.gap(gap)

    def meta(self, note: bytes) -> None:
        self._part.meta(note)

    def sync(self) -> int:
        return self._part.sync()

    def finish(self) -> PartSummary:
        try:
            return self._part.finish()
        finally:
            if self._outline:
                with suppress(OSError):
                    self._outline.finish()
                self._outline = None

    def abandon(self) -> None:
        self._part.abandon()
        self._drop_outline()

    def _drop_outline(self) -> None:
        if self._outline:
            self._outline.close()
        self._outline = None
