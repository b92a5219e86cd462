"""Things done one after another: what the disk refuses while everything is finished is not forgotten."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from oralhistory.errors import StorageFailed
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.jobs import Jobs
from tests.ui.conftest import Wait


@pytest.fixture
def jobs(app: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_what_is_refused_when_all_is_to_be_finished_is_tried_again_by_itself(jobs: Jobs, wait: Wait) -> None:
    owner, full, stored = QObject(), [True], list[str]()
    queue = InOrder(jobs, owner)
    queue._again.setInterval(10)

    def store() -> str:
        if full:
            raise StorageFailed("The disk is full.")
        return "kept"

    queue.add(store, stored.append, stubborn=True)
    queue.finish()  # a page is left
    assert queue.waiting
    assert queue._again.isActive(), "though no job has answered yet"
    full.clear()
    wait(lambda: stored == ["kept"])
    assert queue.idle


class Turn:
    """A lock that tells when somebody has to wait for it."""

    def __init__(self, waits: Callable[[], None]) -> None:
        self._lock, self._waits = threading.Lock(), waits

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self._waits()
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_what_another_thread_is_at_is_told_before_all_is_finished(jobs: Jobs, wait: Wait) -> None:
    owner, told, begun, go_on = QObject(), list[str](), threading.Event(), threading.Event()
    queue = InOrder(jobs, owner)
    queue._turn = Turn(go_on.set)  # type: ignore[assignment]

    def store() -> str:
        begun.set()
        assert go_on.wait(20)
        return "first"

    queue.add(store, told.append)
    queue.add(lambda: "second", told.append)
    wait(begun.is_set)
    queue.finish()
    assert told == ["first", "second"]
    wait(lambda: queue.idle)
    assert told == ["first", "second"], "once"


def test_what_another_thread_has_done_and_not_told_is_told_when_all_is_finished(jobs: Jobs, wait: Wait) -> None:
    owner, told = QObject(), list[str]()
    queue = InOrder(jobs, owner)
    queue.add(lambda: "first", told.append)
    (job,) = jobs._running
    assert job._ended.wait(20)
    assert told == [] and not queue.waiting, "its answer is on its way to this thread"
    queue.finish()
    assert told == ["first"]
    wait(lambda: queue.idle)
    assert told == ["first"], "once"


def test_what_was_typed_is_tried_once_more_where_the_program_is_at_fault(
    jobs: Jobs, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    owner, tries, stored, failed = QObject(), list[int](), list[str](), list[Exception]()
    queue = InOrder(jobs, owner)

    def store() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise KeyError("a word of somebody's")
        return "kept"

    queue.add(store, stored.append, failed.append, stubborn=True)
    wait(lambda: queue.idle)
    assert (stored, failed) == (["kept"], [])
    assert [one.getMessage() for one in caplog.records] == ["work failed: KeyError"]
    caplog.clear()


def test_whoever_asked_is_told_of_a_fault_and_what_waits_behind_it_is_done(
    jobs: Jobs, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    owner, stored, failed = QObject(), list[str](), list[Exception]()
    queue = InOrder(jobs, owner)

    def broken() -> str:
        raise KeyError("a word of somebody's")

    for stubborn in (True, False):
        queue.add(broken, stored.append, failed.append, stubborn=stubborn)
        queue.add(lambda: "behind it", stored.append)
        wait(lambda: queue.idle)
    assert stored == ["behind it", "behind it"]
    assert [repr(one) for one in failed] == ["ProgramFault()", "ProgramFault()"]
    assert {one.getMessage() for one in caplog.records} == {"work failed: KeyError"}
    caplog.clear()
    jobs.close()
    queue.add(broken, stored.append, failed.append)
    queue.add(lambda: "at the end", stored.append)
    with pytest.raises(KeyError):
        queue.finish()
    assert stored[2:] == ["at the end"], "a lock stores what can be stored"
    assert len(failed) == 3
