"""Packages as the services know them (`domain.ports.Packages`): sealed to an address as they are made, opened block by block.

The format, and everything that is refused, is `package`'s.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from oralhistory.domain.ports import PackageAddress, UnlockedKeys
from oralhistory.vault import identity, package
from oralhistory.vault.identity import Address


class SealedPackages:
    """`own` is what `Door.new_identity` gave."""

    def own_address(self, keys: UnlockedKeys, own: bytes) -> Address:
        return identity.from_sealable(keys.archive_id, own).address

    def address(self, file: bytes) -> Address:
        """Of another archive. MalformedInput when it is none or was altered."""
        return identity.from_file(file)

    def seal(
        self, keys: UnlockedKeys, own: bytes, receiver: PackageAddress, kind: str, content: Iterator[bytes], to: BinaryIO
    ) -> None:
        """Memory for two chunks and a block. OSError when the disk refuses."""
        sender = identity.from_sealable(keys.archive_id, own)
        package.seal(io.BufferedReader(_Flow(content), package.CHUNK_BYTES), to, sender, _known(receiver), kind)

    def opened(
        self, keys: UnlockedKeys, own: bytes, sender: PackageAddress, kind: str, source: BinaryIO
    ) -> Iterator[bytes]:
        """As `package.open_package`: whole only when the iterator has ended."""
        return package.open_package(source, identity.from_sealable(keys.archive_id, own), _known(sender), kind)


class _Flow(io.RawIOBase):
    """Blocks as a file that is read once."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._held = memoryview(block)
        taken = self._held[: len(buffer)]
        buffer[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)


def _known(address: PackageAddress) -> Address:
    assert isinstance(address, Address)
    return address
