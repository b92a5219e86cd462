"""Work beside the window's thread: where answers arrive, who hears of faults, what closing does."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from oralhistory.errors import NotFound
from oralhistory.services.progress import Asked
from oralhistory.ui.jobs import Jobs
from tests.ui.conftest import Wait


@pytest.fixture
def jobs(app: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_work_runs_elsewhere_and_is_answered_on_the_windows_thread(jobs: Jobs, wait: Wait) -> None:
    owner, seen = QObject(), []
    here = threading.get_ident()

    jobs.run(threading.get_ident, lambda there: seen.append((there, threading.get_ident())), owner=owner)

    wait(lambda: seen)
    (there, answered) = seen[0]
    assert there != here
    assert answered == here
    assert not jobs.busy


def test_many_jobs_all_answer(jobs: Jobs, wait: Wait) -> None:
    owner, seen = QObject(), []
    for number in range(500):
        jobs.run(lambda n=number: n, seen.append, owner=owner)
    wait(lambda: len(seen) == 500)
    assert sorted(seen) == list(range(500))


def test_nobody_is_called_when_the_owner_is_gone(jobs: Jobs, wait: Wait) -> None:
    owner, go, seen = QObject(), threading.Event(), []
    jobs.run(go.wait, seen.append, owner=owner)
    delete(owner)
    go.set()
    wait(lambda: not jobs.busy)
    assert seen == []


def test_a_fault_of_the_world_goes_to_who_asked_else_to_the_banner(jobs: Jobs, wait: Wait) -> None:
    owner, told, trouble = QObject(), [], []
    jobs.trouble.connect(trouble.append)

    def lost() -> None:
        raise NotFound("gone")

    jobs.run(lost, lambda _: None, told.append, owner=owner)
    wait(lambda: told)
    assert trouble == []
    jobs.run(lost, lambda _: None, owner=owner)
    wait(lambda: trouble)
    assert isinstance(trouble[0], NotFound)


def test_a_fault_of_the_program_is_told_by_its_type_and_never_by_its_words(
    jobs: Jobs, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    owner, faults, told = QObject(), [], []
    jobs.fault.connect(faults.append)

    def broken() -> None:
        raise ValueError("the canary sings")

    jobs.run(broken, lambda _: None, told.append, owner=owner)
    wait(lambda: faults)
    assert faults == ["ValueError"]
    assert len(told) == 1
    assert "canary" not in caplog.text
    assert "ValueError" in caplog.text


def test_who_was_called_back_tells_a_fault_of_the_world_and_no_other(
    jobs: Jobs, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    owner, faults, trouble, missing = QObject(), [], [], NotFound("gone")
    jobs.fault.connect(faults.append)
    jobs.trouble.connect(trouble.append)

    def fail(error: Exception) -> None:
        raise error

    for error in (ValueError("the canary sings"), missing):
        jobs.run(lambda one=error: fail(one), lambda _: None, jobs.tell, owner=owner)
        wait(lambda: not jobs.busy)
    assert (faults, trouble) == (["ValueError"], [missing])
    assert caplog.messages == ["work failed: ValueError"]


def test_work_that_listens_can_be_cancelled(jobs: Jobs, wait: Wait) -> None:
    owner, begun, seen = QObject(), threading.Event(), []

    def work(cancelled: Asked) -> str:
        begun.set()
        while not cancelled():
            pass
        return "stopped"

    job = jobs.run_stoppable(work, seen.append, owner=owner)
    begun.wait()
    job.cancel()
    wait(lambda: seen)
    assert seen == ["stopped"]
    assert job.ended


def test_closing_cancels_waits_and_calls_nobody(app: QApplication) -> None:
    jobs, owner, ended, seen = Jobs(), QObject(), threading.Event(), []

    def work(cancelled: Asked) -> None:
        while not cancelled():
            pass
        ended.set()

    jobs.run_stoppable(work, seen.append, owner=owner)
    jobs.close()
    assert ended.is_set()
    app.processEvents()
    assert seen == []


def test_nothing_is_begun_after_closing(app: QApplication) -> None:
    jobs, owner, done = Jobs(), QObject(), []
    jobs.close()
    job = jobs.run(lambda: done.append("work"), done.append, owner=owner)
    assert job.cancelled() and job.ended
    assert not jobs.busy
    app.processEvents()
    assert done == []


def test_a_call_posted_from_another_thread_is_made_on_the_windows_thread(jobs: Jobs, wait: Wait) -> None:
    owner, seen = QObject(), []
    threading.Thread(target=lambda: jobs.post(owner, lambda: seen.append(threading.get_ident()))).start()
    wait(lambda: seen)
    assert seen == [threading.get_ident()]
