"""The battery as the systems tell it, and the lock that keeps a machine awake."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from oralhistory.domain.ports import Battery
from oralhistory.workers import machine_sleep, power, wake_lock
from oralhistory.workers.wake_lock import WakeLock


def supply(folder: Path, name: str, **told: str) -> None:
    (folder / name).mkdir()
    for file, content in told.items():
        (folder / name / file).write_text(content + "\n")


def test_the_battery_of_a_laptop_on_linux(tmp_path: Path) -> None:
    assert power.of_linux(tmp_path) is None
    assert power.of_linux(tmp_path / "nothing") is None
    supply(tmp_path, "AC", type="Mains", online="0")
    supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="100", status="Discharging")
    assert power.of_linux(tmp_path) is None
    supply(tmp_path, "BAT0", type="Battery", capacity="41", status="Discharging")
    supply(tmp_path, "BAT1", type="Battery", capacity="nonsense", status="Unknown")
    assert power.of_linux(tmp_path) == Battery(41, charging=False)
    (tmp_path / "AC" / "online").write_text("1\n")
    assert power.of_linux(tmp_path) == Battery(41, charging=True)


def test_the_battery_of_a_laptop_on_macos() -> None:
    told = " -InternalBattery-0 (id=4653155)\t87%; {}; 4:05 remaining present: true\n"
    assert power.of_pmset("Now drawing from 'Battery Power'\n" + told.format("discharging")) == Battery(87, charging=False)
    assert power.of_pmset("Now drawing from 'AC Power'\n" + told.format("charging")) == Battery(87, charging=True)
    assert power.of_pmset("Now drawing from 'AC Power'\n") is None
    assert power.of_pmset("%\nInternalBattery %\n") is None


@pytest.fixture
def inhibitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In place of systemd-inhibit, which needs a system that was booted with systemd: notes its arguments, runs the command."""
    script = tmp_path / "systemd-inhibit"
    script.write_text('#!/bin/sh\necho "$@" > "$0.asked"\nwhile [ "${1#--}" != "$1" ]; do shift; done\nexec "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return script


@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
def test_the_lock_is_held_until_it_is_released_or_its_holder_is_gone(inhibitor: Path) -> None:
    lock = WakeLock()
    assert lock.held
    lock.release()
    assert not lock.held
    assert "--what=sleep:idle:handle-lid-switch" in inhibitor.with_name("systemd-inhibit.asked").read_text()
    assert wake_lock.can_be_held()


@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
def test_the_lock_goes_with_a_killed_recorder(inhibitor: Path) -> None:
    code = (
        "import os, signal; from oralhistory.workers.wake_lock import WakeLock; lock = WakeLock();"
        "print(lock._process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    holder = Path("/proc") / ran.stdout.strip()
    while holder.exists() and (holder / "cmdline").read_bytes():
        pass  # the test's own time limit is the patience


@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
def test_where_the_lid_is_not_ours_sleep_is_held_off_all_the_same(inhibitor: Path) -> None:
    script = inhibitor.read_text()
    inhibitor.write_text(script.replace("#!/bin/sh\n", '#!/bin/sh\ncase "$1" in *lid*) exit 1;; esac\n'))
    lock = WakeLock()
    assert lock.settled()
    lock.release()
    assert "--what=sleep:idle " in inhibitor.with_name("systemd-inhibit.asked").read_text()


def test_a_system_that_refuses_is_told(inhibitor: Path) -> None:
    inhibitor.write_text("#!/bin/sh\nexit 1\n")
    assert not wake_lock.can_be_held()


def test_a_machine_that_was_awake_did_not_sleep() -> None:
    before = machine_sleep.slept()
    assert abs(machine_sleep.slept() - before) < 0.1
