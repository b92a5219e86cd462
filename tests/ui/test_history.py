"""What was done and what left; withdrawing, asked twice; the check of the sound on disk."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTableWidget, QWidget

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.consent_document import template
from oralhistory.ui.history.destruction import DestructionReport
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isVisible()
    widget.click()


def cells(widget: QWidget) -> list[list[str]]:
    assert isinstance(widget, QTableWidget)
    return [[widget.item(y, x).text() for x in range(widget.columnCount())] for y in range(widget.rowCount())]


def labels(main: MainWindow) -> list[QLabel]:
    return [one for one in main.page.findChildren(QLabel) if one.isVisibleTo(main.page)]


def history_of_a_new_interview(main: MainWindow) -> str:
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    main.open_step("history")
    return code


def test_what_was_done_is_listed_and_grows(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    assert [row[1:4] for row in cells(find("history_custody"))] == [["mk", "created", "done"]]
    main.desk.consenting.record(code, template(Stage.BEFORE))
    wait(lambda: len(cells(find("history_custody"))) == 2)
    wait(lambda: any("Version 1" in one.text() and "Before the interview" in one.text() for one in labels(main)))


def test_withdrawing_is_asked_twice_and_binds(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    press(find("history_withdraw"))
    press(find("history_withdraw_cancel"))
    assert main.desk.consenting.on_file(code).withdrawals == ()
    press(find("history_withdraw"))
    press(find("history_withdraw_confirm"))
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    assert main.desk.consenting.on_file(code).withdrawals[0].purposes == frozenset()
    wait(lambda: find("history_withdraw").isVisible())


def test_only_some_purposes_can_be_withdrawn(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    press(find("history_withdraw_scope_some"))
    assert not find("history_withdraw").isEnabled()
    press(find("history_withdraw_media"))
    press(find("history_withdraw"))
    press(find("history_withdraw_confirm"))
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    assert main.desk.consenting.on_file(code).withdrawals[0].purposes == {Purpose.MEDIA}


def test_an_interview_is_destroyed_by_typing_its_code_and_what_remains_is_told(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    code, other = history_of_a_new_interview(main), main.desk.interviews.create().code
    before = {one.interview.code for one in main.desk.interviews.cards()}
    typed = find("history_destroy_code")
    assert isinstance(typed, QLineEdit)
    QTest.keyClicks(typed, other)
    assert not find("history_destroy").isEnabled()
    typed.clear()
    QTest.keyClicks(typed, code.lower())
    press(find("history_destroy"))
    wait(lambda: main.findChildren(DestructionReport) or main.window().findChildren(DestructionReport))
    told = find("destruction_report_text")
    assert isinstance(told, QPlainTextEdit)
    assert code in told.toPlainText()
    assert "overwritten" in told.toPlainText()
    press(find("destruction_report_close"))
    assert {one.interview.code for one in main.desk.interviews.cards()} == before - {code}
    assert main.page is main.welcome
    assert main.code == ""
    wait(lambda: not main.jobs.busy)
