"""Drafts on the command line: what is missing is said, what waits is made in its turn."""

from tests.unit.cli.conftest import Shell


def test_one_interview_or_all_that_wait(shell: Shell) -> None:
    for wrong in ((), ("I-1", "--waiting"), ("I-1", "--engine", "telepathy")):
        assert shell.type("transcribe", *wrong).code == 2
    assert shell.ask("transcribe", "--waiting") == {"drafts": [], "left": []}
