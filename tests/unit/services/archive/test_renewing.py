"""A new archive key: who gets in afterwards, what the old key list still opens, and what an interruption leaves."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from oralhistory.domain.ports import ARCHIVE
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Damaged, OralHistoryError, StorageFailed
from oralhistory.services.archive import keylist
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.services.desk import Desk
from oralhistory.storage import store as database
from oralhistory.vault import interviewkeys, slotlist
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.keyslots import FILE_NAME
from oralhistory.vault.root import Root, Roots
from tests.helpers.archives import CHEAP, PASSPHRASE, cheap_program

SECOND = "둘째 사람의 긴 암호"


class Kept(NamedTuple):
    """What must still be readable afterwards."""

    folder: Path
    code: str
    recovery: str
    sealed: bytes


def made(folder: Path) -> Kept:
    program = cheap_program(folder)
    archive, recovery = program.archives.create(folder / "a", PASSPHRASE)
    keylist.change(archive.store, archive.vault, slotlist.added_passphrase(ring(archive), SECOND, CHEAP, "LEE"))
    interview = program.desk(archive).interviews.create(["ko"], "두루미")
    program.desk(archive).interviews.create(["ko"], "황새")
    sealed = archive.vault.seal(interview.id, "peaks", b"a voice")
    archive.close()
    return Kept(folder / "a", interview.code, recovery, sealed)


def ring(archive: OpenArchive) -> KeyRing:
    assert isinstance(archive.vault, KeyRing)
    return archive.vault


def opened(kept: Kept, folder: Path | None = None, passphrase: str = PASSPHRASE) -> Desk:
    program = cheap_program(kept.folder.parent)
    return program.desk(program.archives.unlock(folder or kept.folder, passphrase))


def whole(desk: Desk, kept: Kept) -> bool:
    """Whether everything is there and every key opens, file and copy, under the archive key in hand alone."""
    card = desk.interviews.card(kept.code)
    [root] = ring(desk.archive)._roots.all()
    alone = interviewkeys.InterviewKeys(desk.archive.folder, ring(desk.archive).archive_id, Roots([root]), bytes)
    with desk.archive.store.transaction() as records:
        for interview in records.interviews.all():
            alone.restore(interview.id, records.interviews.wrapped_key(interview.id))
    desk.archive.store.verify()
    return (
        card.narrators[0].pseudonym == "두루미"
        and desk.archive.vault.unseal(card.interview.id, "peaks", kept.sealed) == b"a voice"
        and len(desk.interviews.cards()) == 2
    )


def left_behind(folder: Path) -> list[str]:
    """Files that only an unfinished step leaves."""
    return [path.name for path in folder.rglob("*") if path.suffix in (".old", ".new")]


def test_everybody_gets_in_as_before_and_the_old_list_opens_nothing(tmp_path: Path) -> None:
    kept = made(tmp_path)
    before = (kept.folder / FILE_NAME).read_bytes()
    desk = opened(kept)
    renew_keys(desk.archive)
    assert whole(desk, kept)  # in hand
    desk.interviews.create(pseudonym="a third one")
    desk.close()
    for passphrase in (PASSPHRASE, SECOND):
        desk = opened(kept, passphrase=passphrase)
        assert desk.interviews.card(kept.code).narrators[0].pseudonym == "두루미"
        desk.close()
    cheap_program(tmp_path).archives.recover(kept.folder, kept.recovery, "another one for today").close()
    assert left_behind(kept.folder) == []
    (kept.folder / FILE_NAME).write_bytes(before)
    for attempt in (
        lambda: opened(kept),
        lambda: cheap_program(tmp_path).archives.recover(kept.folder, kept.recovery, "another one for today"),
    ):
        with pytest.raises(Damaged):
            attempt()


def test_nothing_on_the_disk_opens_under_the_old_key(tmp_path: Path) -> None:
    kept = made(tmp_path)
    desk = opened(kept)
    old: Root = ring(desk.archive).root()
    [old_database_key] = desk.archive.vault.database_keys()
    renew_keys(desk.archive)
    stale = interviewkeys.InterviewKeys(kept.folder, ring(desk.archive).archive_id, Roots([old]), bytes)
    for card in desk.interviews.cards():
        with pytest.raises(Damaged):
            stale.key(card.interview.id)
        with desk.archive.store.transaction() as records, pytest.raises(Damaged):
            stale.restore(card.interview.id, records.interviews.wrapped_key(card.interview.id))
    assert ring(desk.archive).root() != old
    assert desk.archive.vault.database_keys() != [old_database_key]
    desk.close()
    with pytest.raises(Damaged):
        database.open_store(kept.folder / "archive.db", old_database_key)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(kept.folder / "archive.db").execute("SELECT * FROM interviews")


def test_it_is_on_record(tmp_path: Path) -> None:
    kept = made(tmp_path)
    desk = opened(kept)
    renew_keys(desk.archive)
    with desk.archive.store.transaction() as records:
        assert [event.action for event in records.custody.of(ARCHIVE)] == ["new archive key"]
    desk.close()


STEPS: dict[str, tuple[Any, str]] = {
    "announced": (keylist, "announce"),
    "list written": (slotlist.keyslots, "write"),
    "database under the new key": (database.Database, "rekey"),
    "files wrapped anew": (interviewkeys.InterviewKeys, "rewrap_files"),
    "old list overwritten": (slotlist.renewal.durable, "supersede"),
    "remembered": (keylist, "remember"),
}


def test_a_crash_behind_any_step_leaves_an_archive_that_opens_and_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = made(tmp_path)
    desk = opened(kept)
    images: dict[str, Path] = {}

    def photographed(step: str, carried_out: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **more: object) -> object:
            result = carried_out(*arguments, **more)
            name = f"{len(images)} {step}"
            images[name] = shutil.copytree(kept.folder, tmp_path / name)
            return result

        return run

    with monkeypatch.context() as patched:
        for step, (where, name) in STEPS.items():
            patched.setattr(where, name, photographed(step, getattr(where, name)))
        renew_keys(desk.archive)
    desk.close()
    assert {name.partition(" ")[2] for name in images} == set(STEPS)
    for image in images.values():
        desk = opened(kept, image, SECOND)
        assert whole(desk, kept)
        desk.close()
        assert left_behind(image) == []
        assert b'"begun"' not in (image / FILE_NAME).read_bytes()


def test_a_disk_without_room_is_said_before_anything_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = made(tmp_path)
    desk = opened(kept)
    list_before = (kept.folder / FILE_NAME).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(database.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
        with pytest.raises(StorageFailed) as caught:
            renew_keys(desk.archive)
    assert "MB" in caught.value.todo
    assert (kept.folder / FILE_NAME).read_bytes() == list_before
    assert whole(desk, kept)
    desk.close()


def test_a_disk_that_fills_up_on_the_way_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = made(tmp_path)
    desk = opened(kept)

    def full(*_: object) -> None:
        raise StorageFailed("full")

    with monkeypatch.context() as patched:
        patched.setattr(database.Database, "rekey", full)
        with pytest.raises(StorageFailed):
            renew_keys(desk.archive)
        desk.interviews.create(pseudonym="in between")
        for attempt in (renew_keys, lambda one: slotlist.added_recovery(ring(one), "LEE")):
            with pytest.raises(StorageFailed):
                attempt(desk.archive)
        desk.close()
        desk = opened(kept)  # still full
        assert desk.interviews.card(kept.code).narrators[0].pseudonym == "두루미"
        desk.close()
        with pytest.raises(StorageFailed):
            cheap_program(tmp_path).archives.change_passphrase(kept.folder, PASSPHRASE, "another one for today")
    desk = opened(kept)
    assert len(desk.interviews.cards()) == 3
    [root] = ring(desk.archive)._roots.all()
    desk.close()
    desk = opened(kept)
    assert ring(desk.archive).root() == root
    desk.close()


def test_a_renewal_that_a_stranger_wrote_into_the_list_is_not_gone_on_with(tmp_path: Path) -> None:
    """Anybody can seal an archive key of theirs to the public keys; nobody without the anchor can make the list of it."""
    kept = made(tmp_path)
    desk = opened(kept)
    stored = ring(desk.archive).authentic_slots()
    desk.close()
    stranger = Root(bytes(32), bytes(32))
    sealed = tuple(slotlist.slots.sealed_to(slot, stored.archive_id, stranger) for slot in stored.slots)
    forged = stored.renewing(sealed, stranger, stranger)
    for planted in (forged, replace(forged, mac=stored.mac), forged.begun):
        slotlist.keyslots.write(kept.folder, planted)
        with pytest.raises(Damaged):
            opened(kept)
    slotlist.keyslots.write(kept.folder, stored)
    opened(kept).close()


def test_other_threads_go_on_while_the_key_changes(tmp_path: Path) -> None:
    kept = made(tmp_path)
    desk = opened(kept)
    sound = SoundFormat(rate=8_000)
    over, faults, rounds = threading.Event(), [], 0

    def work() -> None:
        nonlocal rounds
        try:
            while not over.is_set() or rounds < 3:
                interview = desk.interviews.create(pseudonym=str(rounds))
                path = kept.folder / f"{interview.id}.oha"
                [keys] = desk.archive.vault.part_keys(interview.id, 1)
                desk.archive.vault.create_part(path, keys, sound).finish()
                desk.archive.vault.open_part(interview.id, path).close()
                rounds += 1
        except (OralHistoryError, OSError) as fault:
            faults.append(fault)

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(2):
        renew_keys(desk.archive)
    over.set()
    worker.join()
    assert faults == []
    desk.close()
    desk = opened(kept)
    assert len(desk.interviews.cards()) == 2 + rounds
    for card in desk.interviews.cards():
        assert len(desk.archive.vault.part_keys(card.interview.id, 1)) == 1
    desk.close()
