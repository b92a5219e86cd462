"""The door: make an archive, open it, get back in with the printed code, change the passphrase.

Only one window or command holds an archive at a time. What opens comes out as an `OpenArchive`.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from oralhistory.domain.ports import Clock, Entropy, Hold, Keys, Lock, Slot, Store, UnlockedKeys
from oralhistory.errors import Damaged, MalformedInput, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services import keylist
from oralhistory.services.calendar import Calendar
from oralhistory.services.opened import OpenArchive
from oralhistory.services.renewing import finish_renewal

DATABASE = "archive.db"
SHORTEST_PASSPHRASE = 8
FIRST_OWNER = "S1"

OpenStore = Callable[[Path, bytes], Store]
CheckPlace = Callable[[Path], None]
"""Raises StorageFailed for a folder in which no archive can be."""
WithKeys = Callable[[Store, UnlockedKeys], None]
"""What is done about the list of key slots once the database is open: compare it, remember it, change it."""


class Archives:
    def __init__(
        self,
        keys: Keys,
        open_store: OpenStore,
        lock: Lock,
        check_place: CheckPlace,
        clock: Clock,
        entropy: Entropy,
    ) -> None:
        self._keys = keys
        self._open_store = open_store
        self._lock = lock
        self._check_place = check_place
        self._clock = clock
        self._entropy = entropy

    def create(self, folder: Path, passphrase: str, owner: str = FIRST_OWNER) -> tuple[OpenArchive, str]:
        """A new archive in `folder` (which must be empty or missing), and the recovery code to print.

        `owner` is the staff code that stands beside the key and in history; it can be read without the passphrase.
        """
        check_passphrase(passphrase)
        self._check_place(folder)
        _make_folder(folder)
        hold = self._lock(folder)
        try:
            keys, recovery_code = self._keys.create(folder, passphrase, owner)
            return self._opened(folder, keys, hold, keylist.remember, _nothing), recovery_code
        except BaseException:
            hold.release()
            raise

    def unlock(self, folder: Path, passphrase: str) -> OpenArchive:
        return self._held(folder, lambda: self._keys.unlock(folder, passphrase), keylist.compare, _nothing)

    def recover(self, folder: Path, code: str, new_passphrase: str) -> OpenArchive:
        """Open with the printed recovery code and set a new passphrase; whatever list of keys stands there is taken on."""
        check_passphrase(new_passphrase)
        return self._held(
            folder,
            lambda: self._keys.unlock_with_code(folder, code),
            keylist.remember,
            lambda store, keys: self._set_passphrase(store, keys, new_passphrase),
        )

    def change_passphrase(self, folder: Path, old: str, new: str) -> None:
        """Killed at any moment, the archive opens with exactly the old or the new one."""
        check_passphrase(new)
        self._held(
            folder,
            lambda: self._keys.unlock(folder, old),
            keylist.compare,
            lambda store, keys: self._set_passphrase(store, keys, new),
        ).close()

    def _set_passphrase(self, store: Store, keys: UnlockedKeys, new: str) -> None:
        keylist.change(store, keys, self._keys.set_passphrase(keys, new))

    def slots(self, folder: Path) -> Sequence[Slot]:
        """The ways to open the archive; needs no passphrase."""
        return self._keys.slots(folder)

    def _held(
        self, folder: Path, open_keys: Callable[[], UnlockedKeys], check: WithKeys, change: WithKeys
    ) -> OpenArchive:
        self._keys.slots(folder)  # NotFound before a lock file is put into a folder that is no archive
        if not (folder / DATABASE).exists():
            raise Damaged(
                tr("The archive's database is missing."),
                safe=tr("The sealed sound is still there, and so are its keys."),
                todo=tr("Put archive.db back from a backup."),
            )
        self._check_place(folder)
        hold = self._lock(folder)
        try:
            return self._opened(folder, open_keys(), hold, check, change)
        except BaseException:
            hold.release()
            raise

    def _opened(
        self, folder: Path, keys: UnlockedKeys, hold: Hold, check: WithKeys, change: WithKeys
    ) -> OpenArchive:
        """`check` looks at the list of key slots that stands; `change` comes last, when nothing is unfinished any more."""
        store = self._store(folder / DATABASE, keys)
        actor = next((slot.owner for slot in self._keys.slots(folder) if slot.id == keys.opened_by), "")
        hold.opened_by(actor)
        try:
            check(store, keys)
            with suppress(StorageFailed):  # a full disk keeps nobody out: everything opens, and the next unlock goes on
                finish_renewal(store, keys)
            change(store, keys)
            calendar = Calendar(store, self._clock)
            return OpenArchive(folder, keys, store, self._clock, calendar, self._entropy, actor, hold.release)
        except BaseException:
            store.close()
            raise

    def _store(self, database: Path, keys: UnlockedKeys) -> Store:
        """The database, under the key it has; only an unfinished renewal leaves more than one to try."""
        first, *others = keys.database_keys()
        try:
            return self._open_store(database, first)
        except Damaged:
            if not others:
                raise
        return self._open_store(database, others[0])


def _nothing(store: Store, keys: UnlockedKeys) -> None:
    pass


def check_passphrase(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise MalformedInput(
            tr("The passphrase is too short."),
            todo=tr("Use at least {n} characters; four or more words are good.", n=SHORTEST_PASSPHRASE),
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise StorageFailed(
            tr("The folder for the archive cannot be made or read."),
            todo=tr("Choose a folder you may write to."),
        ) from error
    if occupied:
        raise MalformedInput(
            tr("The folder for the new archive is not empty."),
            safe=tr("Nothing in it was changed."),
            todo=tr("Choose an empty folder, or open the archive that is there."),
        )
