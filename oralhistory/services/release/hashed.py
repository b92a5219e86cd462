"""A file of which the SHA-256 is taken while it is written or read: it is that of the very bytes that went through."""

import hashlib
import io
from typing import Any, BinaryIO


class Hashed(io.RawIOBase):
    """One way and once. It leaves the file to whoever opened it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return self._file.readable()

    def writable(self) -> bool:
        return self._file.writable()

    def readinto(self, buffer: Any) -> int:
        block = self._file.read(len(buffer))
        self._digest.update(block)
        buffer[: len(block)] = block
        return len(block)

    def write(self, block: Any) -> int:
        self._digest.update(block)
        return self._file.write(block)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()
