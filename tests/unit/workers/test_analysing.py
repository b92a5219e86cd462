"""Kiwi in its child: words with their places, nothing readable outside of the pipes, and memory that goes back."""

import os
import signal
import sys
from pathlib import Path

import pytest

from oralhistory.domain.morpheme import Part
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.workers import host
from oralhistory.workers.analysing import KiwiProcess

TEXT = "𠀀😀 동생 왕더성이 회령에서 살았슴다."


def test_words_are_found_by_their_code_points_and_told_from_what_was_never_met(morphology: KiwiProcess) -> None:
    first, nothing = morphology.analyse([TEXT, ""])
    words = {TEXT[one.start : one.end]: one for one in first}
    assert words["동생"].part is Part.NOUN and words["동생"].rank is not None
    assert words["왕더성"].part is Part.PROPER_NOUN and words["왕더성"].rank is None
    assert words["회령"].part is Part.PROPER_NOUN
    assert nothing == ()


def test_common_words_have_lower_ranks(morphology: KiwiProcess) -> None:
    ((often, seldom),) = morphology.analyse(["사람 홀아비"])
    assert often.rank is not None and seldom.rank is not None and often.rank < seldom.rank


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_that_was_said_stands_in_its_arguments_environment_or_files(morphology: KiwiProcess) -> None:
    morphology.analyse(["비밀카나리아"])
    own = Path(f"/proc/{morphology.pid}")
    assert (own / "cmdline").read_bytes().split(b"\0")[-2] == b"__kiwi"
    assert "비밀카나리아".encode() not in (own / "cmdline").read_bytes()
    limits = {line.split("  ")[0]: line.split()[-3] for line in (own / "limits").read_text().splitlines()[1:]}
    assert (limits["Max open files"], limits["Max file size"], limits["Max core file size"]) == ("0", "0", "0")


def test_a_child_that_died_is_replaced() -> None:
    process = KiwiProcess()
    try:
        process.begin()
        assert process.pid is not None
        before = process.pid
        os.kill(before, signal.SIGKILL)
        assert len(process.analyse(["동생"])[0]) == 1
        assert process.pid != before
    finally:
        process.close()
    with pytest.raises(Cancelled):
        process.analyse(["동생"])


def test_a_child_that_cannot_start_its_work_is_a_failure_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "command", lambda _name: [sys.executable, "-c", "raise SystemExit(3)"])
    process = KiwiProcess()
    with pytest.raises(WorkerFailed):
        process.analyse(["동생"])
    process.close()
