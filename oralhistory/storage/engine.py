"""Opening the database file with its key: every connection is encrypted, durable and leaves no plain text elsewhere.

Refuses to work with a library that would take the key and then write plain text.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from oralhistory.errors import ProgramFault, StorageFailed
from oralhistory.i18n import tr
from oralhistory.storage.faults import damaged

KEY_BYTES = 32
PAGE_BYTES = 4096
"""SQLCipher's own size of a page; no database is smaller."""
CACHE_KIB = 64 * 1024
"""So much of the file a connection keeps in memory at the most, decrypted: a page that it drops is decrypted again, which takes a
search over all transcripts longer than the search itself."""
BUSY_SECONDS = 10.0
"""So long a writer waits for the one before it."""

READING = "oralhistory_reading"
"""Execution option of a connection whose transaction only reads and therefore waits for no writer."""

_NOT_A_DATABASE = 26

_EMPTY_THE_JOURNAL = "PRAGMA wal_checkpoint(TRUNCATE)"

_PRAGMAS = (
    "synchronous = FULL",  # NORMAL loses acknowledged commits in a power cut
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    f"cache_size = -{CACHE_KIB}",
    "trusted_schema = OFF",
)


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on the file at `path`, made if it is missing, readable for its owner only.

    `key` is 32 random bytes, used as they are. Damaged for a file that lost everything; otherwise nothing is read yet, and a
    wrong key shows at the first statement.
    """
    if len(key) != KEY_BYTES:
        raise ProgramFault("a database key has 32 bytes")
    _make_private(path)
    # A creator and not a URL: SQLAlchemy's own dialect for SQLCipher would send an empty passphrase before the key.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_creator(path, key),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=-1,
        pool_use_lifo=True,  # the one used last has pages in memory that nobody has changed since
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def connected(path: Path, key: bytes) -> Iterator[Any]:
    """A connection of its own, outside of any engine, for as long as the block runs. What SQLite raises passes as it is."""
    connection = _creator(path, key)()
    try:
        yield connection
    finally:
        connection.close()


def rekey(path: Path, key: bytes, fresh: bytes) -> bool:
    """Encrypt the file anew with `fresh`, in one transaction; whether that was done. Nobody else may have it open.

    The journal is emptied before and afterwards, so that no page under the old key is left in it. What SQLite raises passes
    as it is; the file then opens with the one key or the other, as the transaction was committed or not.
    """
    if len(fresh) != KEY_BYTES:
        raise ProgramFault("a database key has 32 bytes")
    connection = _creator(path, key)()
    try:
        connection.execute(_EMPTY_THE_JOURNAL).fetchall()
        connection.execute(f"PRAGMA rekey = \"x'{fresh.hex()}'\"").fetchall()
    finally:
        connection.close()
    # SQLCipher 4.19 answers "ok" on a full disk too, and leaves the transaction to be rolled back: what opens it decides.
    if not opens_with(path, fresh):
        return False
    connection = _creator(path, fresh)()
    try:
        connection.execute(_EMPTY_THE_JOURNAL).fetchall()
    finally:
        connection.close()
    return True


def opens_with(path: Path, key: bytes) -> bool:
    """Whether the file is a database under this key. OSError-like faults of the disk pass as SQLite raises them."""
    try:
        _creator(path, key)().close()
    except dbapi2.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == _NOT_A_DATABASE:
            return False
        raise
    return True


def _make_private(path: Path) -> None:
    try:
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not is_new and os.fstat(descriptor).st_size < PAGE_BYTES:  # SQLite would make a new one of it
                raise damaged()
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageFailed(
            tr("The archive's database cannot be read or written."),
            todo=tr("Check that the disk is connected and not full, and that you may write to it."),
        ) from error


def _creator(path: Path, key: bytes) -> Callable[[], Any]:
    def connect() -> Any:
        # isolation_level None: the driver begins nothing by itself; `_begin` does.
        connection = dbapi2.connect(
            str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            _prepare(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _prepare(connection: Any, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise ProgramFault("this SQLite cannot encrypt")
    # What it would write to stderr is raised as an error anyhow.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
        raise StorageFailed(
            tr("The archive's folder is on a disk that does not keep a database safe."),
            safe=tr("Nothing was changed."),
            todo=tr("Move the archive to a disk of this computer or to a USB stick; a network share does not do."),
        )
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # Taking the write lock at once means that no transaction can fail halfway because another one wrote first.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
