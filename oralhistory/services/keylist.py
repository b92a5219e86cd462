"""What the database remembers of the list of key slots, so that another list put in its place is found.

List and database can't change in one step: the database is told beforehand which list to expect (`announce`), and
afterwards which one stands (`remember`). It refuses a list that was neither remembered nor announced: an older one, or one
with somebody else's slot.
"""

import hmac
from collections.abc import Callable

from oralhistory.domain.ports import SlotsChange, Store, UnlockedKeys
from oralhistory.errors import Damaged
from oralhistory.i18n import tr

_DIGEST = "keyslots_digest"
_EXPECTED = "keyslots_expected"


def announce(store: Store, *digests: str) -> None:
    """From here on a list with one of these digests is taken for ours, as well as the one that stands."""
    with store.transaction() as records:
        records.notes.set(_EXPECTED, " ".join(digests))


def remember(store: Store, keys: UnlockedKeys) -> None:
    """The list that stands is the one, and no other."""
    stands = keys.slots_digest()
    with store.transaction() as records:
        records.notes.set(_DIGEST, stands)
        records.notes.delete(_EXPECTED)


def change(store: Store, keys: UnlockedKeys, change: SlotsChange) -> None:
    """Write another list; killed at any moment, the old or the new one stands and is known. StorageFailed."""
    announce(store, change.digest)
    try:
        change.write()
    finally:
        remember(store, keys)


def compare(store: Store, keys: UnlockedKeys) -> None:
    """Damaged when the list that stands is not one the database knows of."""
    with store.transaction() as records:
        certain = compare_with(records.notes.get, keys)
    if not certain and keys.unfinished_renewal() is None:
        remember(store, keys)


def compare_with(note: Callable[[str], str | None], keys: UnlockedKeys) -> bool:
    """Whether the list that stands is exactly the one that these notes of a database remember. Damaged, as `compare`."""
    stands = keys.slots_digest()
    remembered, expected = note(_DIGEST), (note(_EXPECTED) or "").split()
    known = [digest for digest in (remembered, *expected) if digest is not None]
    if known and not any(hmac.compare_digest(digest, stands) for digest in known):
        raise Damaged(
            tr("The list of keys beside this archive is not the one the archive remembers."),
            safe=tr("Nothing was changed."),
            todo=tr("Somebody may have put an old or foreign key list there. Restore keyslots.json from a backup."),
        )
    return bool(known) and not expected
