"""The development commands: a checkout is installed when it must be and only then; missing system parts are seen to."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has these")

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "oralhistory"
version = "1"
"""
# A build backend of the project's own, so that installing needs no network: a wheel holding a program that prints argv.
BACKEND = """
import zipfile

def get_requires_for_build_editable(settings=None):
    return []

def build_editable(folder, settings=None, metadata=None):
    files = {
        "oralhistory.py": "import json, sys\\ndef main(): print(json.dumps(sys.argv[1:]))\\n",
        "oralhistory-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: oralhistory\\nVersion: 1\\n",
        "oralhistory-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "oralhistory-1.dist-info/entry_points.txt": "[console_scripts]\\noralhistory = oralhistory:main\\n",
    }
    record = "oralhistory-1.dist-info/RECORD"
    files[record] = "".join(f"{name},,\\n" for name in [*files, record])
    with zipfile.ZipFile(f"{folder}/oralhistory-1-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return "oralhistory-1-py3-none-any.whl"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(dev.__file__, tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    return tmp_path


def run_dev(checkout: Path, *arguments: str) -> str:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # it would lead to this checkout
    ran = subprocess.run([sys.executable, "dev.py", *arguments], cwd=checkout, env=own, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.full
def test_a_checkout_is_installed_when_it_must_be_and_only_then(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python")
    first = run_dev(checkout, "run", "archive", "--json")
    assert "making .venv" in first
    assert json.loads(first.splitlines()[-1]) == ["archive", "--json"]

    assert run_dev(checkout, "run", "again") == '["again"]\n'

    (checkout / "pyproject.toml").write_text(PROJECT + "description = 'changed'\n")
    notice, *demonstration = run_dev(checkout, "run").splitlines()
    assert "installing" in notice and "without a word meanwhile" in notice

    # No display and no arguments: the demonstration archive is made, and the person is told where.
    sentence, arguments = demonstration
    command, folder, flag = json.loads(arguments)
    assert (command, flag) == ("demo", "--no-window")
    assert Path(folder).parent == checkout / "build" / "demo"
    assert folder in sentence


def test_an_unknown_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in ("run", "test", "bench", "shots", "build"))


@LINUX
def test_tests_run_with_loopback_and_no_other_network() -> None:
    wrapped = dev.without_network()
    if not wrapped:
        pytest.skip("no network namespace can be made here")
    code = (
        "import socket\n"
        "here = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(here.getsockname()).close()\n"
        "print([name for _, name in socket.if_nameindex() if name == 'lo'])\n"
        "try: socket.create_connection(('192.0.2.1', 80))\n"
        "except OSError as error: print(type(error).__name__, error.errno)\n"
    )
    ran = subprocess.run([*wrapped, sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert ran.stdout.splitlines() == ["['lo']", "OSError 101"], ran.stderr


class FakeApt:
    """A system whose apt-get installs a package by making a file of its name."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.log = folder / "log"
        script = folder / "apt-get"
        log_and_install = f'echo "$DEBIAN_FRONTEND $@" >> {self.log}; for last; do :; done; : > {folder}/"$last"'
        script.write_text(f"#!/bin/sh\n{log_and_install}\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def part(self, package: str) -> dev.Part:
        return dev.Part(f"the {package}", (self.folder / package).exists, package)


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeApt:
    return FakeApt(tmp_path, monkeypatch)


@LINUX
def test_root_gets_missing_packages_installed(apt: FakeApt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev.install_parts([apt.part("tool")])
    assert apt.log.read_text().splitlines() == [
        "noninteractive update",
        "noninteractive install -y --no-install-recommends tool",
    ]


@LINUX
def test_anyone_else_is_told_the_line_to_type(apt: FakeApt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install -y --no-install-recommends other tool$"):
        dev.install_parts([apt.part("tool"), apt.part("other")])
    assert not apt.log.exists()


@LINUX
def test_qt_finds_every_library_it_needs_for_a_window_and_for_none() -> None:
    import PySide6

    platforms = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    for plugin in ("libqxcb.so", "libqoffscreen.so", "libqwayland.so"):
        needs = subprocess.run(["ldd", platforms / plugin], capture_output=True, text=True, check=True).stdout
        assert "not found" not in needs
