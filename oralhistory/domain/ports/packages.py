"""What leaves as one sealed file and comes back: the bag of an interview, and the package that it travels in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:  # a port is loaded by everybody, and what it speaks of by whoever has it in hand
    from oralhistory.domain.ports.vault import UnlockedKeys
    from oralhistory.domain.sound import SoundFormat


@dataclass(frozen=True, slots=True)
class BagFile:
    """A file of a bag's payload: its path below ``data/``, its size in bytes, and its content, which is read once."""

    path: str
    size: int
    blocks: Iterator[bytes]


class Bags(Protocol):
    """Bags as streams. Neither side touches the disk."""

    def packed(self, name: str, about: Mapping[str, str], payload: Iterable[BagFile]) -> Iterator[bytes]:
        """The bag as one stream; each file of `payload` is asked for when the one before is out."""

    def unpacked(self, stream: Iterator[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each file with its path, the bag's name in front; all is whole only when the iterator has ended. Damaged."""


class PackageAddress(Protocol):
    """An archive that packages come from or go to. Equal to another one when it is the same archive with the same keys."""

    @property
    def fingerprint(self) -> str: ...


class Packages(Protocol):
    """Sealing to an address, and opening what was sealed to this archive; `own` are its private keys (see `Addressing`)."""

    def own_address(self, keys: UnlockedKeys, own: bytes) -> PackageAddress: ...
    def address(self, file: bytes) -> PackageAddress: ...
    def seal(
        self, keys: UnlockedKeys, own: bytes, receiver: PackageAddress, kind: str, content: Iterator[bytes], to: BinaryIO
    ) -> None: ...
    def opened(
        self, keys: UnlockedKeys, own: bytes, sender: PackageAddress, kind: str, source: BinaryIO
    ) -> Iterator[bytes]: ...


class Waves(Protocol):
    """WAV as a stream, its length known before."""

    def size(self, sound: SoundFormat, frames: int) -> int: ...
    def blocks(self, sound: SoundFormat, frames: int, pcm: Iterator[bytes]) -> Iterator[bytes]: ...
