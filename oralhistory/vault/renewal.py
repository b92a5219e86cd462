"""A new archive key, brought in step by step so that a crash between any two of them loses neither key nor data.

Every slot keeps its key pair: the new key is sealed to its public key, so nobody's passphrase is needed. What is sealed
under the archive key (the database key, the interviews' keys) is wrapped anew; the list that led to the old key is
overwritten last. It refuses to begin while another one is unfinished, and to go on with one that somebody without the
archive's secrets wrote into the list.
"""

from pathlib import Path

from oralhistory import durable
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.vault import keyslots, slots
from oralhistory.vault.interviewkeys import InterviewKeys
from oralhistory.vault.keyslots import KeySlots
from oralhistory.vault.root import Root, Roots


class Renewal:
    """Steps in their order: `write`, the database's key and copies, `rewrap_files`, `finish`. Each may be repeated."""

    def __init__(
        self, folder: Path, pending: KeySlots, roots: Roots, interviews: InterviewKeys, fresh: Root | None = None
    ) -> None:
        """`fresh` is the new root, unless `roots` knows it already because the renewal was begun before."""
        assert pending.begun is not None
        self._folder = folder
        self._pending = pending
        self._final = pending.begun
        self._roots = roots
        self._interviews = interviews
        self._fresh = fresh

    @property
    def digests(self) -> tuple[str, str]:
        """Of the list while the renewal is unfinished, and of the list afterwards: what the database must expect."""
        return self._pending.mac, self._final.mac

    def database_key(self) -> bytes:
        """The 32 bytes the database is to open with."""
        return self._final.database_key(self._roots.all())

    def write(self) -> None:
        """From here on an unlock goes on with it: the list leads to both keys, and the new one seals. StorageFailed."""
        if self._fresh is None:
            return
        try:
            keyslots.write(self._folder, self._pending)
        finally:  # a disk that failed after the name was taken leaves the new list there
            if keyslots.read(self._folder).mac == self._pending.mac:
                self._roots.add(self._fresh)
                self._fresh = None

    def rewrapped(self, interview_id: str, wrapped: bytes) -> bytes:
        """The database's copy of an interview's key under the new archive key; as it is when nothing opens it."""
        return self._interviews.rewrapped(interview_id, wrapped)

    def rewrap_files(self) -> None:
        """The key files of the interviews. StorageFailed."""
        self._interviews.rewrap_files()

    def finish(self) -> None:
        """The list leads to the new key alone, what led to the old one is overwritten, and it is forgotten."""
        durable.supersede(self._folder / keyslots.FILE_NAME, keyslots.encoded(self._final))
        self._roots.drop_older()


def begin(folder: Path, stored: KeySlots, roots: Roots, interviews: InterviewKeys) -> Renewal:
    """A renewal of the list that stands there (authenticated by the caller); nothing is written yet.

    StorageFailed when another one is unfinished.
    """
    refuse_unfinished(stored)
    before = roots.newest
    fresh = before.renewed()
    sealed = tuple(slots.sealed_to(slot, stored.archive_id, fresh) for slot in stored.slots)
    return Renewal(folder, stored.renewing(sealed, before, fresh), roots, interviews, fresh)


def refuse_unfinished(stored: KeySlots) -> None:
    """StorageFailed while a new archive key is not in everywhere."""
    if stored.begun is not None:
        raise StorageFailed(
            tr("A new archive key was begun and could not be finished."),
            safe=tr("Everything opens as before."),
            todo=tr("Free some space on the disk, then lock and unlock the archive: it is finished then."),
        )
