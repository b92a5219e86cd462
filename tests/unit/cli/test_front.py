"""Every outcome has its exit code, its sentences on stderr and, when asked for, exactly one JSON document on stdout."""

import errno
import json
from pathlib import Path

import click
import pytest

from oralhistory import __main__, hardening
from oralhistory.cli import archive, main
from oralhistory.cli.lazy import Later, LazyGroup
from oralhistory.errors import Locked
from oralhistory.i18n import tr
from tests.helpers.archives import open_desk
from tests.unit.cli.conftest import Shell

CANARY = "김영희"


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["interview", "show"], 2, "malformed"),
        (["interview"], 2, "malformed"),
        (["intervew", "list"], 2, "malformed"),
        (["seal", "I-XXXX", "-5", "7", "--reason", "x"], 2, "malformed"),
        (["seal", "I-XXXX", "5", "7", "--reason", "x", "--until", "2026-02-30"], 2, "malformed"),
        (["record", "I-XXXX", "--seconds", "0"], 2, "malformed"),
        (["record", "I-XXXX", "--seconds", "nan"], 2, "malformed"),
        (["record", "I-XXXX", "--seconds", "inf"], 2, "malformed"),
        (["microphone", "--seconds", "nan"], 2, "malformed"),
        (["export", "I-XXXX", "--format", "txt"], 2, "malformed"),
        (["interview", "show", "I-XXXX"], 8, "not_found"),
        (["transcribe", "i-xxxx"], 8, "not_found"),
        (["model", "remove", "nothing"], 8, "not_found"),
        (["import", "I-XXXX", "/nowhere.wav"], 8, "not_found"),
    ],
)
def test_what_goes_wrong_is_one_json_document_and_a_sentence(
    shell: Shell, words: list[str], code: int, error: str
) -> None:
    outcome = shell.type(*words)
    assert (outcome.code, outcome.document["error"]) == (code, error)
    assert outcome.document["happened"]
    assert outcome.stderr.strip()


def test_without_json_nothing_is_on_stdout_when_it_goes_wrong(shell: Shell) -> None:
    outcome = shell.bare("--archive", shell.archive, "interview", "show", "I-XXXX")
    assert (outcome.code, outcome.stdout) == (Locked.exit_code, "")
    assert "passphrase" in outcome.stderr


def test_a_missing_archive_is_said_before_a_passphrase_is_asked_for(outside: Shell) -> None:
    assert outside.bare("--archive", outside.folder, "--json", "interview", "list").document["error"] == "not_found"
    assert outside.bare("--json", "interview", "list").code == 8


def test_a_wrong_passphrase_and_none_at_all_are_4(shell: Shell) -> None:
    wrong = shell.file("wrong", "not this one\n")
    outcome = shell.bare("--archive", shell.archive, "--passphrase-file", wrong, "--json", "interview", "list")
    assert (outcome.code, outcome.document["error"]) == (4, "wrong_passphrase")
    outcome = shell.bare("--archive", shell.archive, "--json", "interview", "list")
    assert (outcome.code, outcome.document["error"]) == (4, "locked")


def test_an_archive_that_is_open_elsewhere_is_9(shell: Shell) -> None:
    with open_desk(shell.folder):
        outcome = shell.type("interview", "list")
    assert (outcome.code, outcome.document["error"]) == (9, "in_use")
    assert shell.type("interview", "list").code == 0


def test_the_archive_may_be_named_in_the_environment(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALHISTORY_ARCHIVE", str(shell.archive))
    assert shell.bare("--passphrase-file", shell.secret, "--json", "interview", "list").document == []


def test_general_options_may_stand_behind_the_command(shell: Shell) -> None:
    outcome = shell.bare(
        "interview", "list", "--json", f"--archive={shell.archive}", "--passphrase-file", shell.secret, "--lang=ko"
    )
    assert (outcome.code, outcome.document) == (0, [])


def test_it_speaks_the_language_that_was_asked_for(outside: Shell) -> None:
    english = outside.bare("interview", "list").stderr
    assert outside.bare("interview", "list", "--lang", "ko").stderr not in ("", english)
    assert outside.bare("--lang", "xx", "--json", "devices").code == 2


def test_help_is_help_also_with_json(outside: Shell) -> None:
    outcome = outside.bare("--json", "interview", "new", "--help")
    assert outcome.code == 0
    assert outcome.stdout.startswith("Usage:")
    assert outside.bare("--json", "--version").code == 0


def leaves() -> list[list[str]]:
    """The words of every command that does something."""
    return below([], LazyGroup(later=main.COMMANDS))


def below(words: list[str], command: click.Command | None) -> list[list[str]]:
    if not isinstance(command, click.Group):
        return [words]
    context = click.Context(command)
    names = command.list_commands(context)
    return [deeper for name in names for deeper in below([*words, name], command.get_command(context, name))]


@pytest.mark.parametrize("commands", [main.COMMANDS, archive.COMMANDS], ids=["all", "archive"])
def test_a_list_of_commands_tells_of_each_what_its_own_help_begins_with(commands: dict[str, Later]) -> None:
    group = LazyGroup(later=commands)
    for name, later in commands.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None and command.help is not None
        assert command.help.startswith(tr(later.help)), name


@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_every_command_tells_its_json(outside: Shell, words: list[str]) -> None:
    outcome = outside.bare(*words, "--help")
    assert outcome.code == 0
    assert "JSON: " in outcome.stdout


def test_a_fault_of_the_program_is_told_by_its_type_alone(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> object:
        raise RuntimeError(CANARY)

    code = main.run(["--json", "devices"], broken, lambda _archive, _language: 0)  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert (code, json.loads(out)["error"], json.loads(out)["happened"]) == (1, "fault", "RuntimeError")
    assert "RuntimeError" in err
    assert CANARY not in out + err


def test_who_stops_it_while_it_begins_sees_no_trace_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(hardening, "make_undumpable", stopped)
    assert __main__.main(["devices"]) == 130


@pytest.mark.parametrize(
    ("raised", "code", "error"),
    [
        (KeyboardInterrupt(), 130, "cancelled"),
        (OSError(errno.ENOSPC, CANARY), 7, "storage"),
        (OSError(errno.ENAMETOOLONG, CANARY), 7, "storage"),
        (OSError(), 1, "fault"),
    ],
)
def test_what_ends_a_command_from_outside(
    capsys: pytest.CaptureFixture[str], raised: BaseException, code: int, error: str
) -> None:
    def ends() -> object:
        raise raised

    assert main.run(["devices", "--json"], ends, lambda _archive, _language: 0) == code  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert json.loads(out)["error"] == error
    assert err
    assert CANARY not in out + err


def test_no_command_opens_the_window_of_that_archive(outside: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert outside.bare("--archive", "/some/where").code == 0
    assert outside.bare("--lang", "ko").code == 0
    assert (outside.windows, outside.languages) == ([Path("/some/where"), None], ["", "ko"])


def test_without_a_display_no_window_is_tried(outside: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    outcome = outside.bare("--json")
    assert (outcome.code, outcome.document["error"], outside.windows) == (2, "malformed", [])


def test_an_argument_that_is_no_text_is_refused(shell: Shell) -> None:
    outcome = shell.type("search", b"\xff".decode(errors="surrogateescape"))
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
