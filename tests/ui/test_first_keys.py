"""Where the keyboard is when a page comes: at what one is there for, and never at what changes something unasked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.key_sheet import KeySheet
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import agreed, taped, written
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


def press(main: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    QTest.keyClick(main.window().windowHandle(), key, held)  # type: ignore[call-overload]  # the stubs lack windows


def focus() -> str:
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None else ""


def test_from_the_list_to_the_text_by_keys_alone(main: MainWindow, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    taped(main.desk, code, 5)
    written(main.desk, code)
    main.context.settings.change(interview_list="hidden")
    wait(lambda: bool(main._list.everything) and focus() == "interviews_list")
    press(main, Key.Key_Down)
    press(main, Key.Key_Return)
    assert main._list.isHidden()
    page = main.page
    assert isinstance(page, TranscriptPage), "it opens where its work stands"
    wait(lambda: focus() == "review_text")
    steps = len(main.desk.transcripts.history(code))
    press(main, Key.Key_Return)
    assert page.view.current == 1
    wait(lambda: not main.jobs.busy)
    assert len(main.desk.transcripts.history(code)) == steps, "Return once more changes nothing"


def test_where_the_list_goes_return_once_more_changes_nothing(main: MainWindow, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Heron").code
    main._go(main.welcome)
    wait(lambda: [one.code for one in main._list.everything].count(code) and not main._list.isHidden())
    main._list.select(code)
    main._list.take_keyboard()
    wait(lambda: focus() == "interviews_list")
    press(main, Key.Key_Return)
    assert main.code == code
    assert main.findChild(QLabel, "interview_code").text() == code  # type: ignore[union-attr]
    assert main._list.isHidden()
    assert focus() == "step_consent"


def test_without_a_text_the_keyboard_is_where_it_can_be_made(main: MainWindow, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Lark").code
    agreed(main.desk, code)
    main._list.setFocus()
    main.open_interview(code)
    main.open_step("transcript")
    wait(lambda: focus() == "review_go_record")
    taped(main.desk, code, 2)
    main.open_step("consent")
    main._list.setFocus()
    main.open_step("transcript")
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(lambda: QApplication.focusWidget() is page)  # without a model it cannot be made, but be listened to
    press(main, Key.Key_F1)
    sheet = page.findChild(KeySheet)
    assert sheet is not None
    sheet.close()
