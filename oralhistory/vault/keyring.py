"""The keys of one unlocked archive, and what they open.

It keeps the archive key in memory (two while a new one is being brought in) and nothing else. It refuses everything once
closed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from os import urandom
from pathlib import Path
from typing import NoReturn

from oralhistory import durable
from oralhistory.domain import ports
from oralhistory.domain.sound import OUTLINE_POINTS, Outline, SoundFormat
from oralhistory.errors import Damaged, MalformedInput
from oralhistory.i18n import tr
from oralhistory.vault import keyslots, sealing
from oralhistory.vault import renewal as renewing
from oralhistory.vault.interviewkeys import InterviewKeys
from oralhistory.vault.outline import OutlineWriter, read_outline
from oralhistory.vault.partkeys import PartKeys
from oralhistory.vault.reader import PartReader, file_ids, holds_records
from oralhistory.vault.root import Root, Roots
from oralhistory.vault.writer import PartWriter

_PURPOSE = re.compile(r"[a-z0-9][a-z0-9 ._:/-]{0,99}")
_FILE_ID_BYTES = 16


class KeyRing:
    """Unlocked. Ids are 32 lowercase hex characters; ValueError for any other."""

    def __init__(
        self,
        folder: Path,
        archive_id: str,
        roots: Sequence[Root],
        opened_by: str,
        *,
        entropy: Callable[[int], bytes] = urandom,
    ) -> None:
        """`opened_by` is the id of the key slot that gave the `roots` (the newest first): whose passphrase it was."""
        self.folder = folder
        self.archive_id = archive_id
        self.opened_by = opened_by
        self._roots = Roots(roots)
        self._entropy = entropy
        self._interviews = InterviewKeys(folder, archive_id, self._roots, entropy)

    def __repr__(self) -> str:
        return f"<KeyRing of {self._roots!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an unlocked archive does not leave its process")

    def close(self) -> None:
        """Drop the keys. Closing twice does nothing."""
        self._roots.close()

    def root(self) -> Root:
        """What every other key is sealed under. For the key slots alone. Locked after `close`."""
        return self._roots.newest

    def database_keys(self) -> Sequence[bytes]:
        """32 bytes each: the one the database opens with; while a renewal is unfinished, also the one it may open with.

        The list is not verified for it: a wrong key opens nothing, and the database says what the list must be. Damaged
        when `keyslots.json` no longer holds them.
        """
        stored = self._own_slots()
        lists = [stored] if stored.begun is None or len(self._roots.all()) == 1 else [stored, stored.begun]
        return [one.database_key(self._roots.all()) for one in lists]

    def slot_list(self) -> ports.SlotList:
        """The list that stands. Damaged when nobody with this archive's secrets wrote it; Locked."""
        stored = self.authentic_slots()
        return ports.SlotList(stored.mac, stored.revision, keyslots.encoded(stored))

    def slots_digest(self) -> str:
        """64 hex characters over the key slots, kept in the database too: a slot list put back from before differs."""
        return self.authentic_slots().mac

    def authentic_slots(self) -> keyslots.KeySlots:
        """The stored list, only if a holder of this archive's secrets wrote it. Damaged, Locked."""
        stored = self._own_slots()
        if not stored.verifies(self._roots.all()):
            raise keyslots.damaged()
        return stored

    def tidy(self) -> None:
        """Destroy what interrupted changes of the slots left beside the list; for who holds the archive. StorageFailed."""
        durable.tidy(self.folder / keyslots.FILE_NAME)

    def put_back(self, content: bytes) -> None:
        """Let a list stand that `slot_list` gave before. Damaged when it does not verify; StorageFailed."""
        remembered = keyslots.decoded(content)
        if remembered.archive_id != self.archive_id or not remembered.verifies(self._roots.all()):
            raise keyslots.damaged()
        keyslots.write(self.folder, remembered)

    def _own_slots(self) -> keyslots.KeySlots:
        stored = keyslots.read(self.folder)
        if stored.archive_id != self.archive_id:
            raise keyslots.damaged()
        return stored

    def slots_file(self) -> bytes:
        """The content of the file with the key slots, only if a holder of this archive's secrets wrote it. Damaged."""
        try:
            raw = (self.folder / keyslots.FILE_NAME).read_bytes()
        except OSError as fault:
            raise keyslots.damaged() from fault
        stored = keyslots.decoded(raw)
        if stored.archive_id != self.archive_id or not stored.verifies(self._roots.all()):
            raise keyslots.damaged()
        return raw

    # --- a new archive key

    def renewal(self) -> renewing.Renewal:
        """Begin to bring in a new archive key; nothing is written yet. StorageFailed when another one is unfinished."""
        return renewing.begin(self.folder, self.authentic_slots(), self._roots, self._interviews)

    def unfinished_renewal(self) -> renewing.Renewal | None:
        """The renewal that was interrupted, to be gone on with."""
        stored = self.authentic_slots()
        return None if stored.begun is None else renewing.Renewal(self.folder, stored, self._roots, self._interviews)

    # --- the key of an interview

    def create_interview_key(self, interview_id: str) -> bytes:
        """Make a key, store its file durably, and return the wrapped copy for the database.

        FileExistsError when the interview has one: sound may be sealed with it. StorageFailed when the disk refuses.
        """
        return self._interviews.create(interview_id)

    def restore_interview_key(self, interview_id: str, wrapped: bytes) -> None:
        """Put back a lost or damaged key file from the database's copy.

        Damaged when the copy does not verify, or when a different key that verifies stands there: both stay.
        """
        self._interviews.restore(interview_id, wrapped)

    def destroy_interview_key(self, interview_id: str) -> None:
        """Overwrite and remove the key file; repeating it after an interruption finishes it. StorageFailed."""
        self._interviews.destroy(interview_id)

    def key_files(self) -> Mapping[str, bytes]:
        """Every interview's wrapped key as its file holds it, by the interview's id."""
        return self._interviews.files()

    def lend_interview_keys(self, wrapped: Mapping[str, bytes]) -> None:
        """Open these interviews with wrapped keys that stand in no file: those of a backup, read where it is."""
        self._interviews.lend(wrapped)

    def another_interview_key(self, interview_id: str) -> bytes:
        """A new key for an interview that has one, wrapped for the database; it counts when `supersede_interview_key` says so."""
        return self._interviews.another(interview_id)

    def with_interview_keys(self, wrapped: Mapping[str, bytes]) -> "KeyRing":
        """A ring of its own that opens and seals these interviews with other keys than stand in their files; close it."""
        ring = KeyRing(self.folder, self.archive_id, self._roots.all(), self.opened_by, entropy=self._entropy)
        ring.lend_interview_keys(wrapped)
        return ring

    def supersede_interview_key(self, interview_id: str, wrapped: bytes) -> None:
        """Let `wrapped` be the interview's key; the one before is overwritten. Repeatable. Damaged, StorageFailed."""
        self._interviews.supersede(interview_id, wrapped)

    # --- what the key of an interview opens

    def part_keys(self, interview_id: str, count: int) -> list[PartKeys]:
        """Keys of `count` parts that do not exist yet, each with a random file id. NotFound, Damaged."""
        key = self._interviews.key(interview_id)
        fresh = (self._entropy(_FILE_ID_BYTES).hex() for _ in range(count))
        return [PartKeys.derived(key, self.archive_id, interview_id, file_id) for file_id in fresh]

    def create_part(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> PartWriter:
        """A new `.oha` file at `path`, to be written once. OSError when the disk refuses or the file exists."""
        return PartWriter(path, PartKeys.from_json(keys.to_json()), sound)

    def open_part(self, interview_id: str, path: Path) -> PartReader:
        """A sealed part of this interview.

        NotFound (key or file), Damaged when nothing in it is ours, MalformedInput when a newer version wrote it.

        Of two headers that both verify but differ, the one that opens the records is the file's own; where both are lost
        or foreign, the name of the file says which part it is.
        """
        key = self._interviews.key(interview_id)
        stranger: PartReader | None = None
        named = (path.stem,) if keyslots.valid_id(path.stem) else ()
        for file_id in dict.fromkeys((*file_ids(path), *named)):
            try:
                reader = PartReader(path, PartKeys.derived(key, self.archive_id, interview_id, file_id))
            except Damaged:
                continue
            except MalformedInput:
                if stranger is not None:
                    stranger.close()
                raise
            if reader.opens_records():
                if stranger is not None:
                    stranger.close()
                return reader
            if stranger is None:
                stranger = reader
            else:
                reader.close()
        if stranger is not None:
            return stranger
        raise Damaged(
            tr("This sound file does not belong to the interview, or both copies of its header are damaged."),
            safe=tr("The file was not changed."),
        )

    def holds_records(self, path: Path) -> bool:
        """Whether a sealed file has anything behind its headers, readable or not."""
        return holds_records(path)

    def cut_part(self, interview_id: str, path: Path, frames: int) -> None:
        """Cut a part that broke off to its first `frames` frames (whole records). OSError; else as `open_part`."""
        with self.open_part(interview_id, path) as part:
            offset = part.offset_of(frames)
        if offset is not None:
            with path.open("r+b") as file:
                file.truncate(offset)
                durable.sync_data(file.fileno())

    def read_outline(self, interview_id: str, part: Path) -> Outline | None:
        """The outline that was recorded beside a part, as far as it verifies; None when there is none. NotFound (key)."""
        if not keyslots.valid_id(part.stem):
            return None
        key = self._interviews.key(interview_id)
        return read_outline(part, PartKeys.derived(key, self.archive_id, interview_id, part.stem))

    def write_outline(self, keys: ports.PartKeys, part: Path, outline: Outline) -> None:
        """Seal an outline beside the part at `part`, which has these keys. OSError, also when one stands there."""
        writer = OutlineWriter(part, PartKeys.from_json(keys.to_json()), outline.format)
        step = OUTLINE_POINTS * outline.format.channels
        for start in range(0, len(outline.points), step):
            writer.append(outline.points[start : start + step])
        writer.finish()

    def seal(self, interview_id: str, purpose: str, data: bytes) -> bytes:
        """Seal a small companion of the interview (peaks, an attachment); `purpose` names it. NotFound, Damaged."""
        key, bound = self._purpose(interview_id, purpose)
        return sealing.seal(key, data, bound)

    def unseal(self, interview_id: str, purpose: str, sealed: bytes) -> bytes:
        """What `seal` was given for the same interview and purpose. Damaged when it does not verify; NotFound (key)."""
        key, bound = self._purpose(interview_id, purpose)
        data = sealing.unseal(key, sealed, bound)
        if data is None:
            raise Damaged(tr("A sealed file does not verify: it is damaged or belongs elsewhere."))
        return data

    def seal_own(self, purpose: str, data: bytes) -> bytes:
        """Seal something of the archive as a whole, under the archive key; `purpose` names it. Locked."""
        bound = self._own(purpose)
        return sealing.seal(sealing.derive(self._roots.newest.archive_key, b"", bound), data, bound)

    def unseal_own(self, purpose: str, sealed: bytes) -> bytes:
        """What `seal_own` was given for this archive and purpose, under the same archive key. Damaged, Locked."""
        bound = self._own(purpose)
        for root in self._roots.all():
            data = sealing.unseal(sealing.derive(root.archive_key, b"", bound), sealed, bound)
            if data is not None:
                return data
        raise Damaged(tr("A sealed file does not verify: it is damaged or belongs elsewhere."))

    def _own(self, purpose: str) -> bytes:
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError("a purpose is a short lowercase name")
        return sealing.bind("oralhistory of the archive", self.archive_id.encode(), purpose.encode())

    def _purpose(self, interview_id: str, purpose: str) -> tuple[bytes, bytes]:
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError("a purpose is a short lowercase name")
        bound = sealing.bind("oralhistory companion", self.archive_id.encode(), interview_id.encode(), purpose.encode())
        return sealing.derive(self._interviews.key(interview_id), b"", bound), bound

