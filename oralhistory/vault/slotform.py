"""The form of slots in `keyslots.json`: hexadecimal text, whole numbers, ISO dates, and nothing but the expected fields.

It refuses (ValueError, TypeError, KeyError, AttributeError) whatever does not have exactly this form, two slots of one id,
and a list that would take minutes to try.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from oralhistory.domain.ports import SlotKind
from oralhistory.vault import sealing
from oralhistory.vault.passphrase import MOST_WORK_OF_ALL_KIB, SALT_BYTES, Argon2Cost
from oralhistory.vault.slots import Slot

_Value = TypeVar("_Value")


def to_json(slot: Slot) -> dict[str, Any]:
    cost = slot.cost
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "owner": slot.owner,
        "created": slot.created.isoformat(),
        "cost": None if cost is None else [cost.memory_kib, cost.iterations, cost.lanes],
        "salt": slot.salt.hex(),
        "public": slot.public_key.hex(),
        "private": slot.sealed_private.hex(),
        "archive_key": slot.sealed_archive_key.hex(),
    }


def slots_from_json(
    entries: Any, valid_id: Callable[[str], bool], valid_owner: Callable[[str], bool], most: int
) -> tuple[Slot, ...]:
    """One to `most` slots of different ids."""
    listed = checked(entries, lambda entries: type(entries) is list and 0 < len(entries) <= most)
    slots = tuple(_from_json(entry, valid_id, valid_owner) for entry in listed)
    if len({slot.id for slot in slots}) != len(slots):
        raise ValueError("two slots of one id")
    derived = {(slot.salt, slot.cost): slot.cost.work_kib for slot in slots if slot.cost is not None}
    if sum(derived.values()) > MOST_WORK_OF_ALL_KIB:
        raise ValueError("more work than a person would wait for")
    return slots


def _from_json(entry: dict[str, Any], valid_id: Callable[[str], bool], valid_owner: Callable[[str], bool]) -> Slot:
    exactly(entry, {"id", "kind", "owner", "created", "cost", "salt", "public", "private", "archive_key"})
    kind = SlotKind(entry["kind"])
    cost = None if entry["cost"] is None else Argon2Cost(*entry["cost"])
    closed = kind is not SlotKind.ORGANISATION
    if (cost is not None) != (kind is SlotKind.PASSPHRASE):
        raise ValueError("cost")
    return Slot(
        id=checked(entry["id"], valid_id),
        kind=kind,
        owner=checked(entry["owner"], valid_owner),
        created=checked(datetime.fromisoformat(entry["created"]), lambda moment: moment.tzinfo is not None),
        cost=cost,
        salt=checked(bytes.fromhex(entry["salt"]), lambda salt: len(salt) == (SALT_BYTES if closed else 0)),
        public_key=checked(bytes.fromhex(entry["public"]), lambda key: len(key) == sealing.KEY_BYTES),
        sealed_private=checked(bytes.fromhex(entry["private"]), lambda sealed: bool(sealed) == closed),
        sealed_archive_key=bytes.fromhex(entry["archive_key"]),
    )


def exactly(entry: dict[str, Any], names: set[str]) -> None:
    if set(entry) != names:
        raise ValueError("unexpected or missing fields")


def checked(value: _Value, holds: Callable[[_Value], bool]) -> _Value:
    if not holds(value):
        raise ValueError("a value out of its bounds")
    return value
