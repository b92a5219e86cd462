"""The borders of the segment in hand: by key and by hand on the curve, with what touches them, undone as one."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from oralhistory.ui.review.waveform import SPAN_MS
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


def test_borders_move_by_key_to_where_the_sound_is_and_back(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    def times() -> list[tuple[int, int]]:
        return [(one.start_ms, one.end_ms) for one in main.desk.transcripts.segments(told.code)][:3]

    page.view.go_to(1)
    page.view.edit_here()
    compose(page.view.editor, "아")
    press(page, Key.Key_Left, Mod.AltModifier)
    wait(lambda: settled(page) and times() == [(0, 1_900), (1_900, 4_000), (4_000, 6_000)])
    assert page.text.segments[1].text == "아" + LINES[1]
    press(page, Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier)
    wait(lambda: settled(page) and times() == [(0, 1_900), (1_900, 4_100), (4_100, 6_000)])
    page.playback.position_ms = 2_500
    press(page, Key.Key_Home, Mod.AltModifier)
    wait(lambda: settled(page) and times()[:2] == [(0, 2_500), (2_500, 4_100)])
    page.playback.position_ms = 3_000
    press(page, Key.Key_End, Mod.AltModifier)
    wait(lambda: settled(page) and times() == [(0, 2_500), (2_500, 3_000), (3_000, 6_000)])
    for _ in range(4):
        press(page, Key.Key_Z, Mod.ControlModifier)
        wait(lambda: settled(page))
        assert page._transport.waveform._borders == [one.start_ms for one in page.text.segments]
    assert times() == [(0, 2_000), (2_000, 4_000), (4_000, 6_000)]
    words = main.desk.transcripts.segments(told.code)[1].words
    assert words[-2:] == told.segments[1].words[-2:]


def test_a_handle_on_the_curve_is_pulled_and_a_click_beside_it_plays(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    waveform = page._transport.waveform
    wait(lambda: 0 in waveform._tiles)
    page.view.go_to(2)

    def at(ms: int) -> QPoint:
        return QPoint(round(ms * waveform.width() / SPAN_MS), 20)

    QTest.mouseMove(waveform, at(6_000))
    QTest.mousePress(waveform, Qt.MouseButton.LeftButton, pos=at(6_000))
    QTest.mouseMove(waveform, at(7_000))
    assert waveform._pulled_row() is not None
    assert not page.playback.playing
    QTest.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=at(7_000))
    wait(lambda: settled(page) and page.text.segments[2].end_ms > 6_900)
    third, fourth = main.desk.transcripts.segments(told.code)[2:4]
    assert third.end_ms == fourth.start_ms
    assert abs(third.end_ms - 7_000) <= SPAN_MS / waveform.width() + 1
    assert waveform._borders[3] == fourth.start_ms
    QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=at(9_000))
    assert page.playback.playing
    page.playback.pause()


def test_the_way_back_to_the_text_is_there_before_the_first_word_is_spoken(page: TranscriptPage, wait: Wait) -> None:
    page.view.edit_here()
    press(page, Key.Key_Right, Mod.AltModifier)
    wait(lambda: settled(page) and page.text.segments[0].start_ms == 100)
    page.playback.position_ms = 0
    page.sign_off.setFocus()
    press(page, Key.Key_J, Mod.ControlModifier)
    assert page.view.editor.hasFocus()


def test_a_click_on_what_asks_about_speakers_leaves_the_keyboard_in_the_text(page: TranscriptPage) -> None:
    page.view.edit_here()
    page._speakers.ask = lambda _question, _standing: ""
    for name in ("other", "on", "rename"):
        asks = page.findChild(QPushButton, f"review_speaker_{name}")
        assert asks is not None
        QTest.mouseClick(asks, Qt.MouseButton.LeftButton)
        assert page.view.editor.hasFocus(), name
