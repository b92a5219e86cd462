"""The key files of interviews: one 32-byte key each, wrapped under the archive key, in `keys/`.

It keeps nothing in memory: keys are read from their files each time, so that a destroyed one is gone at once. It refuses
names that are not ids, and to overwrite a key that sound may be sealed with. Threads take turns at changing files: a key
that is being wrapped anew can't come back after it was destroyed.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from oralhistory import durable
from oralhistory.errors import Damaged, NotFound
from oralhistory.i18n import tr
from oralhistory.vault import keyslots, sealing
from oralhistory.vault.root import Roots

KEYS_FOLDER = "keys"
_SUFFIX = ".key"


class InterviewKeys:
    """Ids are 32 lowercase hex characters; ValueError for any other."""

    def __init__(self, folder: Path, archive_id: str, roots: Roots, entropy: Callable[[int], bytes]) -> None:
        self._folder = folder / KEYS_FOLDER
        self._archive_id = archive_id
        self._roots = roots
        self._entropy = entropy
        self._turn = threading.Lock()
        self._lent: Mapping[str, bytes] = {}

    def create(self, interview_id: str) -> bytes:
        """Make a key, store its file durably, and return the wrapped copy for the database.

        FileExistsError when the interview has one: sound may be sealed with it. StorageFailed when the disk refuses.
        """
        path = self._file(interview_id)
        if path.exists():
            raise FileExistsError("this interview has a key already")
        with self._turn:
            wrapped = self.another(interview_id)
            durable.make_folder(path.parent)
            durable.replace(path, wrapped)
        return wrapped

    def another(self, interview_id: str) -> bytes:
        """A new key, wrapped, that stands nowhere yet: for sealing the interview's sound anew."""
        key = self._entropy(sealing.KEY_BYTES)
        return sealing.seal(self._roots.newest.archive_key, key, self._binding(interview_id))

    def supersede(self, interview_id: str, wrapped: bytes) -> None:
        """Let `wrapped` be the interview's key; the one before it is overwritten. Repeatable. Damaged, StorageFailed."""
        self._unwrapped(interview_id, wrapped)
        path = self._file(interview_id)
        with self._turn:
            durable.make_folder(path.parent)
            put = durable.supersede if path.exists() else durable.replace
            put(path, wrapped)

    def restore(self, interview_id: str, wrapped: bytes) -> None:
        """Put back a lost or damaged key file from the database's copy.

        Damaged when the copy does not verify, or when a different key that verifies stands there: both stay.
        """
        path = self._file(interview_id)
        key = self._unwrapped(interview_id, wrapped)
        with self._turn:
            try:
                stands = self.key(interview_id)
            except (NotFound, Damaged):
                durable.make_folder(path.parent)
                durable.replace(path, wrapped)
                return
        if stands != key:
            raise Damaged(
                tr("The key file of an interview and its copy in the database are two different keys."),
                safe=tr("Both were left as they are."),
                todo=tr("Compare with a backup before going on."),
            )

    def destroy(self, interview_id: str) -> None:
        """Overwrite and remove the key file; repeating it after an interruption finishes it. StorageFailed."""
        self._roots.all()
        path = self._file(interview_id)
        with self._turn:
            durable.destroy(path)

    def key(self, interview_id: str) -> bytes:
        """The 32 bytes. NotFound when there is no file, Damaged when it does not verify, Locked."""
        if interview_id in self._lent:
            return self._unwrapped(interview_id, self._lent[interview_id])
        try:
            wrapped = self._file(interview_id).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(
                tr("The key of this interview is not there: it was destroyed, or its file was lost."),
                todo=tr("A lost key file is put back from the database."),
            ) from None
        except OSError as fault:
            raise _damaged() from fault
        return self._unwrapped(interview_id, wrapped)

    def files(self) -> dict[str, bytes]:
        """The content of every key file, by the interview's id; what cannot be read is left out."""
        found: dict[str, bytes] = {}
        for path in self._paths():
            with suppress(OSError):
                found[path.stem] = path.read_bytes()
        return found

    def lend(self, wrapped: Mapping[str, bytes]) -> None:
        """Open these interviews with wrapped keys that stand in no file: those of a backup, read where it is."""
        self._lent = dict(wrapped)

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        named = (path for path in sorted(self._folder.iterdir()) if path.suffix == _SUFFIX)
        return [path for path in named if keyslots.valid_id(path.stem)]

    def _left_behind(self) -> set[Path]:
        """Key files, there or not, beside which an interrupted change left something."""
        names = [path.name.partition(_SUFFIX) for path in self._folder.iterdir()] if self._folder.is_dir() else []
        return {self._file(stem) for stem, found, left in names if found and left and keyslots.valid_id(stem)}

    # --- a new archive key

    def rewrapped(self, interview_id: str, wrapped: bytes) -> bytes:
        """The database's copy under the newest archive key: from itself, or from the file when the copy is damaged.

        When neither opens it is given back as it is: there is nothing left to save, and nothing to lose. An empty copy is that
        of an interview whose destruction has begun, and stays empty.
        """
        if not wrapped:
            return wrapped
        try:
            key = self._unwrapped(interview_id, wrapped)
        except Damaged:
            try:
                key = self.key(interview_id)
            except (Damaged, NotFound):
                return wrapped
        return self._newest(interview_id, wrapped, key) or wrapped

    def rewrap_files(self) -> None:
        """Every key file under the newest archive key, what stood there overwritten; repeatable. StorageFailed.

        A file that does not verify stays as it is: the database's copy takes its place when the interview is used.
        """
        for path in self._left_behind():
            with self._turn:
                durable.tidy(path)
        with self._turn:
            fresh: dict[Path, bytes] = {}
            for path in self._paths():
                rewrapped = self._rewrapped_file(path)
                if rewrapped is not None:
                    fresh[path] = rewrapped
            durable.supersede_all(fresh)

    def _rewrapped_file(self, path: Path) -> bytes | None:
        """What the file shall hold; None when it stays as it is."""
        try:
            wrapped = path.read_bytes()
            fresh = self._newest(path.stem, wrapped, self._unwrapped(path.stem, wrapped))
        except (OSError, Damaged):
            return None
        if fresh is None:
            durable.tidy(path)
        return fresh

    def _newest(self, interview_id: str, wrapped: bytes, key: bytes) -> bytes | None:
        """`key` wrapped under the newest archive key, or None when `wrapped` is that already."""
        newest, bound = self._roots.newest.archive_key, self._binding(interview_id)
        return None if sealing.unseal(newest, wrapped, bound) is not None else sealing.seal(newest, key, bound)

    def _unwrapped(self, interview_id: str, wrapped: bytes) -> bytes:
        key = self._roots.unseal(wrapped, self._binding(interview_id))
        if key is None or len(key) != sealing.KEY_BYTES:
            raise _damaged()
        return key

    def _file(self, interview_id: str) -> Path:
        if not keyslots.valid_id(interview_id):
            raise ValueError("not the id of an interview")
        return self._folder / f"{interview_id}{_SUFFIX}"

    def _binding(self, interview_id: str) -> bytes:
        return sealing.bind("oralhistory interview key", self._archive_id.encode(), interview_id.encode())


def _damaged() -> Damaged:
    return Damaged(
        tr("The key file of an interview is damaged."),
        safe=tr("The recordings are untouched."),
        todo=tr("It can be put back from the database."),
    )
