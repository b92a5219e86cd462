"""What stood in a window's place may go when the window has come to be seen: not before, and once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from oralhistory.ui.lock import first_seen
from oralhistory.ui.lock.first_seen import FirstSeen
from tests.ui.conftest import Wait


@pytest.fixture
def window(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    """Without the moment that a window has to settle: whatever is due comes before any later timer."""
    monkeypatch.setattr(first_seen, "_SETTLED_MS", 0)
    made = QWidget()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def all_that_is_due(wait: Wait) -> Callable[[], None]:
    def done() -> None:
        passed: list[bool] = []
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: passed.append(True)))
        wait(lambda: passed)

    return done


def test_it_is_told_when_the_window_is_seen_and_not_before(
    window: QWidget, wait: Wait, all_that_is_due: Callable[[], None]
) -> None:
    seen: list[bool] = []
    window.create()
    FirstSeen(window, lambda: seen.append(True))
    all_that_is_due()
    assert not window.windowHandle().isExposed() and seen == []
    for _ in range(2):
        window.show()
        wait(window.windowHandle().isExposed)
        wait(lambda: seen)
        window.hide()
        all_that_is_due()
    assert seen == [True], "once"


def test_a_window_that_is_seen_already_is_told_of_too(
    window: QWidget, wait: Wait, all_that_is_due: Callable[[], None]
) -> None:
    seen: list[bool] = []
    window.show()
    wait(window.windowHandle().isExposed)
    FirstSeen(window, lambda: seen.append(True))
    wait(lambda: seen)
    all_that_is_due()
    assert seen == [True]
