"""The clock of whoever listens: it speaks once, quietly, takes no focus, and keeps one figure of one day."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from oralhistory.settings import SettingsFile
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.review.care_bar import CareBar

MINUTE_MS = 60_000


class Day:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9).astimezone()

    def at(self, day: int, hour: int) -> None:
        self.now = datetime(2026, 3, day, hour).astimezone()


@pytest.fixture
def settings(app: QApplication, tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


def test_it_speaks_when_it_is_time_and_rests_when_told(settings: SettingsFile) -> None:
    day = Day()
    bar = CareBar(settings, Wording(), lambda: day.now)
    told: list[str] = []
    bar.told.connect(told.append)
    settings.change(listening_pause_minutes=30, speed=200)
    bar.heard(59 * MINUTE_MS)  # at twice the speed, that was not half an hour of anybody's day
    assert bar.isHidden() and told == ["Listened today: 00:29"]
    bar.heard(2 * MINUTE_MS)
    words, close = bar.findChild(QLabel, "review_care_words"), bar.findChild(QPushButton, "review_care_close")
    assert words is not None and close is not None
    assert not bar.isHidden() and words.text().startswith("You have listened for 30 minutes without a pause.")
    close.click()
    bar.heard(58 * MINUTE_MS)
    assert bar.isHidden()
    settings.change(listening_day_minutes=60)
    bar.heard(2 * MINUTE_MS)
    assert not bar.isHidden() and words.text().startswith("You have listened for 01:00 today.")


def test_todays_figure_outlives_the_program_and_no_other_does(settings: SettingsFile, tmp_path: Path) -> None:
    day = Day()
    first = CareBar(settings, Wording(), lambda: day.now)
    first.heard(5 * MINUTE_MS + 900)
    first.keep()
    kept = json.loads((tmp_path / "settings.json").read_text("utf-8"))
    assert {key: value for key, value in kept.items() if key.startswith("listened")} == {
        "listened_on": "2026-03-01", "listened_ms": 5 * MINUTE_MS + 900,
    }  # fmt: skip
    again = SettingsFile(tmp_path / "settings.json")
    day.at(1, 23)
    told: list[str] = []
    second = CareBar(again, Wording(), lambda: day.now)
    second.told.connect(told.append)
    second.again()
    assert told == ["Listened today: 00:05"]
    day.at(2, 9)
    CareBar(SettingsFile(tmp_path / "settings.json"), Wording(), lambda: day.now)
    assert SettingsFile(tmp_path / "settings.json").current.listened_ms == 0
    second.heard(MINUTE_MS)
    assert (again.current.listened_on, again.current.listened_ms) == ("2026-03-02", MINUTE_MS)
