"""What goes on by itself after unlocking, behind the window."""

import pytest

from oralhistory.ui import resuming
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]


def test_a_fault_of_the_program_keeps_nobody_from_what_was_recorded(
    main: MainWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk, done = main.desk, list[str]()
    wait(lambda: desk.integrity.checked)  # by the window itself, which has begun the same when it was opened

    def broken() -> None:
        raise ValueError("the canary sings")

    monkeypatch.setattr(desk.destroying, "resume", broken)
    monkeypatch.setattr(desk.recording, "adopt", lambda: done.append("filed") or [])
    monkeypatch.setattr(desk.integrity, "check", lambda: done.append("checked"))
    resuming.go_on(desk, main.jobs, main._banner, main)
    wait(lambda: not main.jobs.busy)
    assert done == ["filed", "checked"]
    assert caplog.messages == ["work failed: ValueError"]
