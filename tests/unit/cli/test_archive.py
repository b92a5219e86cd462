"""Making an archive, getting back in, checking it."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from sqlalchemy import text

from oralhistory.domain.consent import Stage
from oralhistory.storage.store import Database
from tests.helpers.archives import PASSPHRASE, consent, new_desk, open_desk
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


def test_a_code_that_nobody_can_be_asked_for_is_said_to_be_missing(shell: Shell) -> None:
    outcome = shell.type("archive", "recover")
    assert (outcome.code, outcome.document["todo"]) == (4, "Use --code-file FILE.")


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
    assert all(set(row) == {"id", "kind", "owner", "created", "cost"} for row in rows)


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
    whole = {"checked": 1, "damaged": [], "unopened": [], "custody": "whole", "due": 0}
    assert outside.ask("archive", "verify", "--deep") == {**whole, "database": "whole"}
    assert outside.ask("archive", "verify", "--due", "--every", 30) == {**whole, "checked": 0, "database": None}
    said = outside.bare("--archive", outside.archive, "--passphrase-file", outside.secret, "archive", "verify").stdout
    assert said.splitlines() == ["1 recording checked.", "All are as they were written."]
    (row,) = outside.type("audio", "verify", recorded).document
    assert (row["part"], row["unchanged"], row["complete"]) == (1, True, True)


def test_an_entry_of_the_custody_log_that_was_changed_is_5_and_named_without_deep(outside: Shell, recorded: str) -> None:
    with open_desk(outside.folder) as desk:
        store = desk.archive.store
        assert isinstance(store, Database)
        with store._engine.begin() as connection:  # as somebody with the key could
            connection.execute(text("UPDATE custody SET actor = 'nobody' WHERE row = 2"))
    outcome = outside.type("archive", "verify")
    assert (outcome.code, outcome.document["custody"], outcome.document["damaged"]) == (5, "damaged", [])
    assert outcome.stderr.count("changed at entry 2") == 1
    assert "All are as they were written" not in outcome.stdout
    assert outside.type("archive", "verify", "--deep").stderr.count("changed at entry 2") == 1


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


def test_a_name_for_a_staff_code_is_told(shell: Shell) -> None:
    for code, told in (("Kim-Minji", True), ("MK", False)):
        outcome = shell.type("staff", "add", code)
        assert outcome.code == 0 and ("looks like a name" in outcome.stderr) is told


def test_people_and_their_ways_in(shell: Shell) -> None:
    member = shell.ask("staff", "add", "LEE", "--name", "@-", "--role", "reviewer", given="이서연\n")
    assert member == {"code": "LEE", "name": "이서연", "role": "reviewer", "active": True}
    assert [one["code"] for one in shell.ask("staff", "list")] == ["S1", "LEE"]
    theirs = shell.file("theirs", ANOTHER + "\n")
    words = ["archive", "slots", "add", "--kind", "passphrase", "--staff", "LEE", "--new-passphrase-file", theirs]
    added = shell.ask(*words)
    assert (added["owner"], set(added["cost"])) == ("LEE", {"memory_kib", "iterations", "lanes"})
    assert shell.bare("--archive", shell.archive, "--passphrase-file", theirs, "interview", "list").code == 0
    assert shell.type("staff", "set", "LEE", "--left").code == 3
    assert shell.ask("archive", "slots", "remove", added["id"][:8])["id"] == added["id"]
    assert shell.ask("staff", "set", "LEE", "--left")["active"] is False
    assert shell.bare("--archive", shell.archive, "--passphrase-file", theirs, "interview", "list").code == 4
    assert shell.type(*words).code == 3
    code = shell.ask("archive", "slots", "add", "--kind", "recovery")["recovery_code"]
    written, new = shell.file("code", code), shell.file("new", ANOTHER)
    recovered = ["archive", "recover", "--code-file", written, "--new-passphrase-file", new]
    assert shell.bare("--archive", shell.archive, *recovered).code == 0


def test_the_organisations_key(shell: Shell) -> None:
    secret, new = shell.file("safe", "기관의 금고 열쇠\n"), shell.file("new", ANOTHER + "\n")
    private, public = shell.folder / "private.key", shell.folder / "public.pem"
    make = ["--json", "archive", "organisation-key", private, public]
    made = shell.bare(*make, "--key-passphrase-file", secret).document
    assert set(made) == {"private", "public", "fingerprint"}
    assert private.stat().st_mode & 0o077 == 0
    again = shell.bare(*make, "--plain")
    assert (again.code, again.document["error"]) == (2, "malformed")
    assert shell.ask("archive", "slots", "add", "--kind", "organisation", "--public-key", public)["kind"] == "organisation"
    assert shell.type("archive", "slots", "add", "--kind", "organisation").code == 2
    recover = ["--archive", shell.archive, "archive", "recover", "--organisation-key", private]
    recover += ["--new-passphrase-file", new, "--key-passphrase-file"]
    assert shell.bare(*recover, new).code == 4
    assert shell.bare(*recover, secret).code == 0
    assert shell.bare("--archive", shell.archive, "--passphrase-file", new, "interview", "list").code == 0


def test_a_plain_key_of_the_organisation_is_warned_of(outside: Shell) -> None:
    private = outside.folder / "private.pem"
    outcome = outside.bare("archive", "organisation-key", private, outside.folder / "public.pem", "--plain")
    assert outcome.code == 0
    assert "not sealed" in outcome.stderr
    assert private.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


def test_a_changed_list_of_keys_is_told_and_put_right(shell: Shell) -> None:
    older = (shell.archive / "keyslots.json").read_bytes()
    shell.ask("archive", "slots", "add", "--kind", "recovery")
    (shell.archive / "keyslots.json").write_bytes(older)
    outcome = shell.type("interview", "list")
    assert outcome.code == 5
    assert "It lacks a printed code of S1" in outcome.stderr
    assert len(shell.ask("archive", "slots", "put-right")) == 3
    assert shell.type("interview", "list").code == 0


def test_the_address_is_handed_out_with_its_fingerprint(shell: Shell) -> None:
    handed = shell.ask("archive", "address", shell.folder / "ours.json")
    assert [len(group) for group in handed["fingerprint"].split()] == [5] * 8
    assert shell.type("archive", "address", shell.folder / "ours.json").code == 2
    again = shell.ask("archive", "address", shell.folder / "again.json")
    assert again["fingerprint"] == handed["fingerprint"]
    assert (shell.folder / "again.json").read_bytes() == (shell.folder / "ours.json").read_bytes()
