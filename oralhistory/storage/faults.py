"""What the database reports, as the outcomes a person can act on. Anything else is a fault of the program and passes as it is.

Decided by SQLite's result code (https://www.sqlite.org/rescode.html), never by its message.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from oralhistory.errors import Damaged, InUse, OralHistoryError, StorageFailed
from oralhistory.i18n import tr

_DISK_FULL = 13
_DISK = {8, 10, 14}
_DAMAGED = {11, 26}
_BUSY = {5, 6}
_PRIMARY = 0xFF
"""An extended result code holds the primary one in its lowest byte."""


class DatabaseDamaged(Damaged):
    """SQLite's own finding, and no other part of the archive's."""


@contextmanager
def as_outcomes() -> Iterator[None]:
    """Raise StorageFailed, Damaged or InUse for what the disk, the file or another process did."""
    try:
        yield
    except DBAPIError as error:
        outcome = _outcome(error.orig)
        if outcome is None:
            raise
        raise outcome from error
    except dbapi2.Error as error:
        outcome = _outcome(error)
        if outcome is None:
            raise
        raise outcome from error


def _outcome(error: BaseException | None) -> OralHistoryError | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code == _DISK_FULL:
        return full_disk()
    if code in _DISK:
        return StorageFailed(
            tr("The archive's database cannot be read or written."),
            safe=tr("What was stored before is still there."),
            todo=tr("Check that the disk is connected and not full, and that you may write to it."),
        )
    if code in _DAMAGED:
        return damaged()
    if code in _BUSY:
        return InUse(
            tr("The archive's database is busy."),
            safe=tr("Nothing was changed."),
            todo=tr("Try again in a moment; close the archive elsewhere if it is open there."),
        )
    return None


def full_disk() -> StorageFailed:
    """No room for what was to be written."""
    return StorageFailed(
        tr("The disk is full."),
        safe=tr("What was stored before is still there."),
        todo=tr("Free some space and try again."),
    )


def damaged() -> DatabaseDamaged:
    """The database does not verify with its key, as a whole or in one of its pages."""
    return DatabaseDamaged(
        tr("The archive's database is damaged or belongs to another archive."),
        safe=tr("The recordings are kept apart from it and are not touched."),
        todo=tr("Restore archive.db from a backup."),
    )
