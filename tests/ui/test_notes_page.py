"""A session without sound in the window: offered where the consent refuses sound, sealed as one types, ended, corrected."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from oralhistory.domain.consent import Stage
from oralhistory.errors import StorageFailed
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record import notes_view
from oralhistory.ui.record.record_page import RecordPage
from tests.helpers.archives import consent
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Get = Callable[[str], QPushButton]
SAID = "강가에서 살았습니다."


@pytest.fixture
def page(main: MainWindow, wait: Wait) -> RecordPage:
    """The record page of an interview whose narrator agreed, but not to sound."""
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.desk.consenting.record(code, consent(Stage.BEFORE))
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    main.activateWindow()
    wait(main.window().isActiveWindow)
    wait(lambda: shown(page, "notes_begin").isEnabled())
    return page


def shown(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def editor(page: QWidget) -> QPlainTextEdit:
    found = page.findChild(QPlainTextEdit, "notes_text")
    assert found is not None
    return found


def begin(page: RecordPage, wait: Wait) -> QPlainTextEdit:
    QTest.mouseClick(shown(page, "notes_begin"), Qt.MouseButton.LeftButton)
    wait(lambda: editor(page).isVisible() and editor(page).hasFocus())
    return editor(page)


def on_disk(main: MainWindow) -> list[str]:
    return [one.text for one in main.desk.note_taking.sessions(main.code)]


def test_a_narrator_who_refuses_sound_is_written_down_as_one_types(main: MainWindow, page: RecordPage, wait: Wait) -> None:
    assert not shown(page, "record_start").isEnabled()
    assert shown(page, "notes_begin").property("role") == "primary"
    assert "Nothing may be recorded" in text(page, "notes_about")
    typed = begin(page, wait)
    typed.insertPlainText(SAID)
    wait(lambda: on_disk(main) == [SAID])
    wait(lambda: text(page, "notes_state") == "Encrypted on the disk: 2 words.")
    QTest.keyClick(typed, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert typed.toPlainText().startswith(f"{SAID}\n[00:00:")
    typed.insertPlainText("그리고 강을 건넜습니다.")
    QTest.keyClick(typed, Qt.Key.Key_F9)
    wait(lambda: page.findChild(QPushButton, "notes_session_1"))
    [session] = main.desk.note_taking.sessions(main.code)
    assert session.ended_at is not None
    first, second = session.text.split("\n")
    assert (first, second[:4], second[9:]) == (SAID, "[00:", "] 그리고 강을 건넜습니다.")
    assert text(page, "record_kept") == "The session is over. Kept: 6 words."
    assert "taken as the transcript" in text(page, "record_gaps")
    assert shown(page, "record_next_consent").isVisible(), "the second moment is due while the narrator is still there"
    assert shown(page, "record_next").hasFocus()
    about = [one.text() for one in main._header.findChildren(QLabel)]
    assert any("written down" in one for one in about) and not any("planned" in one for one in about)
    assert typed.toPlainText() == "", "nothing of it stays in the window"


def test_a_session_in_which_nothing_was_written_is_no_good_news(page: RecordPage, wait: Wait) -> None:
    begin(page, wait)
    assert text(page, "notes_state") == "Nothing has been written down yet."
    shown(page, "notes_stop").click()
    wait(lambda: text(page, "record_kept") == "The session is over. Nothing was written down.")
    kept = page.findChild(QLabel, "record_kept")
    assert kept is not None and kept.parentWidget().property("role") == "note"
    assert not shown(page, "record_next").isVisible() and not shown(page, "record_next_consent").isVisible()
    wait(lambda: any(one.text().endswith("nothing written") for one in page.findChildren(QPushButton, "notes_session_1")))


def test_what_was_not_ended_is_gone_on_with_and_leaving_the_page_stores_it(
    main: MainWindow, page: RecordPage, wait: Wait
) -> None:
    begin(page, wait).insertPlainText("하나")
    main.open_step("history")
    assert on_disk(main) == ["하나"]
    first = main.code
    main.open_interview(main.desk.interviews.create(("ko",), "Heron").code)
    main.open_step("record")
    assert editor(page).toPlainText() == ""
    main.open_interview(first)
    main.open_step("record")
    wait(lambda: shown(page, "notes_go_on").isVisible() and shown(page, "notes_go_on").isEnabled())
    shown(page, "notes_go_on").click()
    wait(lambda: editor(page).toPlainText() == "하나")
    editor(page).insertPlainText(" 둘")
    page.end()  # as when the archive is locked
    assert on_disk(main) == ["하나 둘"]
    assert page.lost() == ""


def test_an_ended_session_is_corrected_and_its_history_tells_once(main: MainWindow, page: RecordPage, wait: Wait) -> None:
    begin(page, wait).insertPlainText("하나")
    shown(page, "notes_stop").click()
    wait(lambda: (listed := page.findChild(QPushButton, "notes_session_1")) and listed.isVisible())
    shown(page, "notes_session_1").click()
    assert (shown(page, "notes_stop").isVisible(), shown(page, "notes_done").isVisible()) == (False, True)
    assert text(page, "notes_time") == "Session 1"
    for word in (" 둘", " 셋"):
        editor(page).insertPlainText(word)
        wait(lambda: on_disk(main) == [editor(page).toPlainText()])  # each second, as while they speak
    shown(page, "notes_done").click()
    wait(lambda: text(page, "record_kept") == "The corrections are kept.")
    assert on_disk(main) == ["하나 둘 셋"]
    actions = [one.action for one in main.desk.interviews.history(main.code).custody]
    assert actions.count("notes changed") == 1


def test_what_the_disk_refuses_is_tried_again_and_told_if_it_never_takes_it(
    main: MainWindow, page: RecordPage, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = begin(page, wait)
    monkeypatch.setattr(notes_view, "_SAVE_MS", 10)

    def full(*_: object, **__: object) -> None:
        raise StorageFailed("The disk is full.")

    with monkeypatch.context() as refusing:
        refusing.setattr(main.desk.note_taking, "save", full)
        typed.insertPlainText(SAID)
        wait(lambda: page._notes._keep.waiting)
        page.end()
        assert page.lost() == "The last notes could not be stored and are lost."
        shown(page, "notes_stop").click()
        assert typed.isVisible(), "a session whose words are not on the disk is not over"
    typed.insertPlainText(" 둘")
    wait(lambda: on_disk(main) == [f"{SAID} 둘"] and not page.lost())


def test_what_the_disk_refused_is_kept_without_another_key_and_told_once(
    main: MainWindow, page: RecordPage, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = begin(page, wait)
    told: list[object] = []
    main.jobs.trouble.connect(told.append)
    page._notes._keep._again.setInterval(10)
    tries = 0
    store = main.desk.note_taking.save

    def full_at_first(*given: Any, **named: Any) -> object:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise StorageFailed("The disk is full.")
        return store(*given, **named)

    monkeypatch.setattr(main.desk.note_taking, "save", full_at_first)
    typed.insertPlainText(SAID)
    wait(lambda: on_disk(main) == [SAID] and not page.lost())
    assert len(told) == 1


def compose(typed: QPlainTextEdit, syllable: str) -> None:
    QCoreApplication.sendEvent(typed, QInputMethodEvent(syllable, []))


def test_the_last_syllable_is_not_lost_whatever_ends_the_writing(main: MainWindow, page: RecordPage, wait: Wait) -> None:
    typed = begin(page, wait)
    compose(typed, "강")
    page.leave()
    assert on_disk(main) == ["강"]
    compose(typed, "물")
    page.end()  # as when the archive is locked
    assert on_disk(main) == ["강물"]
    compose(typed, "이")
    shown(page, "notes_stamp").click()
    assert typed.toPlainText().startswith("강물이\n[00:")
    compose(typed, "끝")
    shown(page, "notes_stop").click()
    wait(lambda: page.findChild(QPushButton, "notes_session_1"))
    assert on_disk(main)[0].endswith("] 끝")


def test_a_syllable_is_not_torn_apart_by_being_saved(
    main: MainWindow, page: RecordPage, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = begin(page, wait)
    monkeypatch.setattr(notes_view, "_SAVE_MS", 10)
    typed.insertPlainText("강")
    compose(typed, "ㄱ")
    wait(lambda: on_disk(main) == ["강"])
    compose(typed, "가")
    page.leave()
    assert on_disk(main) == ["강가"]


def test_what_is_opened_again_is_what_was_written_last(
    main: MainWindow, page: RecordPage, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, other = page._code, main.desk.interviews.create(("ko",), "Heron").code
    typed = begin(page, wait)

    def full(*_: object, **__: object) -> None:
        raise StorageFailed("The disk is full.")

    with monkeypatch.context() as refusing:
        refusing.setattr(main.desk.note_taking, "save", full)
        typed.insertPlainText(SAID)
        page.show_interview(other)
        page.show_interview(code)
        page._write_notes(code, 1)
        assert not typed.isVisible(), "older text is shown, and typing would replace the newer"
        assert typed.toPlainText() == ""
    page._write_notes(code, 1)
    assert typed.isVisible()
    assert (typed.toPlainText(), on_disk(main)) == (SAID, [SAID])
