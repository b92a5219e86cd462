"""Reading one sealed part: seeking by arithmetic, and accounting for every byte.

It keeps an open file and the cipher of that one part. It refuses to hand out anything that does not verify: a damaged
record reads as silence of the right length and is listed. Hostile bytes give `Damaged`, a missing file `NotFound`; a part
whose two headers are lost still opens, because records confirm the header that the ids and keys of the part give.
"""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oralhistory.domain.sound import Gap, PartSummary, SoundFormat
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.vault import container, keyslots, lost_header
from oralhistory.vault.container import DATA_START, HEADER_BYTES, RECORD_HEAD_BYTES, Header, Layout, RecordKind
from oralhistory.vault.partkeys import PartKeys
from oralhistory.vault.survey import Why
from oralhistory.vault.walk import Record, Walk

_FIRST_PLACES = 16
_LOOK_UP_EVERY = 64  # records


def file_ids(path: Path) -> tuple[str, ...]:
    """The ids the two header copies claim, each once; none when neither has the form of a header. NotFound, Damaged."""
    with _opened(path) as file:
        raw = _at(file, 0, DATA_START)
    headers = [container.parse_header(raw[start : start + HEADER_BYTES]) for start in (0, HEADER_BYTES)]
    return tuple(dict.fromkeys(header.file_id.hex() for header in headers if header is not None))


def holds_records(path: Path) -> bool:
    """Whether anything stands behind the headers: a part of which not even these reached the disk holds no sound."""
    try:
        return path.stat().st_size > DATA_START
    except OSError:
        return False


def _never() -> bool:
    return False


class PartReader:
    """One part as it was when opened; what a recorder appends later is not seen."""

    def __init__(self, path: Path, keys: PartKeys) -> None:
        """NotFound; Damaged when neither copy of the header is that of the keys, and no record confirms that it was."""
        self.path = path
        self.file_id = keys.file_id
        self._file = _opened(path)
        try:
            header, self._header_faults = _own_header(self._file, keys)
            self._size = os.fstat(self._file.fileno()).st_size
        except (Damaged, MalformedInput, OSError):
            self._file.close()
            raise
        self._lock = threading.Lock()
        if path.stem != self.file_id and keyslots.valid_id(path.stem):
            self._header_faults.append(f"the file is part {self.file_id} under the name of another (swapped or renamed)")
        self._layout = Layout(*header)
        self._cipher = AESGCM(keys.data_key)
        self._places, self._tail = self._layout.extent(self._size)
        self._shift = 0  # gap and other records before the sound last read: where to look first
        self._recent: tuple[int, bytes] = (-1, b"")
        self._walk: Walk | None = None
        self._summary: PartSummary | None = None
        self._frames, self.finished = self._end()
        """`finished`: a final record stands last. Whether it agrees with all the rest, `complete` says."""

    def __repr__(self) -> str:
        return f"<PartReader of {self._frames} frames>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def format(self) -> SoundFormat:
        return self._layout.format

    @property
    def frames(self) -> int:
        """Frames of the part, lost ones included when the final record or a later record accounts for them."""
        return self._frames

    @property
    def complete(self) -> bool:
        """Whether the final record stands and agrees with every record: walks the whole file once."""
        return self.summary().complete

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps noted while recording."""
        return tuple(self._walk.gaps() if self._walk else self._noted_gaps())

    @property
    def damaged(self) -> tuple[Gap, ...]:
        """Lost stretches of the whole part, once a `read` has met one or a `summary` was made."""
        return tuple(self._walk.damaged()) if self._walk else ()

    def read(self, first_frame: int, count: int) -> bytes:
        """PCM of up to `count` frames from `first_frame` (fewer at the end); silence where a record is lost."""
        if first_frame < 0 or count < 0:
            raise ValueError("frames count from 0")
        per_record, width = self.format.frames_per_record, self.format.bytes_per_frame
        pieces: list[bytes] = []
        position, end = first_frame, min(first_frame + count, self._frames)
        while position < end:
            number, skip = divmod(position, per_record)
            taken = min(per_record - skip, end - position)
            piece = self._sound(number)[skip * width : (skip + taken) * width]
            pieces.append(piece.ljust(taken * width, b"\0"))
            position += taken
        return b"".join(pieces)

    def blocks(self) -> Iterator[bytes]:
        """The whole part in order, one record's worth of PCM at a time."""
        per_record = self.format.frames_per_record
        for first in range(0, self._frames, per_record):
            yield self.read(first, per_record)

    def summary(self, cancelled: Callable[[], bool] = _never) -> PartSummary:
        """What the part holds and every fault in it: verifies the whole file, once. Cancelled soon after it is said."""
        if self._summary is None:
            walk = self._walked(cancelled)
            self._summary = walk.summary(self._tail, self._header_faults, self._content)
        return self._summary

    def notes(self) -> tuple[bytes, ...]:
        """What the recorder noted while recording, in order; reads the whole file if `summary` has not."""
        return self._walked().notes()

    def offset_of(self, frame: int) -> int | None:
        """Where in the file the record with this frame begins; None when it is lost."""
        slot = self._walked().index.get(frame // self.format.frames_per_record)
        return None if slot is None else self._layout.offset(slot)

    def opens_records(self) -> bool:
        """Whether one of the first records verifies, or there is none: tells the own header from a planted one."""
        first = range(min(self._places, _FIRST_PLACES))
        return not first or any(isinstance(self._record(slot), Record) for slot in first)

    def _end(self) -> tuple[int, bool]:
        """Frames, and whether a final record stands last: from the last record, or a walk if that is not in place."""
        if self._places == 0:
            return 0, False
        last = self._record(self._places - 1)
        if isinstance(last, Why) or last.head.sequence != self._places - 1:
            return self._walked().frames, False
        finished = last.head.kind == RecordKind.FINAL and not self._tail
        sound = len(last.content) // self.format.bytes_per_frame if last.head.kind == RecordKind.DATA else 0
        return last.head.first_frame + sound, finished

    def _walked(self, cancelled: Callable[[], bool] = _never) -> Walk:
        if self._walk is None:
            walk = Walk(self._layout)
            for slot in range(self._places):
                if slot % _LOOK_UP_EVERY == 0 and cancelled():
                    raise Cancelled(tr("The check was stopped."), safe=tr("Nothing was changed."))
                walk.see(slot, self._record(slot))
            self._walk, self._frames = walk, walk.frames
        return self._walk

    def _sound(self, number: int) -> bytes:
        """PCM of data record `number`; empty when it is lost."""
        if self._recent[0] != number:
            self._recent = number, self._found_sound(number)
        return self._recent[1]

    def _found_sound(self, number: int) -> bytes:
        if self._walk is None:
            for where in (self._shifted, self._searched):
                slot = where(number)
                found = self._record(slot)
                if isinstance(found, Record) and self._is_sound(found, number):
                    self._shift = slot - number
                    return found.content
        slot_or_none = self._walked().index.get(number)
        return b"" if slot_or_none is None else self._content(slot_or_none)

    def _is_sound(self, found: Record, number: int) -> bool:
        wanted = number * self.format.frames_per_record
        return found.head.kind == RecordKind.DATA and found.head.first_frame == wanted

    def _shifted(self, number: int) -> int:
        return number + self._shift

    def _searched(self, number: int) -> int:
        """The last place whose head claims to begin at or before the wanted frame; damaged heads may mislead it."""
        wanted = number * self.format.frames_per_record
        low, high = min(number, self._places - 1), self._places - 1
        while low < high:
            middle = (low + high + 1) // 2
            parsed = self._layout.parse_head(self._bytes(middle, RECORD_HEAD_BYTES))
            if parsed is not None and parsed[0].first_frame <= wanted:
                low = middle
            else:
                high = middle - 1
        return low

    def _noted_gaps(self) -> list[Gap]:
        data_records = -(-self._frames // self.format.frames_per_record)
        if self._places == data_records + self.finished:
            return []
        noted = Walk(self._layout)
        for slot in range(self._places):
            parsed = self._layout.parse_head(self._bytes(slot, RECORD_HEAD_BYTES))
            if parsed is None or parsed[0].sequence != slot:
                return self._walked().gaps()
            if parsed[0].kind == RecordKind.EVENT:
                noted.see(slot, self._record(slot))
        return noted.gaps()

    def _content(self, slot: int) -> bytes:
        found = self._record(slot)
        return found.content if isinstance(found, Record) else b""

    def _record(self, slot: int) -> Record | Why:
        """The record in a place if it verifies as one of this file, wherever it was written to."""
        raw = self._bytes(slot, self._layout.record_bytes)
        if len(raw) != self._layout.record_bytes:
            return Why.UNREADABLE
        parsed = self._layout.parse_head(raw)
        if parsed is None:
            return Why.FOREIGN if self._layout.foreign(raw[: len(self._layout.sync)]) else Why.DAMAGED
        head, sync = parsed
        try:
            padded = self._cipher.decrypt(head.nonce, raw[RECORD_HEAD_BYTES:], self._layout.bound(head))
        except InvalidTag:
            return Why.FOREIGN if self._layout.foreign(sync) else Why.DAMAGED
        tag = raw[-container.TAG_BYTES :]
        return Record(head, padded[: head.length], tag, mended=sync != self._layout.sync)

    def _bytes(self, slot: int, count: int) -> bytes:
        if not 0 <= slot < self._places:
            return b""
        with self._lock:
            return _at(self._file, self._layout.offset(slot), count)


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():  # a pipe or device put in its place would block
        raise NotFound(tr("A sound file of the archive is not there."))
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        raise NotFound(tr("A sound file of the archive is not there.")) from None
    except OSError as fault:
        raise _no_header() from fault


def _at(file: BinaryIO, offset: int, count: int) -> bytes:
    """Up to `count` bytes; fewer where the file ends or the disk does not give them back."""
    try:
        file.seek(offset)
        return file.read(count) or b""
    except OSError:
        return b""


def _own_header(file: BinaryIO, keys: PartKeys) -> tuple[tuple[bytes, SoundFormat], list[str]]:
    """The copy that verifies under the keys (as bytes and format), and what is wrong with the other one, or with both."""
    own: tuple[bytes, SoundFormat] | None = None
    raw = _at(file, 0, DATA_START)
    faults: list[str] = []
    for copy in (1, 2):
        part = raw[(copy - 1) * HEADER_BYTES : copy * HEADER_BYTES]
        if container.is_newer(part, keys.header_mac_key):
            raise _newer()
        header = container.parse_header(part)
        if header is not None and container.header_verifies(part, keys.header_mac_key) and _names(header, keys):
            own = own or (part, header.format)
        elif len(part) < HEADER_BYTES:
            faults.append(f"header copy {copy} is torn off")
        elif header is not None and container.strange(header.file_id, bytes.fromhex(keys.file_id)):
            faults.append(f"header copy {copy} is foreign (of another file)")
        else:
            faults.append(f"header copy {copy} is damaged")
    if own is None:
        own = lost_header.remade(keys, lambda offset, count: _at(file, offset, count))
        faults.append("both headers are lost: the records confirm the one that belongs to the name of the file")
    if own is None:
        raise _no_header()
    return own, faults


def _names(header: Header, keys: PartKeys) -> bool:
    named = (header.archive_id.hex(), header.interview_id.hex(), header.file_id.hex(), header.key_check)
    return named == (keys.archive_id, keys.interview_id, keys.file_id, keys.key_check)


def _newer() -> MalformedInput:
    return MalformedInput(
        tr("A newer version of the program recorded this sound."),
        safe=tr("The file was not changed."),
        todo=tr("Open it with the newer version."),
    )


def _no_header() -> Damaged:
    return Damaged(
        tr("This sound file does not open with its key: it belongs elsewhere, or both its headers are damaged."),
        safe=tr("The file was not changed."),
    )
