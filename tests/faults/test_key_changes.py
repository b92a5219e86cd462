"""F12: a change of keys, killed at its steps; the archive opens with exactly the old or the new passphrases, and is whole."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.helpers import stepping
from tests.helpers.figures import keep

pytestmark = pytest.mark.skipif(not stepping.supported(), reason="steps are system calls of Linux on x86-64")

CHANGES = {"passphrase", "recovery", "new key", "slot added", "slot removed"}


def killed(*options: str) -> dict[str, dict[str, Any]]:
    line = [sys.executable, "-m", "tests.faults.key_changes", *options]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if "Untraceable" in done.stderr:
        pytest.skip("this machine does not let a process trace its children")
    assert done.returncode == 0, done.stderr
    told: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return told


def check(told: dict[str, dict[str, Any]], *, whole: bool) -> None:
    assert set(told) == CHANGES
    keep("F12", whole=whole, changes={name: {**one, "wrong": len(one["wrong"])} for name, one in told.items()})
    assert all(one["steps"] > 20 for one in told.values())
    assert not whole or all(one["looked_at"] == one["steps"] for one in told.values())
    assert {name: one["wrong"] for name, one in told.items() if one["wrong"]} == {}


def test_a_few_steps_of_every_change_of_keys() -> None:
    check(killed("--few", "2"), whole=False)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_every_step_of_every_change_of_keys() -> None:
    check(killed(), whole=True)
