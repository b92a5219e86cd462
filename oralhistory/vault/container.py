"""The layout of a sealed sound file (`.oha`): two copies of a header, then records of one size, then nothing.

Pure packing and parsing, no files and no ciphers, so that a stand-alone reader can be made of it. Integers are
little-endian.

    header (4096 B, twice)  magic 8 | version u16 | alg u8 | archive id 16 | interview id 16 | file id 16 | rate u32
                            | channels u8 | bits u8 | frames per record u32 | key check 16 | zeros | HMAC-SHA256 32
    record                  sync 8 | seq u32 | kind u32 | first frame u64 | length u32 | nonce 12 | ciphertext | tag 16
    sync                    "OHR\\n" | first 4 bytes of SHA-256(header): tells a record of another file from
                            a damaged one
    additional data         SHA-256(header) | record header

The content of a record is padded with zeros to one capacity before sealing: sizes on disk say nothing about speech.
It refuses every byte string that does not have this form, by returning None.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from enum import IntEnum

from oralhistory.domain.sound import Gap, GapReason, SoundFormat

MAGIC = b"\x93OHAUD\r\n"
VERSION = 1
AES_256_GCM = 1
HEADER_BYTES = 4096
DATA_START = 2 * HEADER_BYTES
NONCE_BYTES = 12
TAG_BYTES = 16

_HEADER = struct.Struct("<8sHB16s16s16sIBBI16s")
_RECORD = struct.Struct("<8sIIQI12s")
_FINAL = struct.Struct("<QQ32s32s")
_GAP = struct.Struct("<BQQB")
_MAC_BYTES = 32
SYNC_START = b"OHR\n"
SYNC_BYTES = 8
_GAP_EVENT = 0
_LEAST_CAPACITY = 128  # a final record must fit, whatever the frames per record
MOST_CAPACITY = 1 << 24

RECORD_HEAD_BYTES = _RECORD.size


class RecordKind(IntEnum):
    """What a record holds: PCM; a gap or an event of the device; free notes of the recorder; the end."""

    DATA = 0
    EVENT = 1
    META = 2
    FINAL = 4


@dataclass(frozen=True, slots=True)
class Header:
    """What every file says of itself, readable without a key. Ids and key check have 16 bytes."""

    archive_id: bytes
    interview_id: bytes
    file_id: bytes
    key_check: bytes
    format: SoundFormat

    def pack(self, mac_key: bytes) -> bytes:
        """The 4096 bytes of one copy. ValueError for a format the container does not hold."""
        sound = self.format
        if not _holds(sound):
            raise ValueError("the container does not hold this sound format")
        body = _HEADER.pack(
            MAGIC,
            VERSION,
            AES_256_GCM,
            self.archive_id,
            self.interview_id,
            self.file_id,
            sound.rate,
            sound.channels,
            sound.bits,
            sound.frames_per_record,
            self.key_check,
        ).ljust(HEADER_BYTES - _MAC_BYTES, b"\0")
        return body + hmac.digest(mac_key, body, "sha256")


def parse_header(raw: bytes) -> Header | None:
    """The header in one copy of 4096 bytes, its form checked but not its HMAC."""
    if len(raw) != HEADER_BYTES:
        return None
    magic, version, algorithm, archive, interview, file, rate, channels, bits, frames, check = _HEADER.unpack_from(raw)
    sound = SoundFormat(rate=rate, channels=channels, bits=bits, frames_per_record=frames)
    if (magic, version, algorithm) != (MAGIC, VERSION, AES_256_GCM) or not _holds(sound):
        return None
    return Header(archive_id=archive, interview_id=interview, file_id=file, key_check=check, format=sound)


def is_newer(raw: bytes, mac_key: bytes) -> bool:
    """Whether a newer version of the program wrote this copy: magic, version and HMAC stand where they stand in every one."""
    if len(raw) != HEADER_BYTES:
        return False
    magic, version, *_ = _HEADER.unpack_from(raw)
    return bool(magic == MAGIC and version > VERSION and header_verifies(raw, mac_key))


def header_verifies(raw: bytes, mac_key: bytes) -> bool:
    """Whether all 4096 bytes are as they were written by a holder of the key."""
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    return hmac.compare_digest(mac, hmac.digest(mac_key, body, "sha256"))


def strange(found: bytes, expected: bytes) -> bool:
    """Whether an identifier is another one rather than this one damaged: more than half of its bytes differ."""
    return 2 * sum(a != b for a, b in zip(found, expected, strict=True)) > len(expected)


def _holds(sound: SoundFormat) -> bool:
    return (
        0 < sound.rate <= 768_000
        and 0 < sound.channels <= 32
        and sound.bits in (16, 24, 32)
        and sound.frames_per_record > 0
        and sound.frames_per_record * sound.bytes_per_frame <= MOST_CAPACITY
    )


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The readable part of a record. `first_frame` is the part's next frame when it was written; `length` in bytes."""

    sequence: int
    kind: int
    first_frame: int
    length: int
    nonce: bytes


class Layout:
    """Where the records of one file lie, and how they look."""

    def __init__(self, header: bytes, sound: SoundFormat) -> None:
        """`header` is one copy as written, 4096 bytes."""
        self.digest = hashlib.sha256(header).digest()
        self.format = sound
        self.capacity = max(sound.frames_per_record * sound.bytes_per_frame, _LEAST_CAPACITY)
        self.record_bytes = RECORD_HEAD_BYTES + self.capacity + TAG_BYTES
        self.sync = SYNC_START + self.digest[: SYNC_BYTES - len(SYNC_START)]

    def offset(self, slot: int) -> int:
        """Where the record in place `slot` begins."""
        return DATA_START + slot * self.record_bytes

    def extent(self, size: int) -> tuple[int, int]:
        """How many whole records a file of `size` bytes has room for, and how many bytes follow them."""
        return divmod(max(0, size - DATA_START), self.record_bytes)

    def pack_head(self, head: RecordHead) -> bytes:
        return _RECORD.pack(self.sync, head.sequence, head.kind, head.first_frame, head.length, head.nonce)

    def bound(self, head: RecordHead) -> bytes:
        """The additional data a record is sealed with: this file, this place, this kind, this length."""
        return self.digest + self.pack_head(head)

    def parse_head(self, raw: bytes) -> tuple[RecordHead, bytes] | None:
        """The head a record claims and the sync it carries (perhaps another file's)."""
        if len(raw) < RECORD_HEAD_BYTES:
            return None
        sync, sequence, kind, first_frame, length, nonce = _RECORD.unpack_from(raw)
        if length > self.capacity:
            return None
        return RecordHead(sequence, kind, first_frame, length, nonce), sync

    def foreign(self, sync: bytes) -> bool:
        """Whether a sync is that of a record of another file."""
        return sync[:4] == SYNC_START and strange(sync[4:], self.sync[4:])


@dataclass(frozen=True, slots=True)
class Final:
    """What the last record vouches for: records before it, frames, SHA-256 of all PCM, chain over all tags."""

    records: int
    frames: int
    sha256: bytes
    chain: bytes

    def pack(self) -> bytes:
        return _FINAL.pack(self.records, self.frames, self.sha256, self.chain)


def parse_final(payload: bytes) -> Final | None:
    return Final(*_FINAL.unpack(payload)) if len(payload) == _FINAL.size else None


def link(chain: bytes, tag: bytes) -> bytes:
    """The hash chain over record tags, one step on; it begins with SHA-256(header)."""
    return hashlib.sha256(chain + tag).digest()


_REASONS = (
    GapReason.PAUSED, GapReason.OFF_THE_RECORD, GapReason.OVERRUN, GapReason.DEVICE, GapReason.DAMAGED, GapReason.ASLEEP,
    GapReason.SILENT, GapReason.CHANGED, GapReason.REMOVED,
)  # fmt: skip
"""A reason's place is its number in the file: new ones go to the end."""



def pack_gap(gap: Gap) -> bytes:
    return _GAP.pack(_GAP_EVENT, gap.frame, gap.lost_frames, _REASONS.index(gap.reason))


def parse_gap(payload: bytes) -> Gap | None:
    """The gap in an event record; None for other events."""
    if len(payload) != _GAP.size:
        return None
    event, frame, lost, reason = _GAP.unpack(payload)
    return Gap(frame, lost, _REASONS[reason]) if event == _GAP_EVENT and reason < len(_REASONS) else None
