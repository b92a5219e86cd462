"""At the door: where the keyboard is after each step, and what is left in a field, with the keys that a person presses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]
CTRL = Qt.KeyboardModifier.ControlModifier


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def typed(widget: QWidget) -> str:
    assert isinstance(widget, QLineEdit)
    return widget.text()


@pytest.fixture
def door(frame: Frame, program: Program, tmp_path: Path) -> Frame:
    """In front of an archive that is there."""
    archive, _ = program.archives.create(tmp_path / "there", PASSPHRASE, "mk")
    archive.close()
    frame.show_door(tmp_path / "there")
    return frame


def test_between_the_two_ways_in_the_keyboard_is_where_words_belong_and_none_stay_behind(
    door: Frame, find: Find, wait: Wait
) -> None:
    wait(find("unlock_passphrase").hasFocus)
    for _ in range(2):  # the second time Qt would remember the button that was pressed last
        press(find("unlock_lost"))
        assert find("unlock_code").hasFocus()
        QTest.keyClicks(door.focusWidget(), "AAAA-BBBB")
        press(find("unlock_back"))
        assert find("unlock_passphrase").hasFocus()
        assert typed(find("unlock_code")) == ""
        QTest.keyClick(find("unlock_code"), Qt.Key.Key_Z, CTRL)
        assert typed(find("unlock_code")) == "", "a code that can be read is not brought back by undoing"
    QTest.keyClicks(door.focusWidget(), PASSPHRASE)
    QTest.keyClick(door.focusWidget(), Qt.Key.Key_Return)
    wait(lambda: door.main)


def test_an_archive_that_is_open_after_its_page_was_left_is_closed_again(
    door: Frame, find: Find, wait: Wait, program: Program, tmp_path: Path
) -> None:
    QTest.keyClicks(find("unlock_passphrase"), PASSPHRASE)
    QTest.keyClick(find("unlock_passphrase"), Qt.Key.Key_Return)
    door.show_door(tmp_path / "there")
    find("unlock_passphrase")  # the page that asked is gone
    wait(lambda: not door.jobs.busy)
    assert door.main is None
    program.archives.unlock(tmp_path / "there", PASSPHRASE).close()


def test_a_machine_that_is_left_while_it_opens_stays_locked(
    door: Frame, find: Find, wait: Wait, program: Program, tmp_path: Path
) -> None:
    QTest.keyClicks(find("unlock_passphrase"), PASSPHRASE)
    QTest.keyClick(find("unlock_passphrase"), Qt.Key.Key_Return)
    door.lock()  # the lid is shut
    wait(lambda: not door.jobs.busy)
    assert door.main is None
    program.archives.unlock(tmp_path / "there", PASSPHRASE).close()
    QTest.keyClicks(door.focusWidget(), PASSPHRASE)
    QTest.keyClick(door.focusWidget(), Qt.Key.Key_Return)
    wait(lambda: door.main)


def test_a_second_key_while_an_archive_is_made_does_not_leave_before_the_code_was_seen(
    frame: Frame, find: Find, wait: Wait, tmp_path: Path
) -> None:
    press(find("unlock_create"))
    find("create_folder").setText(str(tmp_path / "fresh"))  # type: ignore[attr-defined]
    for name in ("create_passphrase", "create_passphrase_again"):
        QTest.keyClicks(find(name), PASSPHRASE)
    find("create_make").setFocus()
    QTest.keyClick(find("create_make"), Qt.Key.Key_Return)
    QTest.keyClick(frame.focusWidget() or frame, Qt.Key.Key_Return)
    wait(lambda: find("create_code").isVisible())
    wait(find("create_written").hasFocus)
    frame.idle.due.emit()
    assert find("create_code").isVisible(), "it is shown once"


def test_a_wizard_that_is_left_alone_keeps_no_passphrase(frame: Frame, find: Find) -> None:
    press(find("unlock_create"))
    for name in ("create_passphrase", "create_passphrase_again"):
        QTest.keyClicks(find(name), "half a passph")
    frame.idle.due.emit()
    assert [typed(find(name)) for name in ("create_passphrase", "create_passphrase_again")] == ["", ""]
