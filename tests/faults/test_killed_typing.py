"""Killed while somebody types: at most the last second of typing is lost, and the transcript is never damaged."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oralhistory.domain.word_times import tokens
from tests.helpers import figures
from tests.helpers.archives import open_desk, quick_desk
from tests.ui.material import agreed, taped, written

ROWS = 6
LONGEST_LOSS_S = 1.0


def killed_after(folder: Path, code: str, seconds: float) -> list[tuple[float, int, str]]:
    """What was typed, and when, by a window that lived so long after its first letter; the last line is the kill."""
    command = [sys.executable, "-m", "tests.faults.typist", str(folder), code]
    typist = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert typist.stdout is not None
    lines: list[tuple[float, int, str]] = []
    for line in typist.stdout:
        lines.append(tuple(json.loads(line)))
        if lines[-1][0] - lines[0][0] >= seconds:
            typist.kill()
            break
    lines.append((time.monotonic(), -1, ""))
    typist.stdout.close()
    typist.wait()
    return lines


def lost_s(before: list[str], after: list[str], typed: list[tuple[float, int, str]]) -> float:
    """How long before the kill the first letter was typed that is not there; what is there must be what was typed."""
    killed_at, whole = typed[-1][0], {row: text for _, row, text in typed[:-1]}
    for row, (old, new) in enumerate(zip(before, after, strict=True)):
        assert new.startswith(old), "words that nobody touched have changed"
        assert whole.get(row, "").strip().startswith(new.removeprefix(old).strip()), "there are words that nobody typed"
    missing = [
        at for at, row, text in typed[:-1] if len(after[row]) < len(f"{before[row]}{text}".strip()) and text.strip()
    ]
    return killed_at - missing[0] if missing else 0.0


def check(folder: Path, kills: int) -> None:
    chance, losses = random.Random(50), []
    with quick_desk(folder) as desk:
        code = desk.interviews.create(("ko",), "Crane").code
        agreed(desk, code)
        taped(desk, code, 2)
        written(desk, code, [f"{row} 번째 줄입니다." for row in range(ROWS)])
        fresh = [one.text for one in desk.transcripts.segments(code)]
    for _ in range(kills):
        typed = killed_after(folder, code, chance.uniform(1.5, 4.0))
        with open_desk(folder) as desk:
            found = desk.transcripts.segments(code)
            desk.archive.store.verify()
            for one in found:
                assert [word.text for word in one.words] == tokens(one.text)
            losses.append(lost_s(fresh, [one.text for one in found], typed))
            while desk.transcripts.undo(code):
                pass
            assert [one.text for one in desk.transcripts.segments(code)] == fresh
    figures.keep("typing", whole=kills > 2, kills=kills, longest_loss_s=round(max(losses), 3))
    assert max(losses) <= LONGEST_LOSS_S, losses


@pytest.mark.skipif(os.name == "nt", reason="the clocks of two processes are compared")
def test_one_kill(tmp_path: Path) -> None:
    check(tmp_path, 1)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.name == "nt", reason="the clocks of two processes are compared")
def test_fifty_kills(tmp_path: Path) -> None:
    check(tmp_path, 50)
