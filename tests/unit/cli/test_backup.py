"""Backups from the command line: their documents, their exit codes."""

from pathlib import Path

from tests.helpers.archives import PASSPHRASE, cheap_program
from tests.unit.cli.conftest import Shell


def test_backing_up_checking_proving_and_restoring(shell: Shell, tmp_path: Path) -> None:
    code, stick = shell.new(), tmp_path / "stick"
    made = shell.ask("archive", "backup", stick)
    assert isinstance(made, dict)
    assert (made["copied"], made["kept"], made["bytes"], made["verified"], made["number"]) == (0, 0, 0, True, 1)
    assert made["same_disk"]
    [known] = shell.type("archive", "backups").document
    assert (known["place"], known["attached"], known["still_opens"]) == (str(stick), True, [])
    assert shell.type("archive", "verify", "--backup", stick).document["damaged"] == []
    proof = shell.bare("--passphrase-file", shell.secret, "--json", "archive", "drill", stick)
    assert (proof.code, proof.document["proven"], proof.document["interviews"]) == (0, True, 1)
    back = tmp_path / "back"
    outcome = shell.bare("--passphrase-file", shell.secret, "--json", "archive", "restore", stick, back)
    assert (outcome.code, outcome.document["archive"]) == (0, str(back))
    listed = shell.bare("--archive", back, "--passphrase-file", shell.secret, "--json", "interview", "list")
    assert [one["code"] for one in listed.document] == [code]
    again = shell.bare("--passphrase-file", shell.secret, "--json", "archive", "restore", stick, back)
    assert (again.code, again.document["error"]) == (2, "malformed")


def test_the_recovery_code_opens_a_backup(outside: Shell, tmp_path: Path) -> None:
    archive, code = cheap_program(outside.folder).archives.create(outside.archive, PASSPHRASE)
    archive.close()
    outside.ask("archive", "backup", tmp_path / "stick")
    words = ["--json", "archive", "drill", tmp_path / "stick", "--code-file", outside.file("code", code)]
    assert outside.bare(*words).document["opened_with"] == "recovery"
    wrong = outside.bare(*words[:-1], outside.file("code", code[::-1]))
    assert wrong.code in (2, 4)


def test_a_damaged_backup_is_5_and_named(shell: Shell, tmp_path: Path) -> None:
    shell.ask("archive", "backup", tmp_path / "stick")
    [victim] = (tmp_path / "stick").rglob("keys.sealed")
    victim.unlink()
    outcome = shell.type("archive", "verify", "--backup", tmp_path / "stick")
    assert (outcome.code, outcome.document["damaged"]) == (5, [{"path": "keys.sealed", "fault": "missing"}])
    drill = shell.bare("--passphrase-file", shell.secret, "--json", "archive", "drill", tmp_path / "stick")
    assert drill.code == 5


def test_what_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert shell.type("archive", "backup", shell.archive / "inside").code == 2
    assert shell.type("archive", "verify", "--backup", tmp_path / "nowhere").code == 8
    assert shell.type("archive", "backups", "--forget", "0" * 32).code == 8
    shell.ask("archive", "backup", tmp_path / "stick")
    (tmp_path / "key").write_bytes(bytes(31))
    words = ["archive", "drill", tmp_path / "stick", "--key-file", tmp_path / "key"]
    assert shell.bare("--passphrase-file", shell.secret, "--json", *words).document["error"] == "malformed"


def test_withdrawing_with_destroy_destroys_here_and_in_the_attached_backup(shell: Shell, tmp_path: Path) -> None:
    gone, stays = shell.new(), shell.new()
    shell.ask("archive", "backup", tmp_path / "stick")
    made = shell.ask("consent", "withdraw", gone, "--destroy")
    assert isinstance(made, dict)
    told = made["destroyed"]
    assert (made["code"], told["rewritten"], told["still_open"]) == (gone, [str(tmp_path / "stick")], [])
    assert any("destroyed" in sentence for sentence in told["report"])
    assert [one["code"] for one in shell.type("interview", "list").document] == [stays]
    assert shell.type("interview", "show", gone).code == 8
    assert shell.type("consent", "withdraw", gone, "--destroy").code == 8
    assert shell.type("archive", "verify", "--backup", tmp_path / "stick").document["damaged"] == []
