"""A whole review without the mouse: from the draft to the signature by key events into the window alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from oralhistory.domain.interview import Status
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, SOUND, Loudspeaker, Told, agreed, taped
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Keyboard:
    """Presses keys wherever the focus is, as a keyboard does."""

    def __init__(self, main: MainWindow, wait: Wait) -> None:
        self._handle, self._wait = main.window().windowHandle(), wait

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self._handle, key, held)  # type: ignore[call-overload]  # the stubs lack windows

    def type(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClick(self._handle, letter)  # type: ignore[call-overload]

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"{name} is not reached with Tab")


def play_through(page: TranscriptPage, loudspeaker: Loudspeaker, from_ms: int, to_ms: int) -> None:
    """The loudspeaker comes from one time to another in steps, as it does while somebody listens."""
    for ms in range(from_ms, to_ms + 1, 250):
        loudspeaker.run_to(SOUND.ms_to_frames(ms))
        page.playback.look()


def test_from_the_draft_to_the_signature(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    keyboard = Keyboard(main, wait)
    desk = main.desk

    def settled() -> bool:
        return page.text.stored and page.text.queue.idle and not page.view.editor.holding

    keyboard.type("Well ")  # the first row, where the keyboard is
    keyboard.press(Key.Key_Return)
    keyboard.press(Key.Key_2, Mod.ControlModifier)  # the interviewer asks this
    keyboard.press(Key.Key_F9)
    play_through(page, loudspeaker, 2_000, 4_000)
    keyboard.press(Key.Key_Return, Mod.AltModifier)  # heard, and right: on to the next doubt
    wait(lambda: page.view.current == 3 and settled())
    keyboard.press(Key.Key_F9)
    play_through(page, loudspeaker, 6_000, 7_900)
    keyboard.press(Key.Key_Escape)
    keyboard.press(Key.Key_Return, Mod.AltModifier)
    wait(lambda: not any(one.doubtful for one in page.text.segments) and settled())
    for _ in range(5):
        keyboard.press(Key.Key_Right)
    keyboard.press(Key.Key_Return, Mod.ControlModifier)  # a split and a join
    wait(lambda: len(page.text.segments) == len(LINES) + 1 and settled())
    keyboard.press(Key.Key_Backspace)
    wait(lambda: len(page.text.segments) == len(LINES) and settled())
    keyboard.press(Key.Key_F6, Mod.ShiftModifier)  # out of the text
    assert QApplication.focusWidget() is page._transport.play
    page.view.edit_here()
    keyboard.press(Key.Key_F6)
    keyboard.tab_to("review_sign_off")
    keyboard.press(Key.Key_Space)
    wait(lambda: desk.attesting.state(told.code).signed_off)
    keyboard.press(Key.Key_J, Mod.ControlModifier)
    assert QApplication.focusWidget() is page.view.editor
    found = desk.transcripts.segments(told.code)
    assert [one.text for one in found] == ["Well " + LINES[0], *LINES[1:]]
    assert [one.speaker for one in found] == ["N1", "I1", "N1", "N1", "N1"]
    assert desk.interviews.card(told.code).interview.status is Status.CORRECTED


def test_a_transcript_is_brought_along(main: MainWindow, wait: Wait, tmp_path: Path) -> None:
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 4)
    main.open_interview(code)
    main.open_step("transcript")
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(page.bring.isVisible)
    button = page.bring.findChild(QPushButton, "review_bring")
    assert isinstance(button, QPushButton)
    damaged, file = tmp_path / "other.srt", tmp_path / "talk.srt"
    damaged.write_bytes("저는".encode("utf-16"))
    page.bring.choose = lambda: str(damaged)
    button.click()
    banner = main.window().findChild(QWidget, "banner")
    assert banner is not None
    wait(lambda: any("not text in UTF-8" in one.text() for one in banner.findChildren(QLabel)))
    first = "1\n00:00:01,000 --> 00:00:02,500\n저는 회령에서 왔습니다.\n"
    file.write_text(f"{first}\n2\n00:00:02,500 --> 00:00:04,000\n네.\n", "utf-8")
    page.bring.choose = lambda: str(file)
    button.click()
    wait(lambda: len(page.text.segments) == 2)
    assert page.bring.isHidden()
    assert [(one.start_ms, one.text) for one in page.text.segments] == [(1_000, "저는 회령에서 왔습니다."), (2_500, "네.")]
    assert page.view.row_rect(0).isValid()
