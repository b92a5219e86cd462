"""The door of an archive: who gets in, and what they are told."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.ports import UnlockedKeys
from oralhistory.errors import Damaged, InUse, Locked, MalformedInput, NotFound, StorageFailed, WrongPassphrase
from oralhistory.vault.door import Door
from oralhistory.vault.slotlist import SlotsChange
from tests.helpers.archives import CHEAP, PASSPHRASE, cheap_program


def test_what_was_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(tmp_path / "a", PASSPHRASE)
    code = program.desk(archive).interviews.create(["ko", "zh"], "두루미").code
    archive.close()
    opened = program.archives.unlock(tmp_path / "a", PASSPHRASE)
    card = program.desk(opened).interviews.card(code)
    opened.close()
    assert card.narrators[0].pseudonym == "두루미"
    assert card.interview.languages == ("ko", "zh")


def test_a_wrong_passphrase_opens_nothing_and_leaves_the_archive_free(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "a", PASSPHRASE)[0].close()
    with pytest.raises(WrongPassphrase):
        program.archives.unlock(tmp_path / "a", PASSPHRASE + "x")
    program.archives.unlock(tmp_path / "a", PASSPHRASE).close()


def test_the_recovery_code_sets_a_new_passphrase_and_the_old_one_is_gone(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, code = program.archives.create(tmp_path / "a", PASSPHRASE)
    made = program.desk(archive).interviews.create().code
    archive.close()
    recovered = program.archives.recover(tmp_path / "a", code.lower(), "another one for today")
    assert program.desk(recovered).interviews.card(made).interview.code == made
    recovered.close()
    with pytest.raises(WrongPassphrase):
        program.archives.unlock(tmp_path / "a", PASSPHRASE)
    program.archives.unlock(tmp_path / "a", "another one for today").close()


def test_changing_the_passphrase(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "a", PASSPHRASE)[0].close()
    program.archives.change_passphrase(tmp_path / "a", PASSPHRASE, "another one for today")
    with pytest.raises(WrongPassphrase):
        program.archives.unlock(tmp_path / "a", PASSPHRASE)
    program.archives.unlock(tmp_path / "a", "another one for today").close()


def test_a_second_holder_is_told_and_gets_nothing(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(tmp_path / "a", PASSPHRASE)
    with pytest.raises(InUse):
        program.archives.unlock(tmp_path / "a", PASSPHRASE)
    archive.close()
    program.archives.unlock(tmp_path / "a", PASSPHRASE).close()


def test_an_old_list_of_keys_put_back_is_found(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "a", PASSPHRASE)[0].close()
    old = (tmp_path / "a" / "keyslots.json").read_bytes()
    program.archives.change_passphrase(tmp_path / "a", PASSPHRASE, "another one for today")
    (tmp_path / "a" / "keyslots.json").write_bytes(old)
    with pytest.raises(Damaged):
        program.archives.unlock(tmp_path / "a", PASSPHRASE)


class PhotographedDoor(Door):
    """Copies the archive's folder as a power cut would leave it: just before, and just after the list of keys changes."""

    def change_passphrase(self, keys: UnlockedKeys, slot_id: str, new: str) -> SlotsChange:
        return Photographed(super().change_passphrase(keys, slot_id, new))


class Photographed(SlotsChange):
    def __init__(self, change: SlotsChange) -> None:
        super().__init__(change.folder, change.slot_id, change.changed)

    def write(self) -> None:
        shutil.copytree(self.folder, self.folder.with_name("before"))
        super().write()
        shutil.copytree(self.folder, self.folder.with_name("after"))


@pytest.mark.parametrize("by_code", [False, True])
def test_a_power_cut_while_the_passphrase_changes_leaves_the_old_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_code: bool
) -> None:
    program = cheap_program(tmp_path)
    archive, code = program.archives.create(tmp_path / "a", PASSPHRASE)
    archive.close()
    monkeypatch.setattr(program.archives, "_keys", PhotographedDoor(CHEAP))
    if by_code:
        program.archives.recover(tmp_path / "a", code, "another one for today").close()
    else:
        program.archives.change_passphrase(tmp_path / "a", PASSPHRASE, "another one for today")
    for moment, opens in (("before", PASSPHRASE), ("after", "another one for today")):
        old = (tmp_path / "before" / "keyslots.json").read_bytes()
        program.archives.unlock(tmp_path / moment, opens).close()
        program.archives.unlock(tmp_path / moment, opens).close()
        if moment == "after":  # and from then on an older list is found out again
            (tmp_path / "after" / "keyslots.json").write_bytes(old)
            with pytest.raises(Damaged):
                program.archives.unlock(tmp_path / "after", PASSPHRASE)


def test_changing_the_passphrase_does_not_bless_an_old_list_of_keys(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "a", PASSPHRASE)[0].close()
    old = (tmp_path / "a" / "keyslots.json").read_bytes()
    program.archives.change_passphrase(tmp_path / "a", PASSPHRASE, "another one for today")
    (tmp_path / "a" / "keyslots.json").write_bytes(old)
    with pytest.raises(Damaged):
        program.archives.change_passphrase(tmp_path / "a", PASSPHRASE, "a third one for tomorrow")
    assert (tmp_path / "a" / "keyslots.json").read_bytes() == old


def test_locking_drops_the_keys_even_when_the_disk_refuses(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(tmp_path / "a", PASSPHRASE)
    interview = "0" * 32
    archive.vault.create_interview_key(interview)

    class FullDisk:
        def close(self) -> None:
            archive.store.close()
            raise StorageFailed("full")

    with pytest.raises(StorageFailed):
        replace(archive, store=FullDisk()).close()
    with pytest.raises(Locked):
        archive.vault.part_keys(interview, 1)
    program.archives.unlock(tmp_path / "a", PASSPHRASE).close()


def test_what_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    with pytest.raises(MalformedInput):
        program.archives.create(tmp_path / "a", "short")
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "letter.txt").write_text("mine")
    with pytest.raises(MalformedInput):
        program.archives.create(occupied, PASSPHRASE)
    assert [one.name for one in occupied.iterdir()] == ["letter.txt"]
    with pytest.raises(NotFound):
        program.archives.unlock(tmp_path / "nowhere", PASSPHRASE)
    assert not (tmp_path / "nowhere").exists()


def test_the_keys_beside_the_data_open_nothing_by_themselves(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(tmp_path / "a", PASSPHRASE)
    program.desk(archive).interviews.create(pseudonym="카나리아")
    archive.close()
    slots = json.loads((tmp_path / "a" / "keyslots.json").read_text())
    assert {slot["type"] if "type" in slot else slot["kind"] for slot in slots["slots"]} == {"passphrase", "recovery"}
    everything = b"".join(path.read_bytes() for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert "카나리아".encode() not in everything
    assert b"SQLite format 3" not in everything


def test_a_missing_database_is_said_and_not_made_anew(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "a", PASSPHRASE)[0].close()
    (tmp_path / "a" / "archive.db").unlink()
    with pytest.raises(Damaged):
        program.archives.unlock(tmp_path / "a", PASSPHRASE)
    assert not (tmp_path / "a" / "archive.db").exists()
