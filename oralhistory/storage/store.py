"""The open database: transactions that happen as a whole or not at all, from any thread; search; another key; closing.

Threads take turns at writing. One thread has one transaction at a time: a second one inside it would wait for itself.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from oralhistory.domain.transcript import Found
from oralhistory.errors import Locked, ProgramFault, StorageFailed
from oralhistory.i18n import tr
from oralhistory.storage import before, migrate, search, snapshot
from oralhistory.storage.custody import Custody
from oralhistory.storage.engine import READING, open_engine, opens_with, rekey
from oralhistory.storage.faults import as_outcomes, damaged, full_disk
from oralhistory.storage.presence import Presence
from oralhistory.storage.records import Records
from oralhistory.storage.visitors import Visitors

_MARGIN_BYTES = 32 * 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


def open_store(path: Path, key: bytes, clock: Callable[[], datetime] = _now) -> "Database":
    """Open the database at `path` with its 32-byte key, brought up to date; a missing file is made.

    An older one is put aside first (see `before`). Damaged when the key does not open it; MalformedInput when a newer program
    made it; StorageFailed for the disk's faults. A file that is there and holds nothing is one that lost everything.
    """
    engine = open_engine(path, key)
    try:
        with as_outcomes():
            migrate.to_newest(engine, lambda revision: before.keep(path, key, revision, clock()))
    except BaseException:
        engine.dispose()
        raise
    return Database(path, key, engine, clock)


class Database:
    """`clock` gives the time of steps, with a time zone."""

    def __init__(self, path: Path, key: bytes, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._key = key
        self._engine = engine
        self._presence = Presence(path)
        self._clock = clock
        self._here = threading.local()
        self._visitors = Visitors()
        self._closed = False

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        """Commits when the block ends, rolls back when it raises; InUse when others keep writing for too long."""
        if getattr(self._here, "busy", False):
            raise ProgramFault("a transaction inside a transaction")
        self._refuse_when_closed()
        self._here.busy = True
        try:
            with self._presence.outcomes(), self._visitors.inside(), self._engine.begin() as connection:
                yield Records(connection, self._clock)
        finally:
            self._here.busy = False

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """What is committed now, for reads alone: keeps nobody from writing and waits for no writer."""
        self._refuse_when_closed()
        with self._presence.outcomes(), self._visitors.inside(), self._reading() as connection, connection.begin():
            yield Records(connection, self._clock)

    def search(self, text: str) -> list[Found]:
        """Every segment whose text holds `text`, as committed; waits for no writer."""
        self._refuse_when_closed()
        with self._presence.outcomes(), self._visitors.inside(), self._reading() as connection:
            return search.find(connection, text)

    def verify(self) -> None:
        """Read the whole file (about 2 s a GB) and the custody log; Damaged when either is not as it was written.

        For after unlocking, in the background: in a damaged page of the search index or at the end of a long text SQLite
        may find nothing instead of an error.
        """
        self._refuse_when_closed()
        with self._presence.outcomes(), self._visitors.inside(), self._engine.connect() as pooled:
            pooled.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            whole = _pages_verify(pooled)
        if not whole:
            self._confirm_damage()
        with self._presence.outcomes(), self._visitors.inside(), self._reading() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                raise damaged()
            Custody(connection).verify_chain()

    def _confirm_damage(self) -> None:
        """The check reads the file past the journal: a page that was just being written is not a damaged one."""
        with self._presence.outcomes(), self._visitors.alone(), self._engine.connect() as pooled:
            pooled.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if not _pages_verify(pooled):
                raise damaged()

    def refuse_without_room(self) -> None:
        """StorageFailed, with the figure, when the disk has no room for a second copy of the database."""
        needed = self._path.stat().st_size + _MARGIN_BYTES
        if shutil.disk_usage(self._path.parent).free < needed:
            raise StorageFailed(
                tr("The disk is too full to encrypt the database anew."),
                safe=tr("Nothing was changed."),
                todo=tr("Free at least {megabytes} MB and try again.", megabytes=-(-needed // 1_000_000)),
            )

    def rekey(self, fresh: bytes) -> None:
        """Encrypt the whole database anew with `fresh` (32 bytes); every page is written. Repeatable.

        Copies from before a newer version, which the old key opens, are destroyed.
        Waits for transactions in other threads; they wait for it. InUse when they do not end, StorageFailed when the disk
        refuses: the database then goes on under the key it has.
        """
        self._refuse_when_closed()
        if self._key == fresh:
            before.destroy(self._path.parent)
            return
        if getattr(self._here, "busy", False):
            raise ProgramFault("another key inside a transaction")
        with self._presence.outcomes(), self._visitors.alone():
            self.refuse_without_room()
            self._engine.dispose()
            try:
                done = rekey(self._path, self._key, fresh)
            finally:
                # What stands there counts, whatever was reported: the change is committed or it is not.
                self._key = fresh if opens_with(self._path, fresh) else self._key
                self._engine = open_engine(self._path, self._key)
            if not done:
                raise full_disk()
        before.destroy(self._path.parent)

    def snapshot(self, to: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Write what is committed now to the new file `to`, with the same key; nobody is kept from writing meanwhile.

        Not yet synced when it returns. Cancelled; StorageFailed, Damaged; MalformedInput when the path is too long.
        """
        self._refuse_when_closed()
        with self._presence.outcomes(), self._visitors.inside():
            snapshot.take(self._engine, to, cancelled)

    def compact(self) -> None:
        """Rebuild the file and empty the journal: no page of either holds what was deleted. Repeatable.

        Others wait for it as for `rekey`. InUse, StorageFailed: what was deleted may still stand in free pages then.
        """
        self._refuse_when_closed()
        if getattr(self._here, "busy", False):
            raise ProgramFault("rebuilding inside a transaction")
        with self._presence.outcomes(), self._visitors.alone(), self._engine.connect() as pooled:
            self.refuse_without_room()
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                pooled.connection.execute(statement)

    def close(self) -> None:
        """Put the journal's pages into the file and let go of it. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            with self._presence.outcomes(), self._engine.raw_connection() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._engine.dispose()

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(**{READING: True})

    def _refuse_when_closed(self) -> None:
        # The engine would open the file again by itself.
        if self._closed:
            raise Locked(tr("The archive is locked."), todo=tr("Unlock it first."))


def _pages_verify(pooled: Connection) -> bool:
    return pooled.connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
