"""The sealed parts of one take: what is put in here is on its way to the disk, and in memory until it is surely there.

The take is a log of entries; parts are what comes of writing it down. A part whose write or sync failed is never tried
again, because the system may drop the failed pages and report success next time: a new part takes over, beginning with the
first entry that was not yet synced. While no disk takes the sound, it waits in memory.
"""

import os
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.ports import PartKeys
from oralhistory.domain.sound import SoundFormat
from oralhistory.workers.part_entries import Begin, End, Entry, OpenPart, SealedWriter, Sound, write_note

ROLL_AT_BYTES = 1 << 30
"""FAT32 sticks hold no file of 4 GiB, and a smaller part is a smaller loss."""
KEYS_IN_RESERVE = 8
_SPARE_BYTES = 1 << 20
_LONGEST_RETRY_S = 60.0


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far writing has come: entries of the take; bytes of the part's file and frames in it."""

    entries: int
    size: int = 0
    frames: int = 0


@dataclass(slots=True)
class _Part:
    """The part being written; `begins` is the frame of the stretch it starts at."""

    path: Path
    file_id: str
    writer: SealedWriter
    begins: int
    written: _Reached
    safe: _Reached
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Superseded:
    """A part that failed: only the bytes that were synced count, once the entries before `until` are safe elsewhere."""

    path: Path
    size: int
    until: int


@dataclass(frozen=True, slots=True)
class PartEnd:
    """How a part ended. What an incomplete one lacks is in the part after it."""

    file_id: str
    complete: bool


class Parts:
    """One thread puts entries in and calls `tend`; another one calls `sync` every now and then."""

    def __init__(
        self,
        folders: Sequence[Path],
        keys: Sequence[PartKeys],
        open_part: OpenPart,
        *,
        roll_at: int = ROLL_AT_BYTES,
        clock: Callable[[], float] = time.monotonic,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """`folders`: where the take belongs, then where to go on when that fails."""
        self._folders = list(folders)
        self._keys = list(keys)
        self._open_part = open_part
        self._roll_at = roll_at
        self._clock = clock
        self._free_bytes = free_bytes
        self._lock = threading.Lock()  # guards log, part and counts against `sync`; never held during output
        self._log: deque[Entry] = deque()
        self._first = 0  # the number of the log's first entry: all before it are safe
        self._cursor = 0  # the number of the next entry to write
        self.waiting_bytes = 0
        self._part: _Part | None = None
        self._superseded: list[_Superseded] = []
        self._begun = Begin(SoundFormat(), {})  # the stretch the cursor is in
        self._continues = ""  # the file id of the part that broke off
        self._failures = 0
        self._retry_at = 0.0
        self._safe_s = 0.0
        self._safe_frames = 0  # of the stretch
        self._reached: dict[str, int] = {}
        self._own_folder = self._folders[0]
        self.ended: list[PartEnd] = []

    def put(self, entry: Entry) -> None:
        """`entry` belongs to the take from now on; `tend` writes it down."""
        with self._lock:
            self._log.append(entry)
            self.waiting_bytes += entry.weight

    @property
    def safe_ms(self) -> int:
        """Sound that is surely on the disk."""
        return round(self._safe_s * 1000)

    @property
    def full(self) -> bool:
        """Whether the part should be followed by another one."""
        return self._part is not None and self._part.written.size >= self._roll_at and not self.keys_are_scarce

    @property
    def keys_are_scarce(self) -> bool:
        """The last keys are for failing disks: nothing else may end a part then."""
        return len(self._keys) <= KEYS_IN_RESERVE

    @property
    def all_safe(self) -> bool:
        return not self._log

    @property
    def failing(self) -> bool:
        """Whether sound waits because no disk takes it."""
        return self._part is None and not self.all_safe

    @property
    def folder(self) -> Path:
        """Where the sound goes now."""
        return self._folders[0]

    @property
    def in_fallback(self) -> bool:
        """Whether the sound goes elsewhere than where it belongs."""
        return self._folders[0] != self._own_folder

    def reached(self) -> dict[str, int]:
        """The frames that are surely on the disk, of every part so far, by file id."""
        with self._lock:
            return dict(self._reached)

    def tend(self) -> None:
        """Write what waits, into a new part if the last one failed. To be called at least every now and then."""
        if self._part and self._part.broken:
            self._abandon()
        while self._cursor < self._first + len(self._log):
            entry = self._log[self._cursor - self._first]
            if self._part is None and not self._next_part(entry):
                return
            try:
                self._write(entry)
            except OSError:
                self._abandon()

    def sync(self) -> None:
        """Wait until what is written by now is on the medium. `tend` deals with a failure."""
        with self._lock:
            part = self._part
            reached = part.written if part else _Reached(0)
        if part is None or part.broken or reached == part.safe:
            return
        try:
            part.writer.sync()
        except OSError:
            part.broken = True
            return
        with self._lock:
            if part is self._part:
                part.safe = reached
                self._reached[part.file_id] = reached.frames
                self._forget(reached.entries)
        self._cut_superseded()

    def _write(self, entry: Entry) -> None:
        part = self._part
        assert part is not None
        entry.write(part.writer, part.begins)
        if isinstance(entry, End):
            with self._lock:
                self._part = None
                self._cursor += 1
                self._reached[part.file_id] = part.written.frames
                self._forget(self._cursor)
            self.ended.append(PartEnd(part.file_id, complete=True))
            self._cut_superseded()
            return
        size, frames = part.path.stat().st_size, part.written.frames
        if isinstance(entry, Sound):
            frames += len(entry.pcm) // self._begun.sound.bytes_per_frame
        with self._lock:
            self._cursor += 1
            part.written = _Reached(self._cursor, size, frames)

    def _forget(self, until: int) -> None:
        """Entries before `until` are safe (called with the lock held)."""
        while self._first < until:
            entry = self._log.popleft()
            self._first += 1
            self.waiting_bytes -= entry.weight
            self._safe_s += entry.seconds
            if isinstance(entry, Begin):
                self._safe_frames = 0
            elif isinstance(entry, Sound):
                self._safe_frames = entry.frame + len(entry.pcm) // self._begun.sound.bytes_per_frame
        self._failures = 0

    def _abandon(self) -> None:
        """The part takes no more. What was not synced of it is written again, into the next one."""
        part = self._part
        assert part is not None
        part.writer.abandon()
        with self._lock:
            self._part = None
            self._superseded.append(_Superseded(part.path, part.safe.size, self._cursor))
            self._cursor = self._first
        if part.safe.size:
            self._continues = part.file_id
            self.ended.append(PartEnd(part.file_id, complete=False))
        self._folders.append(self._folders.pop(0))
        self._wait_longer()

    def _wait_longer(self) -> None:
        """Every folder gets one try at once, then they are tried ever more rarely: keys are few."""
        self._failures += 1
        rounds = self._failures - len(self._folders)
        self._retry_at = self._clock() + (min(2.0 ** (rounds - 1), _LONGEST_RETRY_S) if rounds > 0 else 0.0)

    def _next_part(self, entry: Entry) -> bool:
        """Open a part for the log from `entry` on; whether there is one now."""
        if isinstance(entry, Begin):
            self._begun = entry
        for _ in self._folders:
            if self._clock() < self._retry_at or not self._keys:
                return False
            if self._part_opened(entry):
                return True
            self._folders.append(self._folders.pop(0))
            self._wait_longer()
        return False

    def _part_opened(self, entry: Entry) -> bool:
        folder, keys = self._folders[0], self._keys[0]
        path = folder / f"{keys.file_id}.oha"
        try:
            if self._free_bytes(folder) < self.waiting_bytes + _SPARE_BYTES:
                return False  # a key is worth more than the attempt
            writer = self._open_part(path, keys, self._begun.sound)
        except OSError:
            if path.exists():
                self._keys.pop(0)
            return False
        self._keys.pop(0)
        here = _Reached(self._cursor)
        begins = 0
        if not isinstance(entry, Begin):
            begins = self._safe_frames
            with suppress(OSError):  # a writer that failed refuses the next entry too
                write_note(writer, {**self._begun.about, "continues": self._continues, "begins": begins})
        with self._lock:
            self._part = _Part(path, keys.file_id, writer, begins, here, here)
        return True

    def _cut_superseded(self) -> None:
        """What was written again elsewhere and is safe there must not be heard twice."""
        with self._lock:
            cut = [one for one in self._superseded if one.until <= self._first]
            self._superseded = [one for one in self._superseded if one.until > self._first]
        for one in cut:
            with suppress(OSError):
                if one.size:
                    os.truncate(one.path, one.size)
                else:
                    one.path.unlink()
