"""The second moment of consent: passages found by ear and keys, listed, heard again, taken off, and closed by saving."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from oralhistory.domain.consent import CHECKLIST, Stage
from oralhistory.domain.consent_document import template
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait
from tests.ui.material import Loudspeaker, taped
from tests.ui.review import frame, furnished, loudspeaker, main

__all__ = ["frame", "furnished", "loudspeaker", "main"]

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isEnabled()
    widget.click()


def put(widget: QWidget, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.clear()
    QTest.keyClicks(widget, text)


def text(widget: QWidget) -> str:
    assert isinstance(widget, QLineEdit)
    return widget.text()


def test_passages_are_found_by_keys_listed_heard_again_taken_off_and_closed(
    main: MainWindow, frame: Frame, loudspeaker: Loudspeaker, find: Find, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    before = template(Stage.BEFORE)
    before["checklist"], before["sensitive_data"] = dict.fromkeys(CHECKLIST, True), True
    before["permissions"][0]["decision"] = "granted"
    main.desk.consenting.record(code, before)
    [recording] = taped(main.desk, code, 8)
    rate = recording.format.rate
    main.open_interview(code, "consent")
    frame.activateWindow()
    wait(frame.isActiveWindow)
    reason = find("consent_passage_reason")
    wait(reason.isVisible)
    reason.setFocus()

    def key(which: Qt.Key) -> None:
        QTest.keyClick(reason, which)

    key(Qt.Key.Key_Escape)
    wait(lambda: loudspeaker.source is not None)
    loudspeaker.run_to(2 * rate)
    key(Qt.Key.Key_F7)
    loudspeaker.run_to(4 * rate)
    key(Qt.Key.Key_F8)
    key(Qt.Key.Key_Escape)
    assert loudspeaker.source is None
    assert (text(find("consent_passage_begins")), text(find("consent_passage_ends"))) == ("00:00:02.000", "00:00:04.000")
    assert not find("consent_passage_add").isEnabled(), "nobody said why"
    QTest.keyClicks(reason, "a neighbour")
    put(find("consent_passage_until"), "2031-02-30")
    assert not find("consent_passage_add").isEnabled(), "there is no such day"
    put(find("consent_passage_until"), "2031-02-28")
    key(Qt.Key.Key_Return)
    put(find("consent_passage_begins"), "00:05")
    put(find("consent_passage_ends"), "00:04")
    assert find("consent_passage_wrong").isVisible(), "the end lies before the beginning"
    put(find("consent_passage_ends"), "00:06")
    assert not find("consent_passage_wrong").isVisible()
    put(reason, "a mistake")
    find("consent_passage_add").setFocus()  # as a click does
    press(find("consent_passage_add"))
    assert reason.hasFocus(), "the next passage is found by the same keys"
    assert main.desk.interviews.sealed(code) == [], "a list closes nothing"
    press(find("consent_passage_0_hear"))
    assert loudspeaker.position == 2 * rate
    loudspeaker.run_to(4 * rate)
    wait(lambda: loudspeaker.source is None)
    press(find("consent_passage_1_remove"))
    main.open_step("history")
    main.open_step("consent")
    find("consent_passages_close").setFocus()
    press(find("consent_passages_close"))
    assert reason.hasFocus()
    wait(lambda: main.desk.interviews.sealed(code))
    [closed] = main.desk.interviews.sealed(code)
    assert (closed.start_ms, closed.end_ms, closed.reason, closed.until) == (2_000, 4_000, "a neighbour", "2031-02-28")
    wait(lambda: not find("consent_passages_close").isVisible())
    assert main.desk.drafts.of(code, "passages to close") is None
