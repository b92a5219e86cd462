"""The database as it was before a newer program brought it up to date: sealed copies in the archive's folder `before`.

A copy is made of the encrypted file as it is, read back page by page, and only then does anything change. It can be put
back for the program it came from. It refuses to count a copy that does not verify. Copies open with the database key of
their time, so they are destroyed when the archive gets another one.
"""

import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from oralhistory import durable
from oralhistory.domain.earlier import EARLIER_FOLDER, EarlierCopy
from oralhistory.errors import NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import free_name, require_room
from oralhistory.storage import snapshot
from oralhistory.storage.engine import connected
from oralhistory.storage.faults import as_outcomes

_NAME = re.compile(r"archive-([0-9a-z]{1,32})-(\d{8}T\d{6}Z)(?:-\d+)?\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_UNFINISHED = ".part"
_MARGIN_BYTES = 8 << 20
_BLOCK_BYTES = 1 << 20
_REMEMBER = "INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def keep(database: Path, key: bytes, revision: str, at: datetime) -> None:
    """Copy the database, in which nobody is writing, and read the copy back. Repeatable: an equal copy is not made twice.

    Damaged when a page does not verify; StorageFailed, before anything is written, when there is no room.
    """
    _empty_journal(database, key)
    folder = database.parent / EARLIER_FOLDER
    try:
        for path in folder.glob(f"*{_UNFINISHED}"):
            path.unlink()
        if any(durable.same_content(folder / one.name, database) for one in copies(database.parent)):
            return
        require_room(database.parent, 2 * database.stat().st_size + _MARGIN_BYTES)  # migrating may write all of it again
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / free_name(folder, f"archive-{revision}-{at.astimezone(UTC).strftime(_TIME)}.db")
        unfinished = target.with_name(target.name + _UNFINISHED)
        _copy(database, unfinished)
        with snapshot.opened(unfinished, key) as written:
            written.check()
        os.replace(unfinished, target)
        durable.sync_folder(folder)
        durable.sync_folder(database.parent)
    except OSError as error:
        raise _failed() from error


def copies(archive: Path) -> list[EarlierCopy]:
    """The copies in the archive's folder, oldest first."""
    found = []
    for path in (archive / EARLIER_FOLDER).glob("archive-*.db"):
        named = _NAME.fullmatch(path.name)
        if named:
            made_at = datetime.strptime(named[2], _TIME).replace(tzinfo=UTC)
            found.append(EarlierCopy(path.name, named[1], made_at, path.stat().st_size))
    return sorted(found, key=lambda one: (one.made_at, one.name))


def put_back(database: Path, key: bytes, name: str, at: datetime, notes: Mapping[str, str]) -> None:
    """Put the copy `name` in the database's place, with these notes in it; what stood there is kept as a copy first.

    Nobody may have the database open. Killed at any moment, the one or the other stands there whole. NotFound, Damaged
    (also for a copy under another key), StorageFailed.
    """
    if name not in {one.name for one in copies(database.parent)}:
        raise NotFound(tr("There is no such earlier copy of the database."), todo=tr("List the copies there are."))
    source = database.parent / EARLIER_FOLDER / name
    with snapshot.opened(source, key) as copy:
        copy.check()
    keep(database, key, revision_of(database, key), at)
    fresh = database.with_name(database.name + ".new")
    try:
        require_room(database.parent, source.stat().st_size + _MARGIN_BYTES)
        _copy(source, fresh)
        _remember(fresh, key, notes)
        os.replace(fresh, database)
        durable.sync_folder(database.parent)
    except OSError as error:
        raise _failed() from error


def revision_of(database: Path, key: bytes) -> str:
    """The migration that the database was last brought to; "none" for one that never saw any."""
    with as_outcomes(), connected(database, key) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
        return str(row[0]) if row else "none"


def destroy(archive: Path) -> None:
    """Overwrite and remove every copy, finished or not; repeatable. StorageFailed."""
    folder = archive / EARLIER_FOLDER
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        durable.destroy(path)
    with suppress(OSError):  # something else was put there; it is not ours
        folder.rmdir()


def _empty_journal(database: Path, key: bytes) -> None:
    """Put the journal into the file, so that the file alone is the database."""
    with as_outcomes(), connected(database, key) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _remember(database: Path, key: bytes, notes: Mapping[str, str]) -> None:
    with as_outcomes(), connected(database, key) as connection:
        connection.executemany(_REMEMBER, list(notes.items()))
    _empty_journal(database, key)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with source.open("rb") as file, os.fdopen(durable.create_exclusively(target), "wb") as out:
        shutil.copyfileobj(file, out, _BLOCK_BYTES)
        out.flush()
        durable.sync_data(out.fileno())


def _failed() -> StorageFailed:
    return StorageFailed(
        tr("The database could not be copied before it is changed to another version."),
        safe=tr("It is as it was."),
        todo=tr("Check that the disk is connected, is not full and may be written to."),
    )
