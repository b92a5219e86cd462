"""Making an archive, getting back in, checking it."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.domain.consent import Stage
from tests.helpers.archives import PASSPHRASE, consent, new_desk
from tests.unit.cli.conftest import Shell

ANOTHER = "어제의 강물 오늘의 다리"


@pytest.mark.parametrize("as_argument", [True, False])
def test_create_prints_the_recovery_code_once(outside: Shell, as_argument: bool) -> None:
    named = [] if as_argument else ["--archive", outside.archive]
    words = [*named, "--passphrase-file", outside.secret, "--json", "archive", "create"]
    outcome = outside.bare(*words, *([outside.archive] if as_argument else []))
    assert (outcome.code, set(outcome.document)) == (0, {"archive", "recovery_code"})
    code = outcome.document["recovery_code"]
    assert code not in outcome.stderr
    assert code.encode() not in b"".join(one.read_bytes() for one in outside.archive.rglob("*") if one.is_file())
    assert outside.ask("interview", "list") == []


def test_create_leaves_a_folder_alone_that_is_in_use(outside: Shell) -> None:
    outside.archive.mkdir()
    (outside.archive / "letter.txt").write_text("mine", "utf-8")
    outcome = outside.type("archive", "create", outside.archive)
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
    assert [one.name for one in outside.archive.iterdir()] == ["letter.txt"]


def test_create_refuses_a_short_passphrase(outside: Shell) -> None:
    short = outside.file("short", "kurz\n")
    words = ["--passphrase-file", short, "--json", "archive", "create", outside.archive]
    assert outside.bare(*words).document["error"] == "malformed"
    assert not outside.archive.exists()


@pytest.mark.parametrize("option", ["--new-passphrase-file", "--passphrase-file"])
def test_recover_sets_a_new_passphrase(outside: Shell, option: str) -> None:
    made = outside.type("archive", "create", outside.archive).document
    code, new = outside.file("code", made["recovery_code"] + "\n"), outside.file("new", ANOTHER)
    outcome = outside.bare("--archive", outside.archive, "archive", "recover", "--code-file", code, option, new)
    assert outcome.code == 0, outcome.stderr
    assert outside.type("interview", "list").code == 4
    assert outside.bare("--archive", outside.archive, "--passphrase-file", new, "interview", "list").code == 0


def test_recover_with_another_code_changes_nothing(shell: Shell) -> None:
    code, new = shell.file("code", "ABCD-EFGH"), shell.file("new", ANOTHER)
    outcome = shell.type("archive", "recover", "--code-file", code, "--new-passphrase-file", new)
    assert outcome.code in (2, 4)
    assert shell.type("interview", "list").code == 0


def test_change_passphrase_reads_both_from_standard_input(shell: Shell) -> None:
    words = ["--archive", shell.archive, "--passphrase-file", "-"]
    assert shell.bare(*words, "archive", "change-passphrase", given=f"{PASSPHRASE}\n{ANOTHER}\n").code == 0
    assert shell.bare(*words, "interview", "list", given=PASSPHRASE).code == 4
    assert shell.bare(*words, "interview", "list", given=ANOTHER).code == 0


def test_slots_are_listed_without_the_passphrase(shell: Shell) -> None:
    rows = shell.bare("--archive", shell.archive, "--json", "archive", "slots", "list").document
    assert {row["kind"] for row in rows} == {"passphrase", "recovery"}
    assert all(set(row) == {"id", "kind", "owner", "created"} for row in rows)


def test_info_counts(shell: Shell) -> None:
    shell.new()
    info = shell.ask("archive", "info")
    assert isinstance(info, dict)
    assert (info["interviews"], info["recordings"], info["duration_ms"]) == (1, 0, 0)


@pytest.fixture
def recorded(outside: Shell) -> str:
    """The code of an interview with a second of sound."""
    sound = outside.folder / "sound.wav"
    soundfile.write(sound, np.sin(np.arange(16_000) / 9), 16_000, subtype="PCM_16")
    with new_desk(outside.folder) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        desk.importing.import_file(code, sound)
    return code


def test_verify_finds_nothing_in_a_whole_archive(outside: Shell, recorded: str) -> None:
    whole = {"checked": 1, "damaged": [], "unopened": [], "due": 0}
    assert outside.ask("archive", "verify", "--deep") == {**whole, "database": "whole"}
    assert outside.ask("archive", "verify", "--due", "--every", 30) == {**whole, "checked": 0, "database": None}
    (row,) = outside.type("audio", "verify", recorded).document
    assert (row["part"], row["unchanged"], row["complete"]) == (1, True, True)


def test_damaged_sound_is_5_and_named_in_one_document(outside: Shell, recorded: str) -> None:
    damage(next(outside.archive.rglob("*.oha")))
    outcome = outside.type("archive", "verify")
    assert outcome.code == 5
    assert [(one["code"], one["part"]) for one in outcome.document["damaged"]] == [(recorded, 1)]
    assert "can still be heard" in outcome.stderr
    outcome = outside.type("audio", "verify", recorded)
    assert (outcome.code, [row["unchanged"] for row in outcome.document]) == (5, [False])


def test_a_missing_part_and_one_that_does_not_open_are_5_and_named(outside: Shell, recorded: str) -> None:
    (whole,) = outside.archive.rglob("*.oha")
    stray = whole.with_name("f" * 32 + ".oha")
    stray.write_bytes(bytes(20_000))
    whole.unlink()
    outcome = outside.type("audio", "verify", recorded)
    assert outcome.code == 5
    assert [(row["outcome"], row["faults"]) for row in outcome.document] == [("missing", ["the file is missing"])]
    assert stray.stem in outcome.stderr
    outcome = outside.type("archive", "verify", "--deep")
    assert outcome.code == 5
    assert [(one["code"], one["outcome"]) for one in outcome.document["damaged"]] == [(recorded, "missing")]
    assert outcome.document["unopened"] == [{"code": recorded, "file": stray.stem}]


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def test_a_damaged_or_missing_database_is_5(shell: Shell) -> None:
    database = shell.archive / "archive.db"
    damage_start = bytearray(database.read_bytes())
    damage_start[100:200] = bytes(100)
    database.write_bytes(damage_start)
    assert shell.type("interview", "list").document["error"] == "damaged"
    database.unlink()
    outcome = shell.type("interview", "list")
    assert (outcome.code, outcome.document["error"]) == (5, "damaged")


def test_a_new_key_changes_nobodys_passphrase(shell: Shell) -> None:
    code = shell.new()
    before = (shell.archive / "keyslots.json").read_bytes()
    outcome = shell.type("archive", "new-key")
    assert (outcome.code, outcome.document) == (0, {"archive": str(shell.archive)})
    assert "Backups" in outcome.stderr
    assert [one["code"] for one in shell.ask("interview", "list")] == [code]
    (shell.archive / "keyslots.json").write_bytes(before)
    assert shell.type("interview", "list").code == 5
