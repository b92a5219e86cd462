"""What the locked window showed last: kept up by a process that holds the line to the display and nothing else."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory import curtain, paths
from tests.helpers import leaks

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is kept up")

Connect = Callable[[str], tuple[socket.socket, socket.socket]]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """A line to a display that listens under this abstract name: this end of it, and the display's."""
    before = leaks.children()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    opened: list[socket.socket] = []

    def made(name: str) -> tuple[socket.socket, socket.socket]:
        listening, line = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        listening.bind("\0" + name)
        listening.listen()
        line.connect("\0" + name)
        display = listening.accept()[0]
        display.settimeout(30)
        opened.extend((listening, line, display))
        return line, display

    yield made
    for one in opened:
        one.close()
    for hung in leaks.children() - before:  # and no other child, which another test may have left to be waited for
        os.waitpid(hung, 0)


@pytest.mark.parametrize("name", ["/tmp/.X11-unix/X{own}", "/run/user/{own}/wayland-0"])
def test_the_display_sees_no_end_until_the_next_window_stands(connect: Connect, name: str) -> None:
    line, display = connect(name.format(own=os.getpid()))
    hung = curtain.hang([line.fileno()])
    assert hung > 2
    line.close()  # as an exec does
    display.setblocking(False)
    with pytest.raises(BlockingIOError):
        display.recv(1)
    curtain.lift(hung)
    display.settimeout(30)
    assert display.recv(1) == b""


def test_nothing_else_is_kept_open(connect: Connect) -> None:
    line, _ = connect(f"/tmp/.X11-unix/X{os.getpid()}")
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    hung = curtain.hang([line.fileno()])
    os.close(writing)
    os.set_blocking(reading, False)
    assert os.read(reading, 1) == b""
    os.close(reading)
    curtain.lift(hung)


def test_lines_to_others_and_files_are_not_kept_open(connect: Connect, tmp_path: Path) -> None:
    line, _ = connect(f"pulse-{os.getpid()}")
    with (tmp_path / "x").open("wb") as file:
        assert curtain.hang([line.fileno(), file.fileno(), 9_999]) == -1


def test_a_program_that_is_gone_keeps_nothing_up(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    line, _ = connect(f"/tmp/.X11-unix/X{os.getpid()}")
    monkeypatch.setattr(paths, "itself", lambda word: ["/nowhere/program", word])
    assert curtain.hang([line.fileno()]) == -1


def test_it_stays_until_the_other_end_is_closed() -> None:
    code = "from oralhistory import curtain; print('up', flush=True); raise SystemExit(curtain.keep_up())"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_it_does_not_stay_for_ever() -> None:
    reading, writing = os.pipe()
    code = "from oralhistory import curtain; curtain.LONGEST_S = 0.1; raise SystemExit(curtain.keep_up())"
    ran = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=reading, timeout=60)
    os.close(reading)
    os.close(writing)
    assert ran.returncode == 0
