"""Sound that is due is read again by itself: only while nothing else is wanted, told only when something is wrong."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from oralhistory.domain.fixity import Fixity
from oralhistory.domain.interview import Recording
from oralhistory.errors import OralHistoryError
from oralhistory.services.desk import Desk
from oralhistory.services.progress import Asked
from oralhistory.ui import idle_reading
from oralhistory.ui.app import Frame
from oralhistory.ui.idle_reading import IdleReading, Unhurried
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait
from tests.ui.material import taped
from tests.ui.one_window import frame, furnished, main  # noqa: F401


@pytest.fixture
def reading(main: MainWindow, frame: Frame, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdleReading]:  # noqa: F811
    """The window's own, in a window where nothing was asked for long enough."""
    monkeypatch.setattr(idle_reading, "QUIET_S", 0.0)
    main.idle_reading._not_before = 0.0
    frame.banner.hide()
    yield main.idle_reading


def long_ago(desk: Desk, code: str) -> list[Recording]:
    """A second of sound that was filed a hundred days ago."""
    now = desk.archive.clock
    object.__setattr__(desk.archive, "clock", lambda: now() - timedelta(days=100))
    try:
        return taped(desk, code, 1)
    finally:
        object.__setattr__(desk.archive, "clock", now)


def read(desk: Desk, code: str) -> list[Fixity]:
    return [one.outcome for one in desk.fixity.history(code)]


def test_what_is_due_is_read_one_by_one_and_only_damage_is_told(
    reading: IdleReading, main: MainWindow, frame: Frame, wait: Wait  # noqa: F811
) -> None:
    desk, codes = main.desk, [main.desk.interviews.create().code for _ in range(2)]
    [_whole], [rotten] = (long_ago(desk, code) for code in codes)
    path = main.archive.folder / rotten.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    def read_again(times: int) -> bool:
        """Look until it is so; the window's own work may cancel it."""
        reading.look()
        return len(read(desk, codes[0])) + len(read(desk, codes[1])) == times and not reading._reading

    wait(lambda: read_again(2))
    assert (read(desk, codes[0]), read(desk, codes[1])) == ([Fixity.UNCHANGED], [Fixity.DAMAGED])
    assert frame.banner.isVisible()
    said = frame.banner.findChild(QLabel, "banner_happened")
    assert said is not None
    assert said.text() == f"Sound is not as it was written: {codes[1]}."
    frame.banner.hide()
    now = desk.archive.clock
    object.__setattr__(desk.archive, "clock", lambda: now() + timedelta(days=2))
    reading._not_before = 0.0
    wait(lambda: read_again(3))
    object.__setattr__(desk.archive, "clock", now)
    assert read(desk, codes[1]) == [Fixity.DAMAGED] * 2
    assert not frame.banner.isVisible(), "what is known is not told every day"


@pytest.mark.parametrize("hindrance", ["busy", "just now", "heard", "recorded", "nothing was due"])
def test_it_does_not_begin_while_anything_else_is_wanted(
    reading: IdleReading, main: MainWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch, hindrance: str  # noqa: F811
) -> None:
    go = threading.Event()
    wait(lambda: not main.jobs.busy)
    if hindrance == "busy":
        main.jobs.run(go.wait, lambda _: None, owner=main)
    elif hindrance == "just now":
        monkeypatch.setattr(idle_reading, "QUIET_S", 3_600.0)
    elif hindrance == "heard":
        monkeypatch.setattr(MainWindow, "listening", True)
    elif hindrance == "recorded":
        monkeypatch.setattr(MainWindow, "take_address", "somewhere")
    else:
        reading._ended(None)
    reading.look()
    assert not reading._reading
    go.set()


def test_any_other_work_cancels_what_gives_way(app: object, wait: Wait) -> None:
    jobs, owner = Jobs(), QObject()
    begun, answers = threading.Event(), []

    def endless(cancelled: Asked) -> int:
        begun.set()
        rested: list[float] = []
        give_way = Unhurried(cancelled, rested.append)  # type: ignore[arg-type]
        while not give_way():
            pass
        return len(rested)

    jobs.run_stoppable(endless, answers.append, owner=owner, gives_way=True)
    begun.wait()
    assert (jobs.busy, jobs.quiet_s > 0) == (False, True)
    jobs.run(lambda: "other", answers.append, owner=owner)
    wait(lambda: len(answers) == 2)
    assert "other" in answers
    jobs.close()


def test_reading_rests_three_times_as_long_and_no_longer_when_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    now, cancelled = [100.0], [False]
    monkeypatch.setattr(idle_reading.time, "monotonic", lambda: now[0])

    def rest(seconds: float) -> None:
        now[0] += seconds

    give_way = Unhurried(lambda: cancelled[0], rest)
    for _ in range(1_000):
        now[0] += 0.001  # a record is read
        assert not give_way()
    assert 0.9 * 4 <= now[0] - 100.0 <= 1.1 * 4
    now[0] += 1.0
    cancelled[0], before = True, now[0]
    assert give_way()
    assert now[0] == before


def test_a_disk_that_fails_meanwhile_is_not_told_by_this(reading: IdleReading, frame: Frame) -> None:  # noqa: F811
    reading._failed(OralHistoryError("gone"))
    reading.look()
    assert not reading._reading
    assert not frame.banner.isVisible()
