"""Texts and documents come from files and from standard input, after the passphrase, and never break the program."""

import json
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from tests.helpers.archives import PASSPHRASE, consent
from tests.unit.cli.conftest import Shell


def pseudonyms(shell: Shell) -> list[str]:
    rows = shell.ask("interview", "list")
    assert isinstance(rows, list)
    return [name for row in rows for name in row["narrators"]]


def test_a_name_comes_from_a_file_or_from_standard_input(shell: Shell) -> None:
    name = shell.file("name", "\ufeff두루미\r\n")
    shell.ask("interview", "new", "--pseudonym", f"@{name}")
    shell.ask("interview", "new", "--pseudonym", "@-", given="황새\n")
    assert sorted(pseudonyms(shell)) == ["두루미", "황새"]


def test_the_passphrase_takes_the_first_line_and_the_text_the_rest(shell: Shell) -> None:
    words = ["--archive", shell.archive, "--passphrase-file", "-", "interview", "new", "--pseudonym", "@-"]
    assert shell.bare(*words, given=f"{PASSPHRASE}\n두루미\n").code == 0
    assert pseudonyms(shell) == ["두루미"]


def test_the_passphrase_takes_the_first_line_and_the_document_the_rest(shell: Shell) -> None:
    code, document = shell.new(), json.dumps(consent(Stage.BEFORE, "record_audio"))
    words = ["--archive", shell.archive, "--passphrase-file", "-", "consent", "set", code, "--file", "-"]
    assert shell.bare(*words, given=f"{PASSPHRASE}\n{document}").code == 0
    assert shell.type("consent", "why", code, "record").code == 0


def test_help_does_not_wait_for_a_passphrase(outside: Shell) -> None:
    assert outside.bare("--passphrase-file", "-", "interview", "new", "--help", given="").code == 0


def test_a_passphrase_file_of_another_system_opens_the_archive(shell: Shell) -> None:
    other = shell.file("other", "\ufeff" + PASSPHRASE + "\r\nsecond line\r\n")
    assert shell.bare("--archive", shell.archive, "--passphrase-file", other, "interview", "list").code == 0


@pytest.mark.parametrize(
    ("content", "code", "error"),
    [(b"\xff\xfe\x00", 2, "malformed"), (b"{", 2, "malformed"), (b'{"x": NaN}', 2, "malformed"),
     (b"[" * 200_000, 2, "malformed"), (b'{"stage": "\\ud800"}', 2, "malformed"), (b"", 2, "malformed"),
     (None, 8, "not_found")],
)  # fmt: skip
def test_a_document_that_cannot_be_read(shell: Shell, content: bytes | None, code: int, error: str) -> None:
    interview = shell.new()
    file = shell.file("document.json", content) if content is not None else shell.folder
    for words in (["consent", "set"], ["redact", "decide"], ["transcript", "edit"]):
        outcome = shell.type(*words, interview, "--file", file)
        assert (outcome.code, outcome.document["error"]) == (code, error), words


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_a_file_without_end_is_refused(shell: Shell) -> None:
    assert shell.type("interview", "new", "--pseudonym", "@/dev/zero").code == 2
    assert shell.bare("--archive", shell.archive, "--passphrase-file", "/dev/zero", "interview", "list").code == 2
