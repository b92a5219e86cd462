"""A second copy of the take in another folder (a USB stick), kept while it is being recorded.

The same sealed bytes, copied behind the sync: only what is surely in the first copy, so that the second one never holds what the
first does not. It has a thread of its own and reads the parts again; whatever happens to it never touches the take. A copy that
failed is begun anew under another name when the folder is back, because pages that a disk refused once cannot be trusted.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from oralhistory.domain.ports import CopyState

PIECE = 1 << 20
TRY_AGAIN_S = 5.0
BEHIND_AFTER_S = 3.0
"""A copy that has not caught up for so long is behind."""
_LOOK_EVERY_S = 0.25
_SPARE_BYTES = 1 << 20

SyncData = Callable[[int], None]


class SecondCopy:
    def __init__(
        self, folder: Path, sync_data: SyncData, clock: Callable[[], float] = time.monotonic, piece: int = PIECE
    ) -> None:
        """`sync_data` waits until what was written to a descriptor is on the medium; OSError."""
        self._folder = folder
        self._sync_data = sync_data
        self._clock = clock
        self._piece = piece
        self._lock = threading.Lock()
        self._safe: dict[Path, int] = {}
        """How much of each part is to be copied, in the order in which the parts began."""
        self._done: dict[Path, int] = {}
        self._target: tuple[Path, int] | None = None
        """The part that is being copied, and the descriptor of its copy."""
        self._tries: dict[Path, int] = {}
        self._current: dict[Path, Path] = {}
        self._stale: dict[Path, list[Path]] = {}
        self._lost_source = False
        """A part could not be read any more before it was copied whole."""
        self._failed_at: float | None = None
        self._level_at = clock()
        """When there was last nothing to copy."""
        self._news = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="second copy", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def is_safe(self, part: Path, size: int) -> None:
        """So many bytes of `part` are surely on the first disk. Returns at once."""
        with self._lock:
            self._safe[part] = size
        self._news.set()

    def close(self) -> None:
        """Nothing more becomes safe: copy what is left, and end."""
        self._over.set()
        self._news.set()

    def closed(self, patience: float) -> bool:
        """Whether it has ended within `patience` seconds. A stick that hangs must not hold the end of the take for ever."""
        self._thread.join(patience)
        return not self._thread.is_alive()

    @property
    def state(self) -> CopyState:
        if self._failed_at is not None or self._lost_source:
            return CopyState.FAILED
        late = self._clock() - self._level_at > BEHIND_AFTER_S
        return CopyState.BEHIND if late and self._next() else CopyState.OK

    # --- its thread

    def _work(self) -> None:
        while True:
            self._news.wait(_LOOK_EVERY_S)
            self._news.clear()
            last = self._over.is_set()
            if self._failed_at is None or last or self._clock() - self._failed_at >= TRY_AGAIN_S:
                try:
                    self._catch_up()
                    self._failed_at = None
                except OSError:
                    self._failed_at = self._clock()
                    self._forget_target()
            if last:
                self._close_target()
                return

    def _catch_up(self) -> None:
        while (waiting := self._next()) is not None:
            part, size = waiting
            descriptor = self._copy_of(part)
            self._copy(descriptor, part, size)
            self._sync_data(descriptor)
            self._drop_older(part)
        self._level_at = self._clock()

    def _next(self) -> tuple[Path, int] | None:
        with self._lock:
            return next(((part, size) for part, size in self._safe.items() if self._done.get(part, 0) < size), None)

    def _copy(self, descriptor: int, part: Path, size: int) -> None:
        while (done := self._done[part]) < size:
            piece = self._read(part, done, min(self._piece, size - done))
            if not piece:  # the first disk is gone, and its take goes on elsewhere
                self._lost_source = True
                with self._lock:
                    self._safe.pop(part)
                return
            if os.write(descriptor, piece) != len(piece):
                raise OSError("the disk of the second copy is full")
            self._done[part] = done + len(piece)

    def _read(self, part: Path, at: int, count: int) -> bytes:
        with suppress(OSError), part.open("rb", buffering=0) as source:
            source.seek(at)
            return source.read(count) or b""
        return b""

    def _drop_older(self, part: Path) -> None:
        """The copies of `part` that failed, now that one is whole again."""
        while self._stale.get(part):
            with suppress(OSError):
                self._stale[part].pop().unlink()

    def _copy_of(self, part: Path) -> int:
        """The descriptor of the copy of `part`, begun if there is none."""
        if self._target and self._target[0] == part:
            return self._target[1]
        self._close_target()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self._folder).free < _SPARE_BYTES:
            raise OSError("the disk of the second copy is full")
        tries = self._tries.get(part, 0)
        name = part.stem + (f"~{tries}" if tries else "") + part.suffix
        self._tries[part] = tries + 1
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._target = part, os.open(self._folder / name, flags, 0o600)
        self._current[part] = self._folder / name
        self._done[part] = 0
        return self._target[1]

    def _forget_target(self) -> None:
        """The copy failed: it is begun anew, whole."""
        if self._target:
            part = self._target[0]
            self._done[part] = 0
            self._stale.setdefault(part, []).append(self._current.pop(part))
        self._close_target()

    def _close_target(self) -> None:
        if self._target:
            with suppress(OSError):
                os.close(self._target[1])
        self._target = None
