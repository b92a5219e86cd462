"""The door: make an archive, open it, get back in with the printed code, change the passphrase.

Only one window or command holds an archive at a time. What opens comes out as an `OpenArchive`.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from oralhistory.domain.ports import (
    Clock,
    Entropy,
    Hold,
    Keys,
    Lock,
    OrganisationKey,
    Slot,
    SlotKind,
    SlotsChange,
    Store,
    UnlockedKeys,
)
from oralhistory.domain.staff import Member, Role
from oralhistory.errors import Damaged, MalformedInput, StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import synchronised_by
from oralhistory.services.archive import keylist
from oralhistory.services.archive.brought_back import BroughtBack
from oralhistory.services.archive.calendar import Calendar
from oralhistory.services.archive.opened import DATABASE, OpenArchive
from oralhistory.services.archive.passphrases import check_passphrase
from oralhistory.services.archive.renewing import finish_renewal
from oralhistory.services.archive.staffing import active_member, checked_code

FIRST_OWNER = "S1"

OpenStore = Callable[[Path, bytes], Store]
CheckPlace = Callable[[Path], None]
"""Raises StorageFailed for a folder in which no archive can be."""
OpenKeys = Callable[[], UnlockedKeys]
Check = Callable[[Store, UnlockedKeys], bool | None]
"""What is done about the list of key slots once the database is open; true when another list stands afterwards."""


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
        owner = checked_code(owner)
        self._check_place(folder)
        make_empty(folder)
        hold = self._lock(folder)
        try:
            keys, recovery_code = self._keys.create(folder, passphrase, owner)
            return self._opened(folder, lambda: keys, hold, keylist.remember), recovery_code
        except BaseException:
            hold.release()
            raise

    def unlock(self, folder: Path, passphrase: str) -> OpenArchive:
        """WrongPassphrase; Damaged, and in what way, when the list of keys is not the one the archive remembers."""
        return self._held(folder, lambda: self._keys.unlock(folder, passphrase), self._compare)

    def put_keys_right(self, folder: Path, passphrase: str) -> OpenArchive:
        """Unlock although the list of keys is another one: the newest list, from the archive's own copy, stands again."""
        return self._held(folder, lambda: self._keys.unlock(folder, passphrase), keylist.put_right)

    def recover(self, folder: Path, code: str, new_passphrase: str, staff: str = "") -> OpenArchive:
        """Open with the printed recovery code and set a new passphrase; a list of keys that was changed is put right.

        The passphrase is that of `staff`; left out, of whoever keeps the code. One that is forgotten is replaced.
        """
        check_passphrase(new_passphrase)
        return self._recovered(folder, lambda: self._keys.unlock_with_code(folder, code), new_passphrase, staff)

    def recover_with_organisation_key(
        self, folder: Path, private: bytes, key_passphrase: str, new_passphrase: str, staff: str = ""
    ) -> OpenArchive:
        """As `recover`, with the organisation's private key file and the file's own passphrase, if it has one."""
        check_passphrase(new_passphrase)
        return self._recovered(
            folder,
            lambda: self._keys.unlock_with_organisation_key(folder, private, key_passphrase),
            new_passphrase,
            staff,
        )

    def change_passphrase(self, folder: Path, old: str, new: str) -> None:
        """Killed at any moment, the archive opens with exactly the old or the new one."""
        check_passphrase(new)
        archive = self._held(folder, lambda: self._keys.unlock(folder, old), self._compare)
        try:
            change = self._keys.change_passphrase(archive.vault, archive.vault.opened_by, new)
            keylist.change(archive.store, archive.vault, change)
        finally:
            archive.close()

    def make_organisation_key(self, passphrase: str | None) -> OrganisationKey:
        """A key pair for the organisation: the private file goes into a safe, the public one lets it into an archive.

        With None the private file is not sealed: whoever reads it opens every archive that knows its public key.
        """
        if passphrase is not None:
            check_passphrase(passphrase)
        return self._keys.make_organisation_key(passphrase)

    def organisation_key_is_sealed(self, private: bytes) -> bool:
        """Whether a private key file of the organisation needs a passphrase of its own."""
        return self._keys.organisation_key_is_sealed(private)

    def _recovered(self, folder: Path, open_keys: OpenKeys, new: str, staff: str) -> OpenArchive:
        archive = self._held(folder, open_keys, keylist.put_right)
        try:
            keylist.change(archive.store, archive.vault, self._forgotten(archive, new, staff))
        except BaseException:
            archive.close()
            raise
        return archive

    def _forgotten(self, archive: OpenArchive, new: str, staff: str) -> SlotsChange:
        passphrases = [slot for slot in self.slots(archive.folder) if slot.kind is SlotKind.PASSPHRASE]
        owner = archive.actor
        if staff:
            with archive.store.transaction() as records:
                owner = active_member(records, staff).code
        theirs = [slot for slot in passphrases if slot.owner == owner]
        if not theirs and not staff and len(passphrases) == 1:
            theirs = passphrases
        if theirs:
            return self._keys.change_passphrase(archive.vault, theirs[-1].id, new)
        return self._keys.add_passphrase(archive.vault, new, owner)

    def synchronised_by(self, folder: Path) -> str:
        """The cloud program that copies the folder's files to its own computers, "" when none is known: to warn about."""
        return synchronised_by(folder)

    def slots(self, folder: Path) -> Sequence[Slot]:
        """The ways to open the archive; needs no passphrase."""
        return self._keys.slots(folder)

    def hold(self, folder: Path) -> Hold:
        """Keep everybody else from the archive in `folder`, also from one that is only being made. InUse; StorageFailed."""
        return self._lock(folder)

    def _compare(self, store: Store, keys: UnlockedKeys) -> None:
        keylist.compare(store, keys, self._keys.slots(keys.folder), self._keys.slots_in)

    def _held(self, folder: Path, open_keys: OpenKeys, check: Check) -> OpenArchive:
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
            return self._opened(folder, open_keys, hold, check)
        except BaseException:
            hold.release()
            raise

    def _opened(self, folder: Path, open_keys: OpenKeys, hold: Hold, check: Check) -> OpenArchive:
        keys = open_keys()
        try:
            store = self._store(folder / DATABASE, keys)
            try:
                if check(store, keys):  # another list stands now: everything begins again with it
                    store.close()
                    keys.close()
                    return self._opened(folder, open_keys, hold, self._compare)
                with suppress(StorageFailed):  # a full disk keeps nobody out: it opens, and the next unlock goes on
                    keys.tidy()
                    finish_renewal(store, keys)
                return self._in_hand(folder, keys, store, hold)
            except BaseException:
                store.close()
                raise
        except BaseException:
            keys.close()
            raise

    def _in_hand(self, folder: Path, keys: UnlockedKeys, store: Store, hold: Hold) -> OpenArchive:
        actor = next((slot.owner for slot in self._keys.slots(folder) if slot.id == keys.opened_by), "")
        hold.opened_by(actor)
        with store.transaction() as records:
            if actor and not records.staff.all():
                records.staff.add(Member(actor, "", Role.DIRECTOR))
        calendar = Calendar(store, self._clock)
        brought_back = BroughtBack(folder, keys, store, self._clock, calendar)
        return OpenArchive(folder, keys, store, self._clock, calendar, brought_back, self._entropy, actor, hold.release)

    def _store(self, database: Path, keys: UnlockedKeys) -> Store:
        """The database, under the key it has; only an unfinished renewal leaves more than one to try."""
        first, *others = keys.database_keys()
        try:
            return self._open_store(database, first)
        except Damaged:
            if not others:
                raise
        return self._open_store(database, others[0])


def make_empty(folder: Path) -> None:
    """Make the folder of a new archive. StorageFailed; MalformedInput when there is one with something in it."""
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
