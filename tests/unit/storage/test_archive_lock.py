"""One holder of an archive at a time, who says who it is, and whose end lets the next one in whatever it left running."""

import os
import platform
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oralhistory.domain.holder import COMMAND, WINDOW, Holder
from oralhistory.errors import InUse, StorageFailed
from oralhistory.storage.archive_lock import LOCK_FILE, ArchiveLocks

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]


def locks(kind: str = WINDOW) -> ArchiveLocks:
    return ArchiveLocks(kind, lambda: AT)


def holder_of(folder: Path) -> Holder | None:
    """Whom a second one is told about."""
    with pytest.raises(InUse) as refused:
        locks()(folder)
    return refused.value.holder


def test_a_second_one_is_told_who_holds_it(tmp_path: Path) -> None:
    hold = locks()(tmp_path)
    assert holder_of(tmp_path) == Holder(os.getpid(), WINDOW, "", AT, platform.node())
    hold.opened_by("S1")
    assert holder_of(tmp_path) == Holder(os.getpid(), WINDOW, "S1", AT, platform.node())
    with pytest.raises(InUse) as refused:
        locks()(tmp_path)
    for fact in (str(os.getpid()), "S1", platform.node(), AT.astimezone().strftime("%H:%M")):
        assert fact in refused.value.happened
    hold.release()
    locks()(tmp_path).release()


def test_nothing_is_said_when_nobody_holds_it(tmp_path: Path) -> None:
    hold = locks()(tmp_path)
    hold.opened_by("S1")
    hold.release()
    hold.release()
    assert (tmp_path / LOCK_FILE).read_bytes() == b""


@pytest.mark.parametrize(
    "said",
    [b"", b"4711", b"{}", b"\xff\xfe", b"[" * 2000, b'{"process": 1, "since": "x"}',
     b'{"process": "1", "kind": "window", "staff": "", "since": "2026-03-01T09:30:00+00:00", "machine": "m"}',
     b'{"process": 1, "kind": "window", "staff": "", "since": "2026-03-01T09:30:00", "machine": "m"}',
     b'{"process": 1, "kind": "window", "staff": "' + b"x" * 65 + b'", "since": "2026-03-01T09:30:00+00:00", "machine": "m"}',
     b'{"process": 1, "kind": "window", "staff": "a\\u202eb", "since": "2026-03-01T09:30:00+00:00", "machine": "m"}'],
)  # fmt: skip
def test_what_makes_no_sense_beside_a_lock_is_not_repeated(tmp_path: Path, said: bytes) -> None:
    hold = locks()(tmp_path)
    (tmp_path / LOCK_FILE).write_bytes(said)
    assert holder_of(tmp_path) is None
    hold.release()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        locks()(tmp_path / "nowhere")


HOLDER = """
import subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from oralhistory.storage.archive_lock import ArchiveLocks
hold = ArchiveLocks("command", lambda: datetime.now(UTC))(Path(sys.argv[1]))
hold.opened_by("S2")
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=0)
print(child.pid, flush=True)
child.wait()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_a_killed_holder_lets_go_though_its_child_lives_on(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        child = int(process.stdout.readline())
        holder = holder_of(tmp_path)
        assert holder is not None
        assert (holder.process, holder.kind, holder.staff) == (process.pid, COMMAND, "S2")
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.kill(child, 0)  # it still runs
        locks()(tmp_path).release()
        process.stdin.write(b"\n")
