"""A file that holds nothing and is given up when the disk is full: the room for the last minutes of a recording.

It is made before a take begins and stays for the next one. Nothing in it means anything: zeros, or what the file system shows of
blocks it only set aside.
"""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

SIZE = 64 << 20
LEAVES_FREE = 512 << 20
"""It is only made where so much is left beside it."""
_PIECE = bytes(1 << 20)


class Ballast:
    def __init__(self, path: Path, size: int = SIZE) -> None:
        self._path = path
        self._size = size

    def make(self) -> bool:
        """Have it there if there is room; whether it is. Never an error: a take goes on without it.

        Its folder is never made: a disk that was pulled must find its place empty when it comes back.
        """
        try:
            if self._path.stat().st_size >= self._size:
                return True
        except OSError:
            pass
        try:
            if _room_beside(self._path) < self._size + LEAVES_FREE:
                return False
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                self._fill(descriptor)
            finally:
                os.close(descriptor)
        except OSError:
            self.give_up()
            return False
        return True

    def give_up(self) -> None:
        """Make room on its disk. Harmless when it is gone."""
        with suppress(OSError):
            self._path.unlink()

    def is_on_disk_of(self, folder: Path) -> bool:
        """Whether giving it up makes room for `folder`."""
        try:
            return self._path.stat().st_dev == folder.stat().st_dev
        except OSError:
            return False

    def _fill(self, descriptor: int) -> None:
        if sys.platform == "linux":
            os.posix_fallocate(descriptor, 0, self._size)
        else:
            for _ in range(self._size // len(_PIECE)):
                if os.write(descriptor, _PIECE) != len(_PIECE):
                    raise OSError("the disk is full")


def _room_beside(path: Path) -> int:
    for place in path.parents:
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
    return 0
