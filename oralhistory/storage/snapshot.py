"""A snapshot of the database: one file, consistent, encrypted with the same key, and read without being touched.

Refuses to be written to: what stands on a backup medium is looked at where it is, and nothing is left beside it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from oralhistory.domain.ports import SnapshotRecording
from oralhistory.errors import Cancelled, MalformedInput, ProgramFault
from oralhistory.i18n import tr
from oralhistory.storage.engine import KEY_BYTES
from oralhistory.storage.faults import as_outcomes, damaged

LONGEST_PATH = 480
"""SQLite's own limit is 512 bytes with what it appends."""
_INTERRUPTED = 9
_LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks at whether somebody cancelled."""


def take(engine: Engine, to: Path, cancelled: Callable[[], bool]) -> None:
    """Write the database as it stands committed now to the new file `to`. Writers are not kept waiting, nor kept out.

    Cancelled; StorageFailed, Damaged; MalformedInput when the path is too long. Not yet synced when it returns.
    """
    if len(str(to.absolute()).encode()) > LONGEST_PATH:
        raise MalformedInput(
            tr("The path of the folder is too long for a database."), todo=tr("Choose a folder with a shorter path.")
        )
    with as_outcomes(), engine.connect() as pooled:
        connection: Any = pooled.connection.dbapi_connection
        connection.set_progress_handler(cancelled, _LOOK_EVERY)
        try:
            connection.execute("VACUUM INTO ?", (str(to),))
        except dbapi2.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == _INTERRUPTED:
                raise Cancelled(tr("Stopped."), safe=tr("What was there before is still there.")) from None
            raise
        finally:
            connection.set_progress_handler(None, 0)


@contextmanager
def opened(path: Path, key: bytes) -> Iterator["Snapshot"]:
    """The snapshot at `path` for as long as the block runs. Damaged when the key does not open it; StorageFailed."""
    if len(key) != KEY_BYTES:
        raise ProgramFault("a database key has 32 bytes")
    with as_outcomes():
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if connection.execute("PRAGMA cipher_version").fetchone() is None:
                raise ProgramFault("this SQLite cannot encrypt")
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            yield Snapshot(connection)
        finally:
            connection.close()


class Snapshot:
    """See `domain.ports.Snapshot`. What it is asked holds for the database of every version of the program."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def check(self) -> None:
        """Every page verifies and the tables are in order; Damaged otherwise. Reads the whole file (about 2 s a GB)."""
        if self._connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise damaged()
        if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged()

    def note(self, key: str) -> str | None:
        found = self._connection.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def wrapped_keys(self) -> dict[str, bytes]:
        """The copy of each interview's key, by the interview's id."""
        rows = self._connection.execute("SELECT id, wrapped_key FROM interviews").fetchall()
        return {str(interview): bytes(key) for interview, key in rows}

    def recordings(self) -> list[SnapshotRecording]:
        """Every recording, in the order they were filed."""
        rows = self._connection.execute(
            "SELECT r.id, r.interview_id, i.code, r.part, r.path, r.sha256, r.complete, r.duration_ms"
            " FROM recordings r JOIN interviews i ON i.id = r.interview_id ORDER BY r.row"
        ).fetchall()
        return [
            SnapshotRecording(id_, interview, code, part, path, sha256, bool(complete), duration)
            for id_, interview, code, part, path, sha256, complete, duration in rows
        ]
