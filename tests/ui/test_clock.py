"""A clock that went back is told when the archive opens, and confirmed in the settings; a search says what is not yet checked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from oralhistory.services.archive.integrity import Trust
from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Hands:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def program(tmp_path: Path, hands: Hands) -> Program:
    return real_program(cost=Argon2Cost(64, 1, 1), models=tmp_path / "models", clock=hands, with_morphology=False)


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    widget.click()


def test_a_clock_that_went_back_is_told_and_confirmed(
    frame: Frame, main: MainWindow, find: Find, wait: Wait, program: Program, hands: Hands, tmp_path: Path
) -> None:
    wait(lambda: main.desk.integrity.state is Trust.SOUND)
    main.close_archive()
    frame._main = None
    hands.now = NOON - timedelta(days=30)
    frame.open_archive(program.archives.unlock(tmp_path / "archive", PASSPHRASE))
    again = frame.main
    assert again is not None
    wait(lambda: not again.jobs.busy)
    assert find("banner").isVisible()
    assert "2026-06-01" in text(find, "banner_happened")
    press(find("place_settings"))
    wait(lambda: find("settings_clock_confirm").isVisible())
    assert "2026-06-01" in text(find, "settings_clock_doubt")
    press(find("settings_clock_confirm"))
    wait(lambda: not find("settings_clock_confirm").isVisible())
    assert again.archive.calendar.question() is None
    zone = find("settings_clock_zone")
    assert isinstance(zone, QLineEdit)
    zone.setText("Asia/Seoul")
    press(find("settings_clock_use"))
    wait(lambda: "Asia/Seoul" in text(find, "settings_clock_stands"))
    assert again.archive.calendar.zone == "Asia/Seoul"


def test_a_time_zone_is_found_by_part_of_its_name(main: MainWindow, find: Find, wait: Wait) -> None:
    press(find("place_settings"))
    zone = find("settings_clock_zone")
    assert isinstance(zone, QLineEdit)
    completer = zone.completer()
    wait(lambda: completer.model().rowCount() > 300)
    zone.clear()
    zone.setFocus()
    QTest.keyClicks(zone, "phnom")
    offered = completer.popup()
    wait(offered.isVisible)
    assert offered.objectName() == "settings_clock_zone_known" and offered.accessibleName() == "Time zones"
    QTest.keyClick(offered, Qt.Key.Key_Down)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert zone.text() == "Asia/Phnom_Penh" and not offered.isVisible()
    zone.setText("UTC")
    press(find("settings_clock_use"))
    wait(lambda: main.archive.calendar.zone == "UTC")


def test_a_search_says_when_the_database_is_not_yet_checked(main: MainWindow, find: Find, wait: Wait) -> None:
    integrity = main.desk.integrity
    wait(lambda: integrity.checked)
    integrity._go(Trust.NOT_YET)
    box = find("search")
    assert isinstance(box, QLineEdit)
    box.setText("두만강")
    QTest.keyClick(box, Qt.Key.Key_Return)
    wait(lambda: "not yet checked" in text(find, "search_summary"))
    integrity.check()
    wait(lambda: "checked" not in text(find, "search_summary"))
