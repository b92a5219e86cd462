"""Fuzzing of the key-slot reader: `python -m tests.faults.fuzz_keyslots --minutes 15`.

A stream of bytes decides how a real `keyslots.json` is changed: its bits and its text, values and whole slots, parts of other
lists (older ones, an unfinished renewal, another archive of the same passphrase), with a checksum that fits or without.
Whatever comes of it, opening must end in one of its documented outcomes, in bounded time and without asking for more work than
a person would wait for; and what opens and verifies must say exactly what one of the real lists said.

A finding is printed with the bytes that led to it; `--again HEX` repeats them. `--guided` lets coverage choose (see `fuzzing`).
"""

import copy
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oralhistory import vault
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed, WrongPassphrase
from oralhistory.vault import Argon2Cost, KeyRing, keyslots, organisation, passphrase, slotlist
from oralhistory.vault.keyslots import FILE_NAME, KeySlots
from oralhistory.vault.passphrase import MOST_WORK_OF_ALL_KIB
from tests.faults import fuzzing
from tests.faults.fuzzing import Choices, require

PASSPHRASE, SECOND = "하나 둘 셋", "넷 다섯 여섯"
CHEAP = Argon2Cost(64, 1, 1)
MOST_MEMORY = 64 << 20
OUTCOMES = (Damaged, MalformedInput, NotFound, StorageFailed, WrongPassphrase)


@dataclass
class Corpus:
    """Real lists of one archive, newest first, what opens them, and a list of another archive. `folder` is changed."""

    folder: Path
    recovery: str
    private: bytes
    lists: list[dict[str, Any]]
    true: list[KeySlots]
    foreign: dict[str, Any]
    work_kib: list[int] = field(default_factory=list)

    def ways(self) -> Iterator[Callable[[], KeyRing]]:
        yield lambda: vault.open_with_passphrase(self.folder, PASSPHRASE)
        yield lambda: vault.open_with_recovery(self.folder, self.recovery)
        yield lambda: vault.open_with_organisation_key(self.folder, self.private)


def corpus(folder: Path) -> Corpus:
    real = folder / "archive"
    ring, recovery = vault.create_archive_keys(real, PASSPHRASE, CHEAP, "KIM")
    raw = [(real / FILE_NAME).read_bytes()]

    def changed(change: slotlist.SlotsChange) -> None:
        change.write()
        raw.insert(0, (real / FILE_NAME).read_bytes())

    changed(slotlist.added_passphrase(ring, SECOND, CHEAP, "LEE"))
    pair = organisation.make(None, CHEAP)
    changed(slotlist.added_organisation(ring, organisation.read_public(pair.public), "ORG"))
    ring.renewal().write()
    raw.insert(1, (real / FILE_NAME).read_bytes())
    foreign, _ = vault.create_archive_keys(folder / "foreign", PASSPHRASE, CHEAP, "KIM")
    for one in (ring, foreign):
        one.close()
    (folder / "trial").mkdir()
    return Corpus(
        folder / "trial",
        recovery,
        organisation.read_private(pair.private, ""),
        [json.loads(one) for one in raw],
        [keyslots.decoded(one) for one in raw],
        json.loads((folder / "foreign" / FILE_NAME).read_bytes()),
    )


# --- changes ----------------------------------------------------------------------------------------------------------

Document = dict[str, Any]
Change = Callable[[Document, Corpus, Choices], None]
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**31, 2**63, 2**64, 10**400, 0.5, 1e308, float("nan"), float("inf"), "", "0", "f" * 32,
    "0" * 64, "F" * 32, "passphrase", "recovery", "organisation", "2001-01-01T00:00:00", "9999-12-31T23:59:59+00:00",
    "\ud800", "\u202e", "김", "x" * 100_000, [], {}, [[]], [1 << 20, 8, 4], [1 << 30, 1, 1], [64, 64, 16], [8, 1, 1], [64, 1, 1],
)  # fmt: skip


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a document, as its holder and its name or number there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for name, held in inside:
        found.append((value, name))
        found += nodes(held)
    return found


def somewhere(document: Document, choose: Choices) -> tuple[Any, Any]:
    places = nodes(document)
    return places[choose.below(len(places))] if places else (document, "format")


def set_value(document: Document, corpus: Corpus, choose: Choices) -> None:
    holder, name = somewhere(document, choose)
    holder[name] = copy.deepcopy(_VALUES[choose.below(len(_VALUES))])


def nudge(document: Document, corpus: Corpus, choose: Choices) -> None:
    """A digit of a text, or a number by a little."""
    holder, name = somewhere(document, choose)
    held = holder.get(name) if isinstance(holder, dict) else holder[name]
    if isinstance(held, str) and held:
        at = choose.below(len(held))
        holder[name] = held[:at] + "0123456789abcdef-:+TZ "[choose.below(22)] + held[at + 1 :]
    elif type(held) is int:
        holder[name] = held + choose.below(5) - 2


def drop(document: Document, corpus: Corpus, choose: Choices) -> None:
    holder, name = somewhere(document, choose)
    if not isinstance(holder, list) or name < len(holder):
        del holder[name]


def add_field(document: Document, corpus: Corpus, choose: Choices) -> None:
    holder, _ = somewhere(document, choose)
    value = copy.deepcopy(_VALUES[choose.below(len(_VALUES))])
    if isinstance(holder, dict):
        holder[("begun", "slots", "more", "mac", "cost")[choose.below(5)]] = value
    else:
        holder.append(value)


def cut_text(document: Document, corpus: Corpus, choose: Choices) -> None:
    holder, name = somewhere(document, choose)
    held = holder.get(name) if isinstance(holder, dict) else holder[name]
    if isinstance(held, str):
        holder[name] = held[: choose.below(len(held) + 1)] + "00" * choose.below(4)


def transplant(document: Document, corpus: Corpus, choose: Choices) -> None:
    """A value from the same place, or any, of another list."""
    others = [*corpus.lists, corpus.foreign]
    donor = others[choose.below(len(others))]
    holder, name = somewhere(document, choose)
    if choose.below(2):
        giver, called = somewhere(donor, choose)
        holder[name] = copy.deepcopy(giver[called])
    elif isinstance(holder, dict) and name in donor:
        holder[name] = copy.deepcopy(donor[name])


def shuffle_slots(document: Document, corpus: Corpus, choose: Choices) -> None:
    """Slots swapped, doubled, taken away, brought from elsewhere, or one field exchanged between two."""
    listed = document.get("slots")
    if not isinstance(listed, list) or not listed or not all(isinstance(slot, dict) for slot in listed):
        return
    one, two = choose.below(len(listed)), choose.below(len(listed))
    act = choose.below(6)
    if act == 0:
        listed[one], listed[two] = listed[two], listed[one]
    elif act == 1:
        listed += [{**listed[one], "id": f"{number:032x}"} for number in range(choose.below(90))]
    elif act == 2:
        del listed[one]
    elif act == 3:
        donors = [*corpus.lists, corpus.foreign]
        given = donors[choose.below(len(donors))]["slots"]
        listed[one] = copy.deepcopy(given[choose.below(len(given))])
    elif act == 4:
        listed[one] = copy.deepcopy(listed[two])
    else:
        name = ("salt", "public", "private", "archive_key", "cost", "kind", "owner", "created", "id")[choose.below(9)]
        held, other = listed[one].get(name), listed[two].get(name)
        listed[one][name], listed[two][name] = other, held


def work_harder(document: Document, corpus: Corpus, choose: Choices) -> None:
    """Costs at the limits, each with a salt of its own."""
    listed = document.get("slots")
    for number, slot in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(slot, dict) and slot.get("kind") == "passphrase" and choose.below(2):
            slot["cost"] = ([1 << 20, 8, 4], [1 << 19, 16, 1], [128 * 1024, 64, 16], [1 << 20, 9, 4])[choose.below(4)]
            slot["salt"] = f"{choose.below(1 << 32) + number:032x}"


CHANGES: tuple[Change, ...] = (
    set_value, set_value, nudge, nudge, drop, add_field, cut_text, transplant, transplant, shuffle_slots, shuffle_slots,
    work_harder,
)  # fmt: skip


def rewritten(document: Document, choose: Choices) -> bytes:
    """The document as text: with a checksum that fits in most cases, in one of several spellings."""
    if choose.below(8):
        covered = {name: value for name, value in document.items() if name != "checksum"}
        canonical = json.dumps(covered, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
        document["checksum"] = hashlib.sha256(canonical).hexdigest()
    spelling = choose.below(8)
    if spelling == 0:
        return json.dumps(document).encode("utf-16")
    if spelling == 1:
        text = json.dumps(document, ensure_ascii=False, indent=choose.below(9))
        return text.encode("utf-8", "surrogatepass")
    raw = json.dumps(document, indent=1).encode("ascii", "replace")
    if spelling == 2:  # the same field twice
        return raw.rstrip()[:-1] + b',"slots":[],"slots":' + json.dumps(document.get("slots")).encode() + b"}"
    return raw


def scratched(raw: bytes, choose: Choices) -> bytes:
    """Bits and stretches of the text itself."""
    image = bytearray(raw)
    act = choose.below(6)
    start, count = choose.below(len(image) + 1), choose.below(600)
    if act == 0:
        for _ in range(1 + choose.below(4)):
            image[choose.below(len(image))] ^= 1 << choose.below(8)
    elif act == 1:
        del image[start:]
    elif act == 2:
        del image[start : start + count]
    elif act == 3:
        image[start:start] = choose.filler(count)
    elif act == 4:
        image[start:start] = b'{"a":[' * count
    else:
        image[:] = choose.filler(choose.below(1 << 12)) * (1 + choose.below(600))
    return bytes(image)


def changed(corpus: Corpus, data: bytes) -> bytes:
    """What the decisions in `data` make of one of the real files."""
    choose = Choices(data)
    document = copy.deepcopy(corpus.lists[choose.below(len(corpus.lists))])
    if choose.below(4) == 0:
        return scratched(json.dumps(document, indent=1).encode("ascii"), choose)
    for _ in range(1 + choose.below(3)):
        CHANGES[choose.below(len(CHANGES))](document, corpus, choose)
        if choose.over:
            break
    return rewritten(document, choose)


# --- promises ---------------------------------------------------------------------------------------------------------


def look(corpus: Corpus, data: bytes) -> str:
    """Try to open what `data` makes of a list, in every way; the worst outcome, or Finding."""
    raw = changed(corpus, data)
    (corpus.folder / FILE_NAME).write_bytes(raw)
    outcomes = {opened(corpus, way) for way in corpus.ways()}
    require(sum(corpus.work_kib) <= 3 * MOST_WORK_OF_ALL_KIB, "more work than a person would wait for")
    return "opened" if "opened" in outcomes else sorted(outcomes)[0]


def opened(corpus: Corpus, way: Callable[[], KeyRing]) -> str:
    try:
        ring = way()
    except OUTCOMES as outcome:
        return type(outcome).__name__
    try:
        listed = keyslots.decoded(ring.slot_list().content)
        keys = ring.database_keys()
    except OUTCOMES as outcome:
        return f"opened, then {type(outcome).__name__}"
    finally:
        ring.close()
    require(listed in corpus.true, "a change that nobody noticed")
    require(len(keys) == (1 if listed.begun is None else 2), "not the keys of its database")
    return "opened"


@contextmanager
def counted_work(corpus: Corpus) -> Iterator[None]:
    """Notes what is asked of Argon2id; a cost that is not the real one gives another key anyhow, so it is spared the work."""
    real = passphrase.derive_key

    def derive(typed: str, salt: bytes, cost: Argon2Cost) -> bytes:
        corpus.work_kib.append(cost.work_kib)
        return real(typed, salt, CHEAP) if cost == CHEAP else real(f"not {typed}", salt, CHEAP)

    passphrase.derive_key = derive
    try:
        yield
    finally:
        passphrase.derive_key = real


def judged(corpus: Corpus, data: bytes) -> str:
    """`look` with the work counted and not done."""
    corpus.work_kib.clear()
    with counted_work(corpus):
        return look(corpus, data)


if __name__ == "__main__":
    sys.exit(fuzzing.main(__doc__, corpus, judged, longest=60, most_memory=MOST_MEMORY))
