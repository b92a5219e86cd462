"""Every change of keys, killed at its steps: run as a program of one thread, prints what came of it as JSON.

``python -m tests.faults.key_changes``: every step of each change is looked at as a kill would leave it, and at a few the
process is killed in truth; with ``--few N`` only the latter, at N steps.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from oralhistory.domain.staff import Role
from oralhistory.errors import Damaged, WrongPassphrase
from oralhistory.services.archive.archives import Archives
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.vault.keyring import KeyRing
from tests.helpers import stepping
from tests.helpers.archives import PASSPHRASE, cheap_program

NEW = "another one for today"
SECOND = "둘째 사람의 긴 암호"
THIRD = "셋째 사람의 더 긴 암호"


@dataclass(frozen=True)
class Kept:
    """An archive of two people and two interviews; `sealed` is a companion of the first one."""

    folder: Path
    recovery: str
    code: str
    sealed: bytes
    lee: str

    @property
    def archives(self) -> Archives:
        return cheap_program(self.folder.parent).archives


def make(folder: Path) -> Kept:
    program = cheap_program(folder)
    archive, recovery = program.archives.create(folder / "archive", PASSPHRASE)
    desk = program.desk(archive)
    desk.staffing.add("LEE", "이서연", Role.REVIEWER)
    lee = desk.admitting.add_passphrase("LEE", SECOND).id
    interview = desk.interviews.create(["ko"], "두루미")
    desk.interviews.create(["ko"], "황새")
    sealed = archive.vault.seal(interview.id, "peaks", b"a voice")
    desk.close()
    return Kept(folder / "archive", recovery, interview.code, sealed, lee)


def change_passphrase(kept: Kept, folder: Path) -> None:
    kept.archives.change_passphrase(folder, PASSPHRASE, NEW)


def recover(kept: Kept, folder: Path) -> None:
    kept.archives.recover(folder, kept.recovery, NEW).close()


def new_key(kept: Kept, folder: Path) -> None:
    archive = kept.archives.unlock(folder, PASSPHRASE)
    renew_keys(archive)
    archive.close()


def add_slot(kept: Kept, folder: Path) -> None:
    program = cheap_program(kept.folder.parent)
    desk = program.desk(program.archives.unlock(folder, PASSPHRASE))
    desk.admitting.add_passphrase("LEE", THIRD)
    desk.close()


def remove_slot(kept: Kept, folder: Path) -> None:
    program = cheap_program(kept.folder.parent)
    desk = program.desk(program.archives.unlock(folder, PASSPHRASE))
    desk.admitting.remove(kept.lee)
    desk.close()


Action = Callable[[Kept, Path], None]

CHANGES: dict[str, tuple[Action, tuple[set[str], set[str]]]] = {
    "passphrase": (change_passphrase, ({PASSPHRASE, SECOND}, {NEW, SECOND})),
    "recovery": (recover, ({PASSPHRASE, SECOND}, {NEW, SECOND})),
    "new key": (new_key, ({PASSPHRASE, SECOND}, {PASSPHRASE, SECOND})),
    "slot added": (add_slot, ({PASSPHRASE, SECOND}, {PASSPHRASE, SECOND, THIRD})),
    "slot removed": (remove_slot, ({PASSPHRASE, SECOND}, {PASSPHRASE})),
}
"""What is done, and which passphrases open before and after it: nothing in between may be seen."""


def faults_after(kept: Kept, folder: Path, allowed: Collection[set[str]]) -> list[str]:
    """What is wrong with an archive whose change was killed; opening it finishes what was begun."""
    looked = {one: incomplete(kept, folder, one) for one in (PASSPHRASE, NEW, SECOND, THIRD)}
    opening = {one for one, faults in looked.items() if faults is not None}
    found = [] if opening in allowed else [f"{len(opening)} passphrases open, not those of before or after"]
    found += [fault for faults in looked.values() for fault in faults or ()]
    found += [f"left: {path.name}" for path in folder.rglob("*") if path.suffix in (".new", ".old")]
    before = (folder / "keyslots.json").read_bytes()
    found += ["a renewal is not finished"] if b'"begun"' in before else []
    try:
        kept.archives.recover(folder, kept.recovery, NEW + "!").close()
    except (Damaged, WrongPassphrase) as fault:
        found.append(f"the printed code: {fault.happened}")
    return found


def incomplete(kept: Kept, folder: Path, passphrase: str) -> list[str] | None:
    """What is missing in the archive; None when it does not open with this passphrase."""
    program = cheap_program(kept.folder.parent)
    try:
        desk = program.desk(program.archives.unlock(folder, passphrase))
    except WrongPassphrase:
        return None
    except Damaged as fault:
        return [f"does not open: {fault}"]
    try:
        assert isinstance(desk.archive.vault, KeyRing)
        desk.archive.store.verify()
        cards = {card.interview.code: card for card in desk.interviews.cards()}
        with desk.archive.store.transaction() as records:
            for card in cards.values():
                wrapped = records.interviews.wrapped_key(card.interview.id)
                desk.archive.vault.restore_interview_key(card.interview.id, wrapped)
        there = len(cards) == 2 and cards[kept.code].narrators[0].pseudonym == "두루미"
        voice = desk.archive.vault.unseal(cards[kept.code].interview.id, "peaks", kept.sealed)
        keys = len(desk.archive.vault._roots.all())
    except (Damaged, KeyError) as fault:
        return [f"{type(fault).__name__}: {fault}"]
    finally:
        desk.close()
    return [] if there and voice == b"a voice" and keys == 1 else ["something is missing"]


REALLY_KILLED = 8
"""At so many steps a whole run kills as well, to see that it leaves what was looked at."""


def run(folder: Path, few: int | None) -> dict[str, object]:
    """For each change: how many steps it has, how many were looked at and killed at, and what was wrong afterwards."""
    kept, trial = make(folder), folder / "trial"

    def fresh() -> None:
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(kept.folder, trial)

    told: dict[str, object] = {}
    for name, (action, allowed) in CHANGES.items():
        faults: dict[int, list[str]] = {}

        def seen(step: int, allowed: tuple[set[str], set[str]] = allowed, faults: dict[int, list[str]] = faults) -> None:
            faults[step] = [*faults.get(step, []), *faults_after(kept, trial, allowed)]

        change = partial(action, kept, trial)
        fresh()
        steps = stepping.killed_before(0, change) if few else stepping.as_killed_before_each(change, trial, seen)
        looked, kills = len(faults), stepping.evenly(steps, few or REALLY_KILLED)
        faults[0] = faults_after(kept, trial, allowed[1:])
        for step in kills:
            fresh()
            stepping.killed_before(step, change)
            seen(step)
        wrong = {step: found for step, found in faults.items() if found}
        told[name] = {"steps": steps, "looked_at": looked, "killed": len(kills), "wrong": wrong}
    return told


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--few", type=int)
    with tempfile.TemporaryDirectory(prefix="oh-keys-", dir=stepping.quick_place()) as folder:
        print(json.dumps(run(Path(folder), options.parse_args().few), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
