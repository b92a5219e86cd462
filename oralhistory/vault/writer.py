"""Writing one sealed part: every record is on its way to the disk, in one write, when `append` returns.

It keeps a file descriptor and running hashes. It refuses a second life: a part is never re-opened for append, and after
a failed write or sync nothing more goes into it (the caller opens a new part and replays). The disk's own errors come
out as OSError, because the recorder decides by `errno` what to give up.
"""

import errno
import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oralhistory import durable
from oralhistory.domain.sound import Gap, PartSummary, SoundFormat
from oralhistory.vault import container
from oralhistory.vault.container import Final, Layout, RecordHead, RecordKind
from oralhistory.vault.partkeys import PartKeys


class PartWriter:
    """One thread appends; another may call `sync` at any time."""

    def __init__(self, path: Path, keys: PartKeys, sound: SoundFormat) -> None:
        """Create `path` (mode 0600) with both headers, durably. OSError (also when it exists); ValueError (format)."""
        header = keys.header(sound)
        self.path = path
        self.format = sound
        self._layout = Layout(header, sound)
        self._cipher = AESGCM(keys.data_key)
        self._sha = hashlib.sha256()
        self._chain = self._layout.digest
        self._sequence = 0
        self._frames = 0
        self._gaps: list[Gap] = []
        self._short = False  # a record that was not full ends the sound: seeking counts on it
        self._failed = False
        self._safe_frames = 0
        self._state = threading.Condition()  # guards the descriptor's life, never held during input or output
        self._open = True
        self._ending = False
        self._syncing = 0
        self._descriptor = _begin(path, header)

    def __repr__(self) -> str:
        return f"<PartWriter of {self._frames} frames>"

    @property
    def frames(self) -> int:
        """Frames handed to the system so far."""
        return self._frames

    @property
    def size(self) -> int:
        """Bytes of whole headers and records handed to the system so far."""
        return self._layout.offset(self._sequence)

    def append(self, pcm: bytes) -> None:
        """Seal whole frames, at most `frames_per_record`; only the last block may be shorter.

        OSError when the disk refuses, and the part takes no more; ValueError for a block of the wrong size.
        """
        self._refuse_unless_usable()
        frames, rest = divmod(len(pcm), self.format.bytes_per_frame)
        if rest or not 0 < frames <= self.format.frames_per_record:
            raise ValueError("a block holds whole frames, at most those of one record")
        if self._short:
            raise ValueError("a short block was the last one")
        self._record(RecordKind.DATA, pcm)
        self._sha.update(pcm)
        self._frames += frames
        self._short = frames < self.format.frames_per_record

    def gap(self, gap: Gap) -> None:
        """Note that sound is missing here. OSError as in `append`."""
        self._record(RecordKind.EVENT, container.pack_gap(gap))
        self._gaps.append(gap)

    def meta(self, note: bytes) -> None:
        """Seal a note of the recorder, at most the size of a record. OSError as in `append`."""
        if len(note) > self._layout.capacity:
            raise ValueError("a note fits into one record")
        self._record(RecordKind.META, note)

    def sync(self) -> int:
        """Wait until everything appended before this call is on the medium; the frames that are. OSError.

        May run in another thread while records are appended. After the end of the part it only reports.
        """
        with self._state:
            if self._ending or not self._open:
                return self._safe_frames
            self._syncing += 1
        frames = self._frames
        try:
            durable.sync_data(self._descriptor)
            self._safe_frames = max(self._safe_frames, frames)
        except OSError:
            self._failed = True
            raise
        finally:
            with self._state:
                self._syncing -= 1
                self._state.notify_all()
                self._close_if_idle()
        return frames

    def finish(self) -> PartSummary:
        """Write the final record, sync, close. OSError when the disk refuses: the part then counts as interrupted."""
        try:
            final = Final(self._sequence, self._frames, self._sha.digest(), self._chain)
            self._record(RecordKind.FINAL, final.pack())
            durable.sync_data(self._descriptor)
            with self._state:
                self._ending = True  # later syncs only report, or a busy caller would keep us waiting for ever
                # a sync under way may have been told of a lost page, and the system tells it only once
                self._state.wait_for(lambda: not self._syncing)
            self._refuse_unless_usable()
            self._safe_frames = self._frames
        finally:
            self.abandon()
        return PartSummary(self.format, self._frames, self._sha.hexdigest(), True, tuple(self._gaps), ())

    def abandon(self) -> None:
        """Close without a final record, never waiting for a stalled sync: what was appended stays readable."""
        with self._state:
            was_open, self._open = self._open, False
            if was_open:
                self._close_if_idle()

    def _close_if_idle(self) -> None:
        if not self._open and not self._syncing:
            os.close(self._descriptor)

    def _refuse_unless_usable(self) -> None:
        if not self._open:
            raise ValueError("this part has ended")
        if self._failed:
            raise OSError(errno.EIO, "an earlier write or sync of this part failed")

    def _record(self, kind: RecordKind, content: bytes) -> None:
        self._refuse_unless_usable()
        head = RecordHead(self._sequence, kind, self._frames, len(content), os.urandom(container.NONCE_BYTES))
        padded = content.ljust(self._layout.capacity, b"\0")
        sealed = self._cipher.encrypt(head.nonce, padded, self._layout.bound(head))
        try:
            durable.write_whole(self._descriptor, self._layout.pack_head(head) + sealed)
        except OSError:
            self._failed = True  # a torn record must stay the last
            raise
        self._chain = container.link(self._chain, sealed[-container.TAG_BYTES :])
        self._sequence += 1


def _begin(path: Path, header: bytes) -> int:
    descriptor = durable.create_exclusively(path)
    try:
        durable.write_whole(descriptor, header * 2)
        os.fsync(descriptor)
        durable.sync_data(descriptor)
        durable.sync_folder(path.parent)
    except OSError:
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()  # it holds nothing yet
        raise
    return descriptor
