"""A program killed in the middle of an export: nothing left the archive, and what lay half made is gone at the next unlock."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.archives import new_desk, open_desk
from tests.helpers.releases import releasable

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from oralhistory.services.release import releasing
from tests.helpers.archives import open_desk
from tests.helpers.releases import ORDER

folder, code, to, moment = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]

class Killed:
    name, suffix, holds_words = "txt", ".txt", True
    def document(self, transcript, layout):
        if moment == "making":
            os.kill(os.getpid(), signal.SIGKILL)
        return b"half of a story"

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

with open_desk(folder) as desk:
    desk.releasing._exporters = {"txt": Killed()}
    desk.leak_checking._leak_check = killed if moment == "checking" else lambda *_: []
    releasing.register = killed
    desk.releasing.export(code, ORDER, to)
"""


@pytest.mark.parametrize("moment", ["making", "checking", "registering"])
def test_what_a_killed_export_left_is_gone_at_the_next_unlock(tmp_path: Path, moment: str) -> None:
    given = tmp_path / "given"
    given.mkdir()
    with new_desk(tmp_path) as desk:
        code = releasable(desk, "N1: 저는 회령에서 태어났습니다.\n")
    words = [sys.executable, "-c", CHILD, str(tmp_path), code, str(given / "x.txt"), moment]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    (left,) = given.iterdir()
    assert left.name.startswith(".oralhistory-")
    assert [one.name for one in left.iterdir()] == (["x.txt"] if moment == "registering" else [])
    (given / "mine.txt").write_text("not the program's")
    with open_desk(tmp_path) as desk:
        assert [one.name for one in given.iterdir()] == ["mine.txt"]
        assert desk.interviews.history(code).exports == ()


def test_a_waiting_folder_on_a_medium_that_is_away_is_deleted_when_it_is_back(tmp_path: Path) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    with new_desk(tmp_path) as desk:
        code = releasable(desk, "N1: 저는 회령에서 태어났습니다.\n")
    words = [sys.executable, "-c", CHILD, str(tmp_path), code, str(stick / "x.txt"), "checking"]
    assert subprocess.run(words, cwd=ROOT, capture_output=True).returncode == -signal.SIGKILL
    stick.rename(away)
    with open_desk(tmp_path):
        pass
    away.rename(stick)
    assert len(list(stick.iterdir())) == 1
    with open_desk(tmp_path):
        assert list(stick.iterdir()) == []
