"""The keys of one unlocked archive, and what they open.

It keeps the archive key in memory and nothing else: interview keys are read from their files each time, so that a
destroyed one is gone at once. It refuses everything once closed, names that are not ids, and to overwrite a key that
sound may be sealed with.
"""

import re
from collections.abc import Callable
from os import urandom
from pathlib import Path
from typing import NoReturn

from oralhistory.domain import ports
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Damaged, Locked, NotFound
from oralhistory.i18n import tr
from oralhistory.vault import durable, keyslots, sealing
from oralhistory.vault.partkeys import PartKeys
from oralhistory.vault.reader import PartReader, file_ids
from oralhistory.vault.writer import PartWriter

KEYS_FOLDER = "keys"

_PURPOSE = re.compile(r"[a-z0-9][a-z0-9 ._:/-]{0,99}")
_FILE_ID_BYTES = 16


class KeyRing:
    """Unlocked. Ids are 32 lowercase hex characters; ValueError for any other."""

    def __init__(
        self,
        folder: Path,
        archive_id: str,
        archive_key: bytes,
        opened_by: str,
        *,
        entropy: Callable[[int], bytes] = urandom,
    ) -> None:
        """`opened_by` is the id of the key slot that gave the archive key: whose passphrase it was."""
        self.folder = folder
        self.archive_id = archive_id
        self.opened_by = opened_by
        self._archive_key = bytearray(archive_key)
        self._entropy = entropy

    def __repr__(self) -> str:
        return f"<KeyRing {'open' if self._archive_key else 'closed'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an unlocked archive does not leave its process")

    def close(self) -> None:
        """Drop the key, overwriting our copy (Python may have made others: locking a window re-executes it)."""
        self._archive_key[:] = bytes(len(self._archive_key))
        self._archive_key.clear()

    def archive_key(self) -> bytes:
        """The key every other key is wrapped under. For the key slots alone. Locked after `close`."""
        if not self._archive_key:
            raise Locked(tr("The archive is locked."), todo=tr("Unlock it with your passphrase."))
        return bytes(self._archive_key)

    def database_key(self) -> bytes:
        """32 bytes. Damaged when `keyslots.json` no longer holds them."""
        return keyslots.unwrap_database_key(self.archive_key(), self._authentic_slots())

    def slots_digest(self) -> str:
        """64 hex characters over the key slots, kept in the database too: a slot list put back from before differs."""
        return self._authentic_slots().mac

    def _authentic_slots(self) -> keyslots.KeySlots:
        stored = keyslots.read(self.folder)
        if stored.archive_id != self.archive_id or not stored.verifies(self.archive_key()):
            raise keyslots.damaged()
        return stored

    # --- the key of an interview

    def create_interview_key(self, interview_id: str) -> bytes:
        """Make a key, store its file durably, and return the wrapped copy for the database.

        FileExistsError when the interview has one: sound may be sealed with it. StorageFailed when the disk refuses.
        """
        path = self._key_file(interview_id)
        if path.exists():
            raise FileExistsError("this interview has a key already")
        wrapped = sealing.seal(self.archive_key(), self._entropy(sealing.KEY_BYTES), self._key_binding(interview_id))
        self._store(path, wrapped)
        return wrapped

    def restore_interview_key(self, interview_id: str, wrapped: bytes) -> None:
        """Put back a lost or damaged key file from the database's copy.

        Damaged when the copy does not verify, or when a different key that verifies stands there: both stay.
        """
        path = self._key_file(interview_id)
        key = self._unwrapped(interview_id, wrapped)
        try:
            stands = self._interview_key(interview_id)
        except (NotFound, Damaged):
            self._store(path, wrapped)
            return
        if stands != key:
            raise Damaged(
                tr("The key file of an interview and its copy in the database are two different keys."),
                safe=tr("Both were left as they are."),
                todo=tr("Compare with a backup before going on."),
            )

    def has_interview_key(self, interview_id: str) -> bool:
        """Whether the key file is there (not whether it verifies)."""
        return self._key_file(interview_id).is_file()

    def destroy_interview_key(self, interview_id: str) -> None:
        """Overwrite and remove the key file; repeating it after an interruption finishes it. StorageFailed."""
        self.archive_key()
        durable.destroy(self._key_file(interview_id))

    def _interview_key(self, interview_id: str) -> bytes:
        try:
            wrapped = self._key_file(interview_id).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(
                tr("The key of this interview is not there: it was destroyed, or its file was lost."),
                todo=tr("A lost key file is put back from the database."),
            ) from None
        except OSError as fault:
            raise _damaged_key() from fault
        return self._unwrapped(interview_id, wrapped)

    def _unwrapped(self, interview_id: str, wrapped: bytes) -> bytes:
        key = sealing.unseal(self.archive_key(), wrapped, self._key_binding(interview_id))
        if key is None or len(key) != sealing.KEY_BYTES:
            raise _damaged_key()
        return key

    def _key_file(self, interview_id: str) -> Path:
        if not keyslots.valid_id(interview_id):
            raise ValueError("not the id of an interview")
        return self.folder / KEYS_FOLDER / f"{interview_id}.key"

    def _key_binding(self, interview_id: str) -> bytes:
        return sealing.bind("oralhistory interview key", self.archive_id.encode(), interview_id.encode())

    def _store(self, path: Path, wrapped: bytes) -> None:
        durable.make_folder(path.parent)
        durable.replace(path, wrapped)

    # --- what the key of an interview opens

    def part_keys(self, interview_id: str, count: int) -> list[PartKeys]:
        """Keys of `count` parts that do not exist yet, each with a random file id. NotFound, Damaged."""
        key = self._interview_key(interview_id)
        fresh = (self._entropy(_FILE_ID_BYTES).hex() for _ in range(count))
        return [PartKeys.derived(key, self.archive_id, interview_id, file_id) for file_id in fresh]

    def create_part(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> PartWriter:
        """A new `.oha` file at `path`, to be written once. OSError when the disk refuses or the file exists."""
        return PartWriter(path, PartKeys.from_json(keys.to_json()), sound)

    def open_part(self, interview_id: str, path: Path) -> PartReader:
        """A sealed part of this interview. NotFound (key or file), Damaged when no header of it is ours.

        Of two headers that both verify but differ, the one that opens the records is the file's own.
        """
        key = self._interview_key(interview_id)
        stranger: PartReader | None = None
        for file_id in file_ids(path):
            try:
                reader = PartReader(path, PartKeys.derived(key, self.archive_id, interview_id, file_id))
            except Damaged:
                continue
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

    def _purpose(self, interview_id: str, purpose: str) -> tuple[bytes, bytes]:
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError("a purpose is a short lowercase name")
        bound = sealing.bind("oralhistory companion", self.archive_id.encode(), interview_id.encode(), purpose.encode())
        return sealing.derive(self._interview_key(interview_id), b"", bound), bound


def _damaged_key() -> Damaged:
    return Damaged(
        tr("The key file of an interview is damaged."),
        safe=tr("The recordings are untouched."),
        todo=tr("It can be put back from the database."),
    )
