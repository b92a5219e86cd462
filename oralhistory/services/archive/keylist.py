"""What the database remembers of the list of key slots, so that another list put in its place is found.

List and database can't change in one step: the database is told beforehand which list to expect (`announce`), and
afterwards which one stands (`remember`). It refuses a list that was neither remembered nor announced (an older one, or one
with somebody else's slot), says what is different, and can put the right one back from the copy it keeps.
"""

import hmac
from collections.abc import Callable, Iterator, Sequence

from oralhistory.domain.ports import Records, Slot, SlotKind, SlotList, SlotsChange, Store, UnlockedKeys
from oralhistory.errors import Damaged
from oralhistory.i18n import mark, sentences, tr

_DIGEST = "keyslots_digest"
_EXPECTED = "keyslots_expected"
_REVISION = "keyslots_revision"
_COPY = "keyslots_copy"

WAYS = {
    SlotKind.PASSPHRASE: mark("the passphrase of {owner}"),
    SlotKind.RECOVERY: mark("a printed code of {owner}"),
    SlotKind.ORGANISATION: mark("a key of the organisation ({owner})"),
}

SlotsOf = Callable[[bytes], Sequence[Slot]]
"""The slots in a list's content."""


def announce(store: Store, *digests: str) -> None:
    """From here on a list with one of these digests is taken for ours, as well as the one that stands."""
    with store.transaction() as records:
        records.notes.set(_EXPECTED, " ".join(digests))


def remember(store: Store, keys: UnlockedKeys) -> None:
    """The list that stands is the one, and no other. Damaged when a stranger wrote it."""
    stands = keys.slot_list()
    with store.transaction() as records:
        records.notes.set(_DIGEST, stands.digest)
        records.notes.set(_REVISION, str(stands.revision))
        records.notes.set(_COPY, stands.content.decode("ascii"))
        records.notes.delete(_EXPECTED)


def as_notes(keys: UnlockedKeys) -> dict[str, str]:
    """What a database must have in its notes to know the list that stands."""
    return {_DIGEST: keys.slots_digest()}


def change(store: Store, keys: UnlockedKeys, change: SlotsChange) -> None:
    """Write another list; killed at any moment, the old or the new one stands and is known. StorageFailed."""
    announce(store, change.digest)
    try:
        change.write()
    finally:
        remember(store, keys)


def compare(store: Store, keys: UnlockedKeys, standing: Sequence[Slot], slots_of: SlotsOf) -> None:
    """Damaged, and how the list differs, when the one that stands is not one the database knows of.

    `standing` is what the file names, which may be anybody's work.
    """
    stands = _stands(keys)
    with store.transaction() as records:
        known, expected, remembered = _known(records)
    if stands is None or not _is_one_of(stands.digest, known):
        raise _another_list(stands, remembered, standing, slots_of)
    if (expected or remembered is None) and keys.unfinished_renewal() is None:
        remember(store, keys)


def compare_with(note: Callable[[str], str | None], keys: UnlockedKeys) -> None:
    """The same for a database that can't be written: `note` reads its notes. Damaged, without saying what differs."""
    known = [one for one in (note(_DIGEST), *(note(_EXPECTED) or "").split()) if one is not None]
    if not _is_one_of(keys.slots_digest(), known):
        raise Damaged(
            tr("The list of keys beside this archive is not the one the archive remembers."),
            safe=tr("Nothing was changed."),
            todo=tr("Somebody may have put an old or foreign key list there. Use another backup."),
        )


def put_right(store: Store, keys: UnlockedKeys) -> bool:
    """Make list and database agree again: the newer one counts. Whether the file was written: open it again then.

    Damaged when the file was changed by a stranger and the database has no copy that verifies.
    """
    stands = _stands(keys)
    with store.transaction() as records:
        known, _, remembered = _known(records)
    if stands is not None and _is_one_of(stands.digest, known):
        return False
    if stands is not None and (remembered is None or stands.revision > remembered.revision):
        remember(store, keys)  # the database was put back from a backup
        return False
    if remembered is None:
        raise _changed_by_a_stranger("")
    keys.put_back(remembered.content)
    return True


def _stands(keys: UnlockedKeys) -> SlotList | None:
    """The list on the disk; None when nobody with the archive's secrets wrote it."""
    try:
        return keys.slot_list()
    except Damaged:
        return None


def _known(records: Records) -> tuple[list[str], bool, SlotList | None]:
    """Digests that are ours, whether one of them is only expected, and the list that was last remembered."""
    digest, copy = records.notes.get(_DIGEST), records.notes.get(_COPY)
    expected = (records.notes.get(_EXPECTED) or "").split()
    remembered = None
    if digest is not None and copy is not None:
        remembered = SlotList(digest, int(records.notes.get(_REVISION) or 0), copy.encode("ascii"))
    return [one for one in (digest, *expected) if one is not None], bool(expected), remembered


def _is_one_of(digest: str, known: Sequence[str]) -> bool:
    return not known or any(hmac.compare_digest(one, digest) for one in known)


def _another_list(
    stands: SlotList | None, remembered: SlotList | None, standing: Sequence[Slot], slots_of: SlotsOf
) -> Damaged:
    told = sentences(_differences(slots_of(remembered.content), standing)) if remembered else ""
    if stands is None or remembered is None:
        return _changed_by_a_stranger(told)
    if stands.revision > remembered.revision:
        return Damaged(
            sentences((tr("The database is older than the list of keys beside it: it was put back from a backup."), told)),
            safe=tr("Nothing was changed."),
            todo=tr("If that was meant, open it with the printed code or “archive slots put-right”; the list then stays."),
        )
    return Damaged(
        sentences((tr("An older list of keys was put in the place of the newest one."), told)),
        safe=tr("Nothing was changed."),
        todo=tr("Open it with the printed code, or “archive slots put-right”: both put the newest list back."),
    )


def _changed_by_a_stranger(told: str) -> Damaged:
    return Damaged(
        sentences((tr("Somebody without the archive's key changed the list of keys."), told)),
        safe=tr("Nothing was changed in the archive, and nothing was stored with a key of theirs."),
        todo=tr(
            "Open it with the printed code, or “archive slots put-right”: both put the right list back. Then find out who"
            " had the disk, and bring in a new archive key."
        ),
    )


def _differences(remembered: Sequence[Slot], standing: Sequence[Slot]) -> Iterator[str]:
    before = {slot.id: slot for slot in remembered}
    now = {slot.id: slot for slot in standing}
    for slot in standing:
        if slot.id not in before:
            yield tr("It holds one more way in: {way}, of {day}.", way=way(slot), day=slot.created[:10])
        elif slot.mark != before[slot.id].mark:
            yield tr("In it another key stands for {way}.", way=way(slot))
    for slot in remembered:
        if slot.id not in now:
            yield tr("It lacks {way}, of {day}.", way=way(slot), day=slot.created[:10])


def way(slot: Slot) -> str:
    """What a slot opens with and whose it is, in the middle of a sentence."""
    return tr(WAYS[slot.kind], owner=slot.owner)
