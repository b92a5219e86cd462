"""F12, the part of destroying and backing up: killed before each single thing it does to disk and database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import figures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills forks with a POSIX signal")


def killed(what: str, folder: Path, every: int) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.faults.killed_work", what, str(folder), str(every)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    assert ran.returncode == 0, ran.stderr
    told: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize(
    ("every", "whole"), [(45, False), pytest.param(1, True, marks=[pytest.mark.full, pytest.mark.timeout(3600)])]
)
def test_a_killed_destruction_is_gone_on_with(tmp_path: Path, every: int, whole: bool) -> None:
    told = killed("destroy", tmp_path, every)
    figures.keep("F12-destroying", whole=whole, **told)
    assert told["killed"]


@pytest.mark.parametrize(
    ("every", "whole"), [(20, False), pytest.param(1, True, marks=[pytest.mark.full, pytest.mark.timeout(3600)])]
)
def test_a_killed_backup_leaves_the_state_before_or_the_new_one(tmp_path: Path, every: int, whole: bool) -> None:
    told = killed("back_up", tmp_path, every)
    figures.keep("F12-backup", whole=whole, **told)
    assert told["killed"]
