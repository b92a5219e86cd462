"""A new archive key, for when somebody may have a copy of an old key list: whatever the copy led to opens nothing any more.

Nobody's passphrase changes and nobody else need be there. Killed at any moment, the archive opens with the passphrases it
has, and the next unlock finishes what was begun.
"""

from oralhistory.domain.ports import Renewal, Store, UnlockedKeys
from oralhistory.services.archive import addressing, keylist
from oralhistory.services.archive.opened import OpenArchive


def renew_keys(archive: OpenArchive) -> None:
    """Bring in a new archive key; `archive` goes on working under it.

    StorageFailed when the disk has no room for a second copy of the database (nothing was changed then) or fails on the way
    (everything opens as before, and the next unlock goes on). Holds up other threads' transactions while the database is
    encrypted anew: about a second for 100 MB.
    """
    archive.store.refuse_without_room()
    with archive.changing_keys:
        renewal = archive.vault.renewal()
        keylist.announce(archive.store, *renewal.digests)
        renewal.write()
        _carry_out(archive.store, archive.vault, renewal)
    with archive.store.transaction() as records:
        archive.record_custody_of_archive(records, "new archive key")


def finish_renewal(store: Store, keys: UnlockedKeys) -> None:
    """Go on with a renewal that was interrupted, if there is one. StorageFailed: it stays as it is."""
    renewal = keys.unfinished_renewal()
    if renewal is not None:
        keylist.announce(store, *renewal.digests)
        _carry_out(store, keys, renewal)


def _carry_out(store: Store, keys: UnlockedKeys, renewal: Renewal) -> None:
    """In this order: the list leads to both keys until nothing stands under the old one."""
    store.rekey(renewal.database_key())
    with store.transaction() as records:
        wrapped = records.interviews.wrapped_keys()
        records.interviews.set_wrapped_keys({one: renewal.rewrapped(one, key) for one, key in wrapped.items()})
        addressing.seal_anew(records, keys)
    renewal.rewrap_files()
    renewal.finish()
    keylist.remember(store, keys)
