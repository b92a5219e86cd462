"""No process of the program can be looked into by another one of the same user, dumps core, or shows a secret in /proc."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralhistory import curtain, successor
from oralhistory.__main__ import WORKERS
from tests.faults.conftest import Session
from tests.helpers import memory, probing
from tests.helpers.archives import PASSPHRASE, new_desk
from tests.helpers.real_window import until

pytestmark = pytest.mark.skipif(not probing.supported(), reason="looks at processes through Linux's /proc")


@contextmanager
def started(*words: str, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that waits at its standard input; killed at the end."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = probing.without_rights([sys.executable, *words])
    process = subprocess.Popen(command, **streams, cwd=cwd, env={**os.environ, "PYTHONPATH": ROOT, "LC_ALL": "C.UTF-8"})
    try:
        yield process
    finally:
        process.kill()
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def test_a_process_of_any_other_program_can_be_looked_into() -> None:
    with started("-c", "import sys; sys.stdin.read()") as other:
        until(lambda: probing.readable(other.pid))
        assert probing.core_limits(other.pid)[1] != "0"


ROOT = str(Path(__file__).resolve().parents[2])
PROCESSES = [
    *([f"__{worker}"] for worker in WORKERS), [], [successor.WORD], [curtain.WORD],
    ["--passphrase-file", "-", "archive", "create", "x"],
]  # fmt: skip


@pytest.mark.parametrize("words", PROCESSES, ids=lambda words: " ".join(words[-3:]) or "window")
def test_no_process_can_be_looked_into(words: list[str], tmp_path: Path) -> None:
    with started("-m", "oralhistory", *words, cwd=tmp_path) as process:
        until(lambda: probing.core_limits(process.pid) == ["0", "0"])
        until(lambda: not probing.readable(process.pid))
        assert process.poll() is None


def test_a_recording_shows_no_key_in_proc(start: Callable[..., Session]) -> None:
    session = start()
    session.until(lambda beat: beat.safe_ms > 0)
    root = session.ring.root()
    keys = [root.archive_key, root.anchor, *session.ring.database_keys()]
    keys += [key for one in session.keys for key in (one.data_key, one.header_mac_key)]
    secrets = [*memory.spellings(PASSPHRASE), *(spelling for key in keys for spelling in memory.key_spellings(key))]
    seen = b"".join(probing.shown(pid) for pid in probing.descendants(session.pid))
    assert b"__recorder" in seen
    assert [one for one in secrets if one in seen] == []
    session.finish()


def test_a_command_shows_no_passphrase_in_proc(tmp_path: Path) -> None:
    with new_desk(tmp_path):
        pass
    options = ["--archive", str(tmp_path / "archive"), "--passphrase-file", "-"]
    with started("-m", "oralhistory", *options, "archive", "change-passphrase") as process:
        assert process.stdin is not None
        process.stdin.write(PASSPHRASE.encode() + b"\n")  # and then it waits for the new one
        process.stdin.flush()
        until(lambda: probing.core_limits(process.pid) == ["0", "0"] and not probing.readable(process.pid))
        seen = probing.shown(process.pid)
        assert b"change-passphrase" in seen
        assert [one for one in memory.spellings(PASSPHRASE) if one in seen] == []
