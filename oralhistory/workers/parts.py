"""The sealed parts of one take: what is put in here is on its way to the disk, and in memory until it is surely there.

The take is a log of entries; parts are what comes of writing it down. A part whose write or sync failed is never tried
again, because the system may drop the failed pages and report success next time: a new part takes over, beginning with the
first entry that was not yet synced. While no disk takes the sound, it waits in memory.
"""

import errno
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

KEYS_IN_RESERVE = 8
_SPARE_BYTES = 1 << 20
_LONGEST_RETRY_S = 60.0
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far writing has come: entries of the take; bytes of the part's file and frames in it."""

    entries: int
    size: int = 0
    frames: int = 0


@dataclass(slots=True)
class _Part:
    """The part being written; `begins` is the frame of the stretch it starts at. `fault` is set by a failed sync."""

    path: Path
    file_id: str
    writer: SealedWriter
    begins: int
    written: _Reached
    safe: _Reached
    fault: OSError | None = None


@dataclass(frozen=True, slots=True)
class _Superseded:
    """A part that failed: only the bytes that were synced count, once the entries before `until` are safe elsewhere."""

    path: Path
    size: int
    until: int


class Parts:
    """One thread puts entries in, another one calls `tend`, a third one calls `sync`: the first never waits for a disk."""

    def __init__(
        self,
        folders: Sequence[Path],
        keys: Sequence[PartKeys],
        open_part: OpenPart,
        *,
        clock: Callable[[], float] = time.monotonic,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        on_full: Callable[[Path], None] = lambda _folder: None,
        on_safe: Callable[[Path, int], None] = lambda _path, _size: None,
    ) -> None:
        """`folders`: where the take belongs, then where to go on when that fails.

        `on_full` is told of a folder whose disk is full, `on_safe` how many bytes of a file are surely on the disk.
        """
        self._folders = list(folders)
        self._own_folder = self._folders[0]
        self._keys = list(keys)
        self._open_part = open_part
        self._clock = clock
        self._free_bytes = free_bytes
        self._on_full = on_full
        self._on_safe = on_safe
        self._lock = threading.Lock()  # guards log, cursor, part and counts; never held during output
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
    def keys_are_scarce(self) -> bool:
        """The last keys are for failing disks: nothing else may end a part then."""
        return len(self._keys) <= KEYS_IN_RESERVE

    @property
    def all_safe(self) -> bool:
        return not self._log

    @property
    def all_written(self) -> bool:
        """Whether nothing waits to be written."""
        with self._lock:
            return self._cursor == self._first + len(self._log)

    @property
    def failing(self) -> bool:
        """Whether sound waits because no disk takes it."""
        return self._part is None and self._failures > 0 and not self.all_safe

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

    # --- writing

    def tend(self) -> None:
        """Write what waits, into a new part if the last one failed. To be called at least every now and then."""
        part = self._part
        if part and part.fault:
            self._abandon(part, part.fault)
        while (entry := self._next_entry()) is not None:
            part = self._part or self._next_part(entry)
            if part is None:
                return
            try:
                self._write(part, entry)
            except OSError as fault:
                self._abandon(part, fault)

    def sync(self) -> None:
        """Wait until what is written by now is on the medium. `tend` deals with a failure."""
        with self._lock:
            part = self._part
            reached = part.written if part else _Reached(0)
        if part is None or part.fault or reached == part.safe:
            return
        try:
            part.writer.sync()
        except OSError as fault:
            part.fault = fault
            return
        with self._lock:
            current = part is self._part
            if current:
                part.safe = reached
                self._reached[part.file_id] = reached.frames
                self._forget(reached.entries)
        if current:
            self._on_safe(part.path, reached.size)
        self._cut_superseded()

    def _next_entry(self) -> Entry | None:
        with self._lock:  # `sync` takes entries away at the other end
            at = self._cursor - self._first
            return self._log[at] if at < len(self._log) else None

    def _write(self, part: _Part, entry: Entry) -> None:
        entry.write(part.writer, part.begins)
        frames = part.written.frames
        if isinstance(entry, Sound):
            frames += len(entry.pcm) // self._begun.sound.bytes_per_frame
        with self._lock:
            self._cursor += 1
            part.written = _Reached(self._cursor, part.writer.size, frames)
            if isinstance(entry, End):
                self._part = None
                self._reached[part.file_id] = frames
                self._forget(self._cursor)
        if isinstance(entry, End):
            self._on_safe(part.path, part.written.size)
            self._cut_superseded()

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

    def _abandon(self, part: _Part, fault: OSError) -> None:
        """The part takes no more. What was not synced of it is written again, into the next one."""
        part.writer.abandon()
        with self._lock:
            self._part = None
            self._superseded.append(_Superseded(part.path, part.safe.size, self._cursor))
            self._cursor = self._first
        if part.safe.size:
            self._continues = part.file_id
        if fault.errno in _FULL:
            self._on_full(part.path.parent)
        self._move_on()

    def _move_on(self) -> None:
        """Try the next folder: each at once, then ever more rarely, because keys are few."""
        self._folders.append(self._folders.pop(0))
        self._failures += 1
        rounds = self._failures - len(self._folders)
        self._retry_at = self._clock() + (min(2.0 ** (rounds - 1), _LONGEST_RETRY_S) if rounds > 0 else 0.0)

    # --- the next part

    def _next_part(self, entry: Entry) -> _Part | None:
        """A part for the log from `entry` on; None while no folder takes one."""
        if isinstance(entry, Begin):
            self._begun = entry
        for _ in self._folders:
            if self._clock() < self._retry_at or not self._keys:
                return None
            part = self._opened_part(entry)
            if part:
                with self._lock:
                    self._part = part
                return part
            self._move_on()
        return None

    def _opened_part(self, entry: Entry) -> _Part | None:
        folder, keys = self._folders[0], self._keys[0]
        path = folder / f"{keys.file_id}.oha"
        try:
            if self._free_bytes(folder) < self.waiting_bytes + _SPARE_BYTES:
                self._on_full(folder)
                return None  # a key is worth more than the attempt
            writer = self._open_part(path, keys, self._begun.sound)
        except OSError as fault:
            if fault.errno in _FULL:
                self._on_full(folder)
            if path.exists():
                self._keys.pop(0)
            return None
        self._keys.pop(0)
        begins = 0
        if not isinstance(entry, Begin):
            begins = self._safe_frames
            with suppress(OSError):  # a writer that failed refuses the next entry too
                write_note(writer, {**self._begun.about, "continues": self._continues, "begins": begins})
        here = _Reached(self._cursor)
        return _Part(path, keys.file_id, writer, begins, here, here)

    def _cut_superseded(self) -> None:
        """What was written again elsewhere and is safe there must not be heard twice.

        Two threads may cut the same at once: whoever ends the take does not rely on what the other is about to do.
        """
        with self._lock:
            cut = [one for one in self._superseded if one.until <= self._first]
        for one in cut:
            with suppress(OSError):  # a disk that is gone: filing the take sees that the next part begins before this one ends
                if one.size:
                    os.truncate(one.path, one.size)
                else:
                    one.path.unlink(missing_ok=True)
        with self._lock:
            self._superseded = [one for one in self._superseded if one not in cut]
