"""F10: the process that writes the database is killed, or the power goes. What was acknowledged is there, and no half of it."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralhistory.storage.store import open_store
from tests.helpers import figures
from tests.helpers.power_cut import Disk
from tests.unit.storage.conftest import INTERVIEW, KEY, add_interview

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
ROOT = Path(__file__).resolve().parents[2]

# Each transaction is an edit as people make them: a passage of the reviewed text replaced, its search index with it, a note
# on either side. Some are large, so that the journal is brought into the file between two of them.
COMMITTER = """
import sys
from pathlib import Path
from oralhistory.storage.store import open_store
from oralhistory.storage import engine
from tests.unit.storage.conftest import INTERVIEW, segment

if len(sys.argv) > 3:
    engine._PRAGMAS = tuple(one for one in engine._PRAGMAS if not one.startswith("synchronous")) + (sys.argv[3],)
store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
for number in range(int(sys.argv[2]), 1_000_000):
    with store.transaction() as records:
        records.notes.set("before", str(number))
        records.notes.set(f"{number % 20}", str(number) * (40_000 if number % 7 == 0 else 20))
        records.transcripts.replace_reviewed(INTERVIEW, [segment("s1", f"이야기 번호 {number:06d}입니다")])
        records.notes.set("after", str(number))
    print(number, flush=True)
"""


class Writer:
    """A process that commits and says so."""

    def __init__(self, database: Path, first: int, pragma: str = "") -> None:
        words = [sys.executable, "-c", COMMITTER, str(database), str(first), *([pragma] if pragma else [])]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, **streams)  # type: ignore[call-overload]
        self._process.stdin.write(KEY.hex() + "\n")
        self._process.stdin.flush()
        self.last = first - 1

    def acknowledged(self, count: int) -> None:
        """Wait for so many."""
        for _ in range(count):
            self.last = int(self._process.stdout.readline())

    def kill(self) -> int:
        """End it; the last number that it said was committed."""
        self._process.send_signal(signal.SIGKILL)
        told = [int(line) for line in self._process.stdout.read().split("\n")[:-1]]
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            stream.close()
        return max([self.last, *told])


@contextmanager
def writing(database: Path, first: int, pragma: str = "") -> Iterator[Writer]:
    writer = Writer(database, first, pragma)
    try:
        yield writer
    finally:
        writer._process.kill()
        writer._process.wait()


def stands(database: Path) -> int:
    """The number of the last transaction that is there, whole: every trace of it agrees, and every page verifies."""
    store = open_store(database, KEY)
    try:
        with store.transaction() as records:
            before, after = records.notes.get("before"), records.notes.get("after")
            large = records.notes.get(str(int(before) % 20)) if before else None
        assert before == after
        if before is None:
            return -1
        assert large is not None and large.startswith(before)
        assert [hit.text for hit in store.search(f"번호 {int(before):06d}")] == [f"이야기 번호 {int(before):06d}입니다"]
        assert len(store.search("이야기 번호")) == 1
        store.verify()
    finally:
        store.close()
    return int(before)


def new_database(folder: Path) -> Path:
    database = folder / "archive.db"
    store = open_store(database, KEY)
    add_interview(store, INTERVIEW, "I-4MX9")
    store.close()
    return database


def kill_at_random_moments(folder: Path, times: int, *, whole: bool) -> None:
    chance, database, at = random.Random(times), new_database(folder), -1
    acknowledged = lost = 0
    for _ in range(times):
        with writing(database, at + 1) as writer:
            writer.acknowledged(chance.randrange(1, 120))
            last = writer.kill()
        acknowledged += last - at
        found = stands(database)
        lost += max(0, last - found)
        assert found <= last + 1, "one more may have been committed before it could say so"
        at = found
    figures.keep("F10-kills", whole=whole, kills=times, acknowledged=acknowledged, lost=lost)
    assert lost == 0


def cut_at_random_moments(disk: Disk, times: int, pragma: str = "") -> tuple[int, int, int]:
    """Transactions acknowledged, acknowledged and lost, and cuts that lost any."""
    chance, database, at = random.Random(times), new_database(disk.folder), -1
    disk.settle()
    acknowledged = lost = lossy = 0
    for _ in range(times):
        with writing(database, at + 1, pragma) as writer:
            writer.acknowledged(chance.randrange(1, 120))
            disk.cut()
            last = writer.kill()
        disk.restart()
        acknowledged += last - at
        found = stands(database)
        lost += max(0, last - found)
        lossy += found < last
        at = found
        disk.settle()
    return acknowledged, lost, lossy


def test_killed_writers_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    kill_at_random_moments(tmp_path, 2, whole=False)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_fifty_killed_writers(tmp_path: Path) -> None:
    kill_at_random_moments(tmp_path, 50, whole=True)


def test_power_cuts_lose_nothing_that_was_acknowledged(disk: Disk) -> None:
    acknowledged, lost, _ = cut_at_random_moments(disk, 1)
    figures.keep("F10-power-cuts", whole=False, cuts=1, acknowledged=acknowledged, lost=lost)
    assert lost == 0


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_twenty_power_cuts(disk: Disk) -> None:
    acknowledged, lost, _ = cut_at_random_moments(disk, 20)
    figures.keep("F10-power-cuts", whole=True, cuts=20, acknowledged=acknowledged, lost=lost)
    assert lost == 0


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_cut_does_lose_what_was_not_synced(disk: Disk) -> None:
    """The same with synchronous=NORMAL, which acknowledges before the disk has it: so the cuts above are real ones."""
    acknowledged, lost, lossy = cut_at_random_moments(disk, 10, "synchronous = NORMAL")
    figures.keep("F10-control", whole=True, cuts=10, acknowledged=acknowledged, lost=lost, cuts_with_losses=lossy)
    assert lossy > 0
