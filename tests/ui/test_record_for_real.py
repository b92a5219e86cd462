"""The window with a real recorder and a real (virtual) microphone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.record_page import RecordPage
from tests.helpers.sound_server import SoundServer
from tests.ui.conftest import Wait
from tests.ui.material import agreed

Find = Callable[[str], QWidget]
Key = Qt.Key


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def strike(page: RecordPage, key: Qt.Key) -> None:
    QTest.keyClick(page.window(), key)


def test_a_real_recorder_from_the_first_key_to_the_archive(
    sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch, main: MainWindow, find: Find, wait: Wait
) -> None:
    for name, value in sound_server.env.items():
        monkeypatch.setenv(name, value)
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    main.activateWindow()
    wait(main.window().isActiveWindow)
    microphone = find("record_microphone")
    assert isinstance(microphone, QComboBox)
    wait(lambda: microphone.count() > 1 and find("record_start").isEnabled())  # what is plugged in was looked at
    strike(page, Key.Key_F5)
    wait(lambda: page.recording and text(find, "record_clock") >= "00:00:01")
    strike(page, Key.Key_F8)
    wait(lambda: "OFF THE RECORD" in text(find, "record_state"))
    strike(page, Key.Key_F8)
    wait(lambda: text(find, "record_state") == "Recording now" and text(find, "record_clock") >= "00:00:02")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    recordings = main.desk.listening.recordings(code)
    assert len(recordings) == 2
    assert all(one.complete for one in recordings)
    assert sum(one.duration_ms for one in recordings) >= 2_000
    assert [gap.reason.value for one in recordings for gap in one.gaps] == ["off_the_record"]
