"""F12, the part of destroying, removing, backing up and restoring: killed at their steps, each is finished or was not begun."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.helpers import figures, stepping

pytestmark = pytest.mark.skipif(not stepping.supported(), reason="steps are system calls of Linux on x86-64")


def killed(*options: str) -> dict[str, dict[str, Any]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_work", *options], capture_output=True, text=True, check=False
    )
    if "Untraceable" in ran.stderr:
        pytest.skip("this machine does not let a process trace its children")
    assert ran.returncode == 0, ran.stderr
    told: dict[str, dict[str, Any]] = json.loads(ran.stdout)
    return told


def check(told: dict[str, dict[str, Any]], *, whole: bool) -> None:
    assert set(told) == {"destroying", "removing", "backing up", "restoring"}
    figures.keep("F12-work", whole=whole, **{name.replace(" ", "_"): one for name, one in told.items()})
    assert {name: one["wrong"] for name, one in told.items() if one["wrong"]} == {}
    assert "gone on with" in told["destroying"]["ends"]
    assert "gone on with" in told["removing"]["ends"]
    assert not whole or all(one["looked_at"] == one["steps"] for one in told.values())


def test_a_few_steps_of_each() -> None:
    check(killed("--few", "1"), whole=False)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_every_step_of_each() -> None:
    check(killed(), whole=True)
