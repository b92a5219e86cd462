"""The wish that a take ends: seen however late the disk shows it, and none of before."""

import errno
import threading
from pathlib import Path

import pytest

from oralhistory.workers import stop_wish
from oralhistory.workers.stop_wish import StopWatch


def test_a_disk_that_cannot_be_asked_for_a_while_does_not_end_the_watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop_wish, "_LOOK_EVERY_S", 0.01)
    exists, broken, stopped = Path.exists, [2], threading.Event()

    def failing_at_first(path: Path) -> bool:
        if broken[0]:
            broken[0] -= 1
            raise OSError(errno.EIO, "the disk does not answer")
        return exists(path)

    monkeypatch.setattr(Path, "exists", failing_at_first)
    stop_wish.ask(tmp_path)
    watch = StopWatch(tmp_path, stopped.set)
    watch.start()
    assert not (tmp_path / stop_wish.NAME).is_file(), "a wish of before counts"
    stop_wish.ask(tmp_path)
    assert stopped.wait(20)
    watch._thread.join()
    assert broken == [0]
    assert not (tmp_path / stop_wish.NAME).is_file()
