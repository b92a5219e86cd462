"""The door of an archive: who gets in, and what they are told."""

import json
from pathlib import Path

import pytest

from oralhistory.errors import Damaged, InUse, MalformedInput, NotFound, WrongPassphrase
from tests.helpers.archives import PASSPHRASE, cheap_program


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
