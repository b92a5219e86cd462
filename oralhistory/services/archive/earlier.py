"""Going back: the database as an older version of the program left it, put in its place again for that version.

What was done since then is not in it, which is asked about before anything is given out (see `brought_back`); the database it
takes the place of is kept as a copy as well.
"""

from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.earlier import EarlierCopy
from oralhistory.domain.ports import Clock, EarlierCopies, Keys, Lock
from oralhistory.errors import InUse
from oralhistory.i18n import tr
from oralhistory.services.archive import brought_back, keylist
from oralhistory.services.archive.opened import DATABASE


class EarlierVersions:
    def __init__(self, keys: Keys, lock: Lock, stored: EarlierCopies, clock: Clock) -> None:
        self._keys = keys
        self._lock = lock
        self._stored = stored
        self._clock = clock

    def all(self, folder: Path) -> Sequence[EarlierCopy]:
        """The copies that were made before the database was brought up to date, oldest first; needs no passphrase."""
        return self._stored.copies(folder)

    def put_back(self, folder: Path, passphrase: str, name: str) -> None:
        """Put a copy in the database's place, under the key slots of today. This version would bring it up to date again.

        Killed at any moment, the one or the other database stands there whole. NotFound, WrongPassphrase, InUse, Damaged,
        StorageFailed.
        """
        self._keys.slots(folder)  # NotFound before a lock file is put into a folder that is no archive
        hold = self._lock(folder)
        try:
            keys = self._keys.unlock(folder, passphrase)
            try:
                if keys.unfinished_renewal() is not None:
                    raise InUse(
                        tr("A change of the archive's key is not finished."),
                        safe=tr("Nothing was changed."),
                        todo=tr("Unlock the archive once, which finishes it."),
                    )
                database, key = folder / DATABASE, keys.database_keys()[0]
                made_at = next((one.made_at for one in self.all(folder) if one.name == name), self._clock())
                notes = {**keylist.as_notes(keys), **brought_back.as_notes(made_at)}
                self._stored.put_back(database, key, name, self._clock(), notes)
            finally:
                keys.close()
        finally:
            hold.release()
