"""Guessed times and closed passages on the page: marked in words, and confirmed by key or button once they were heard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told, agreed, taped
from tests.ui.review import frame, furnished, loudspeaker, main, page
from tests.ui.test_review_remarks import press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
SHIFT_ALT = Mod.AltModifier | Mod.ShiftModifier


@pytest.fixture
def told(main: MainWindow) -> Told:
    """Ten seconds of sound under a text that came without times."""
    code = main.desk.interviews.create(("ko",), "Heron").code
    agreed(main.desk, code)
    taped(main.desk, code, 5, parts=2)
    main.desk.transcripts.import_file(code, "talk.txt", "\n".join(LINES))
    return Told(code, tuple(main.desk.transcripts.segments(code)))


def guessed(main: MainWindow, told: Told) -> list[bool]:
    return [one.guessed for one in main.desk.transcripts.segments(told.code)]


def heard(main: MainWindow, told: Told, rows: int) -> None:
    """As if the first rows had been played."""
    main.desk.attesting.heard(told.code, 0, told.segments[rows - 1].end_ms)


def test_guessed_times_are_marked_and_confirmed_where_they_were_heard(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    sentence = page.times.findChild(QLabel, "review_times_guessed")
    buttons = [page.times.findChild(QPushButton, name) for name in ("review_times_right", "review_times_right_before")]
    assert sentence is not None
    assert page.times.isVisible()
    assert "5" in sentence.text()
    assert all(page.view._painter._notes(one) == ["times guessed"] for one in page.text.segments)
    assert "times guessed" in page.view.editor.accessibleDescription()
    page.view.go_to(3)
    troubles: list[object] = []
    main.jobs.trouble.connect(troubles.append)
    press(page, Key.Key_Home, SHIFT_ALT)
    wait(lambda: settled(page) and bool(troubles))
    assert guessed(main, told) == [True] * 5
    heard(main, told, 4)
    press(page, Key.Key_Home, SHIFT_ALT)
    wait(lambda: settled(page) and guessed(main, told) == [True, True, True, False, True])
    assert page.view._painter._notes(page.text.segments[3]) == []
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    wait(lambda: settled(page) and guessed(main, told) == [False, False, False, False, True])
    assert "1 segment" in sentence.text()
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and guessed(main, told) == [True, True, True, False, True])
    heard(main, told, 5)
    page.view.go_to(4)
    press(page, Key.Key_End, SHIFT_ALT)
    wait(lambda: settled(page) and not page.times.isVisible())
    main.jobs.trouble.disconnect(troubles.append)


def test_what_lies_in_a_closed_passage_says_so_and_the_sound_there_is_hatched(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    heard(main, told, 5)
    page.view.go_to(3)
    press(page, Key.Key_End, SHIFT_ALT)
    wait(lambda: settled(page) and page.text.guessed == 1)
    second, third = told.segments[1:3]
    main.desk.interviews.seal(told.code, second.end_ms - 100, third.start_ms + 100, "a neighbour")
    notes = page.view._painter._notes
    wait(lambda: notes(page.text.segments[1]) == ["sealed by consent"])
    assert [notes(one) for one in page.text.segments] == [[], ["sealed by consent"], ["sealed by consent"], [], ["times guessed"]]
    assert page._transport.waveform._closed == [(second.end_ms - 100, third.start_ms + 100)]
    page.view.go_to(2)
    assert "sealed by consent" in page.view.editor.accessibleDescription()


def test_the_segment_that_was_heard_is_confirmed_though_another_stands_in_its_row_by_then(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(main, told, 5)
    page.view.go_to(2)
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(page._timing, "_when_heard", waiting.append)
    press(page, Key.Key_Home, SHIFT_ALT)
    page.text.split(0, 2, lambda _row: None)
    wait(lambda: page.text.stored and len(page.text.segments) == 6)
    waiting[0]()
    wait(lambda: settled(page))
    assert [one.id for one in main.desk.transcripts.segments(told.code) if not one.guessed] == [told.segments[2].id]
    assert page.view.segment is not None
    assert page.view.segment.id == told.segments[2].id
    wait(lambda: page.text.guessed == 5)
