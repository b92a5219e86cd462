"""How drafts are made, in Settings: while the recording goes on or afterwards, and which sentences are marked."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait

Find = Callable[[str], QWidget]


@pytest.fixture
def open_settings(main: MainWindow, wait: Wait) -> Iterator[None]:
    main._go(main.settings_page)
    wait(lambda: not main.jobs.busy)
    yield
    wait(lambda: not main.jobs.busy)


def pick(find: Find, name: str, value: str) -> None:
    choice = find(name)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())


def press(find: Find, name: str) -> None:
    found = find(name)
    assert isinstance(found, QPushButton) and found.isEnabled()
    found.click()


def test_drafts_are_edited_as_a_person_wants_them(main: MainWindow, open_settings: None, find: Find, wait: Wait) -> None:
    desk, shelf = main.desk, main.desk.models
    assert shelf.drafts_while_recording()
    pick(find, "settings_draft_when", "afterwards")
    wait(lambda: not shelf.drafts_while_recording())
    pick(find, "settings_draft_when", "live")
    wait(shelf.drafts_while_recording)

    text = find("settings_phantoms")
    assert isinstance(text, QPlainTextEdit) and isinstance(find("settings_phantoms_keep"), QPushButton)
    shipped = desk.phantoms.all()
    assert text.toPlainText().splitlines() == shipped["ko"]
    assert not find("settings_phantoms_keep").isEnabled()
    text.setPlainText("구독 부탁드립니다\n\n 다음 주에 만나요 ")
    pick(find, "settings_phantom_language", "zh")
    assert text.toPlainText().splitlines() == shipped["zh"]
    pick(find, "settings_phantom_language", "ko")
    assert text.toPlainText().startswith("구독 부탁드립니다"), "another language shown between loses nothing"
    press(find, "settings_phantoms_keep")
    wait(lambda: desk.phantoms.all()["ko"] == ["구독 부탁드립니다", "다음 주에 만나요"])
    wait(lambda: not find("settings_phantoms_keep").isEnabled())
    assert text.toPlainText() == "구독 부탁드립니다\n다음 주에 만나요"
    text.setPlainText("가")
    press(find, "settings_phantoms_keep")
    wait(lambda: any("“가”" in one.text() for one in main.window().findChildren(QLabel)))
    assert text.toPlainText() == "가", "what was typed stays until it can be kept"
    press(find, "settings_phantoms_restore")
    wait(lambda: text.toPlainText().splitlines() == shipped["ko"])
    assert desk.phantoms.all() == shipped
