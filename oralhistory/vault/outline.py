"""The outline of a part, for its waveform: sealed beside the part while it is recorded, readable up to the last second.

It is a convenience and never the sound: it is not synced, its loss costs a walk over the part, and a record of it that does not
verify ends it. Integers are little-endian.

    header      magic 8 | version u16 | channels u8 | zero u8 | rate u32 | frames per record u32 | file id 16
    record      seq u32 | length u32 | nonce 12 | ciphertext | tag 16        AAD = SHA-256(header) || seq || length

A record holds the points of ten records of sound (a second), padded to one size. Its key is one of the part's keys.
"""

import hashlib
import os
import struct
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oralhistory import durable
from oralhistory.domain.sound import OUTLINE_POINTS, Outline, SoundFormat
from oralhistory.vault.partkeys import PartKeys

SUFFIX = ".peaks"
MAGIC = b"\x93OHPKS\r\n"
VERSION = 1
RECORDS_AT_ONCE = 10

_HEADER = struct.Struct("<8sHBBII16s")
_HEAD = struct.Struct("<II")
_NONCE_BYTES, _TAG_BYTES = 12, 16
_MOST_CHANNELS = 32
_MOST_BYTES = 256 << 20


class OutlineWriter:
    """Belongs to one thread. OSError when the disk refuses; the outline then stands as far as it came."""

    def __init__(self, part: Path, keys: PartKeys, sound: SoundFormat) -> None:
        """Begin the outline of the part at `part`. OSError, also when there is one."""
        self._header = _HEADER.pack(
            MAGIC, VERSION, sound.channels, 0, sound.rate, sound.frames_per_record, bytes.fromhex(keys.file_id)
        )
        self._capacity = OUTLINE_POINTS * RECORDS_AT_ONCE * sound.channels
        self._cipher = AESGCM(keys.outline_key)
        self._bound = hashlib.sha256(self._header).digest()
        self._sequence = 0
        self._waiting = bytearray()
        self._descriptor = durable.create_exclusively(part.with_suffix(SUFFIX))
        try:
            durable.write_whole(self._descriptor, self._header)
        except OSError:
            self.close()
            raise

    def append(self, points: bytes) -> None:
        """The points of one record of sound; written when a second is full."""
        self._waiting += points
        if len(self._waiting) >= self._capacity:
            self._write()

    def finish(self) -> None:
        """Write what waits, and close."""
        try:
            if self._waiting:
                self._write()
        finally:
            self.close()

    def close(self) -> None:
        with suppress(OSError):
            os.close(self._descriptor)

    def _write(self) -> None:
        content = bytes(self._waiting[: self._capacity])
        del self._waiting[: self._capacity]
        head, nonce = _HEAD.pack(self._sequence, len(content)), os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, content.ljust(self._capacity, b"\0"), self._bound + head)
        durable.write_whole(self._descriptor, head + nonce + sealed)
        self._sequence += 1


def read_outline(part: Path, keys: PartKeys) -> Outline | None:
    """The outline of the part at `part`, as far as it verifies; None when there is none that does."""
    try:
        with part.with_suffix(SUFFIX).open("rb") as file:
            raw = file.read(_MOST_BYTES)
    except OSError:
        return None
    if len(raw) < _HEADER.size:
        return None
    magic, version, channels, _, rate, frames, file_id = _HEADER.unpack_from(raw)
    if (magic, version, file_id.hex()) != (MAGIC, VERSION, keys.file_id) or not 0 < channels <= _MOST_CHANNELS:
        return None
    capacity = OUTLINE_POINTS * RECORDS_AT_ONCE * channels
    cipher, bound = AESGCM(keys.outline_key), hashlib.sha256(raw[: _HEADER.size]).digest()
    points, at, sequence = bytearray(), _HEADER.size, 0
    size = _HEAD.size + _NONCE_BYTES + capacity + _TAG_BYTES
    while at + size <= len(raw):
        head, nonce = raw[at : at + _HEAD.size], raw[at + _HEAD.size : at + _HEAD.size + _NONCE_BYTES]
        number, length = _HEAD.unpack(head)
        try:
            content = cipher.decrypt(nonce, raw[at + _HEAD.size + _NONCE_BYTES : at + size], bound + head)
        except InvalidTag:
            break
        if number != sequence or length > capacity:
            break
        points += content[:length]
        at, sequence = at + size, sequence + 1
    return Outline(SoundFormat(rate=rate, channels=channels, frames_per_record=frames), bytes(points)) if points else None
