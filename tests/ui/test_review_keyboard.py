"""A whole review without the mouse: from the draft to the signature by key events into the window alone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from oralhistory.domain.interview import Status, Verbatim
from oralhistory.domain.staff import Role
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.glossary_dialog import GlossaryDialog
from oralhistory.ui.review.replace_dialog import ReplaceDialog
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, SOUND, Loudspeaker, Told, agreed, taped
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
Find = Callable[[str], QWidget]


class Keyboard:
    """Presses keys wherever the focus is, as a keyboard does."""

    def __init__(self, main: MainWindow, wait: Wait) -> None:
        self._handle, self._wait = main.window().windowHandle(), wait

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self._handle, key, held)  # type: ignore[call-overload]  # the stubs lack windows

    def type(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClick(self._handle, letter)  # type: ignore[call-overload]

    def tab_to(self, name: str, *, back: bool = False) -> None:
        for _ in range(60):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return
            if back:
                self.press(Key.Key_Backtab, Mod.ShiftModifier)
            else:
                self.press(Key.Key_Tab)
        raise AssertionError(f"{name} is not reached with Tab")

    def into(self, window: QWidget, *keys: Qt.Key | str) -> None:
        """Into a dialog or menu that stands over the page, through its window as well; letters are typed."""
        self._wait(window.isVisible)
        for one in keys:
            for key in one if isinstance(one, str) else (one,):
                QTest.keyClick(window.window().windowHandle(), key)  # type: ignore[call-overload]


def play_through(page: TranscriptPage, loudspeaker: Loudspeaker, from_ms: int, to_ms: int) -> None:
    """The loudspeaker comes from one time to another in steps, as it does while somebody listens."""
    for ms in range(from_ms, to_ms + 1, 250):
        loudspeaker.run_to(SOUND.ms_to_frames(ms))
        page.playback.look()


def remark(keyboard: Keyboard, page: TranscriptPage, settled: Callable[[], bool], wait: Wait) -> None:
    """All that is said about a segment besides its words: a chip, its end, a comment, a mark, a translation, a word to learn."""
    row, both = page.view.current, Mod.ControlModifier | Mod.ShiftModifier
    keyboard.press(Key.Key_End)
    keyboard.press(Key.Key_Y, both)
    keyboard.press(Key.Key_Left, Mod.AltModifier | Mod.ShiftModifier)
    wait(settled)
    keyboard.press(Key.Key_M, both)
    keyboard.type("ask")
    keyboard.press(Key.Key_Return)
    wait(lambda: row in page.panel.queue.rows and settled())
    keyboard.press(Key.Key_R, both)
    wait(lambda: row not in page.panel.queue.rows and settled())
    keyboard.press(Key.Key_M, Mod.ControlModifier)  # heard again, by way of the queue
    keyboard.press(Key.Key_Up)
    keyboard.press(Key.Key_Down, Mod.AltModifier)
    assert page.view.current == row
    keyboard.press(Key.Key_M, Mod.ControlModifier)
    keyboard.press(Key.Key_K, Mod.ControlModifier)
    marks = page.view.findChild(QMenu, "review_marks")
    assert marks is not None
    keyboard.into(marks, Key.Key_5)
    keyboard.press(Key.Key_T, Mod.ControlModifier)
    keyboard.type("Well")
    keyboard.press(Key.Key_T, Mod.ControlModifier)
    wait(settled)
    keyboard.press(Key.Key_G, both)
    glossary = page.findChild(GlossaryDialog)
    assert glossary is not None
    keyboard.into(glossary, "Musan", Key.Key_Return)
    wait(lambda: page.context.desk.glossary.all() != [] and settled())
    keyboard.press(Key.Key_F, Mod.ControlModifier)
    find = page.findChild(ReplaceDialog)
    assert find is not None
    keyboard.into(find, "Well", Key.Key_Escape)
    page.window().activateWindow()  # as any window manager does when the window over it has closed
    wait(lambda: QApplication.focusWidget() is page.view.editor)
    assert page.view.current == row


def check_by_a_second_person(keyboard: Keyboard, page: TranscriptPage, main: MainWindow, wait: Wait) -> None:
    """Refused to who signed; then another person types their passphrase where the keyboard is."""
    main.desk.staffing.add("S2", "", Role.REVIEWER)
    main.desk.admitting.add_passphrase("S2", "four other words for tests")
    second = page.sign_off.findChild(QPushButton, "review_second")
    assert second is not None
    wait(second.isEnabled)
    assert QApplication.focusWidget() is second, "not what the narrator answers"
    keyboard.press(Key.Key_Space)
    wait(lambda: QApplication.focusWidget().objectName() == "review_second_passphrase")
    keyboard.type("four other words for tests")
    keyboard.press(Key.Key_Return)
    wait(lambda: not second.isEnabled())


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
    remark(keyboard, page, settled, wait)
    keyboard.press(Key.Key_F6, Mod.ShiftModifier)  # out of the text
    assert QApplication.focusWidget() is page._transport.play
    keyboard.press(Key.Key_J, Mod.ControlModifier)
    keyboard.press(Key.Key_F6)
    keyboard.tab_to("review_verbatim", back=True)
    keyboard.press(Key.Key_Space)
    keyboard.into(page._verbatim.button.menu(), Key.Key_Down, Key.Key_Down, Key.Key_Return)
    wait(lambda: desk.interviews.card(told.code).interview.verbatim is Verbatim.LIGHT)
    keyboard.tab_to("review_sign_off")
    keyboard.press(Key.Key_Space)
    wait(lambda: desk.attesting.state(told.code).signed_off)
    check_by_a_second_person(keyboard, page, main, wait)
    assert desk.attesting.state(told.code).second_checked
    keyboard.press(Key.Key_J, Mod.ControlModifier)
    assert QApplication.focusWidget() is page.view.editor
    found = desk.transcripts.segments(told.code)
    assert [one.text for one in found] == ["Well " + LINES[0], *LINES[1:3], LINES[3] + " [crying]", LINES[4]]
    assert [one.end_ms for one in found[3:]] == [7_900, 10_000]
    assert [(one.text, one.open) for one in found[3].comments] == [("ask", False)]
    assert [one.text for one in found[3].translations] == ["Well"]
    assert found[3].flags == {"quote"}
    assert [one.speaker for one in found] == ["N1", "I1", "N1", "N1", "N1"]
    assert desk.interviews.card(told.code).interview.status is Status.SECOND_CHECKED


def test_the_keys_of_the_page_are_its_own_on_a_button_too(main: MainWindow, page: TranscriptPage, wait: Wait) -> None:
    page.view.go_to(0)
    page.sign_off.setFocus()
    Keyboard(main, wait).press(Key.Key_Down, Mod.AltModifier)
    assert page.view.current == 1, "the next passage to check"
    for away, held in ((Key.Key_F6, Mod.NoModifier), (Key.Key_F6, Mod.ShiftModifier)):
        page.view.edit_here()
        Keyboard(main, wait).press(away, held)
        assert QApplication.focusWidget() is not page.view.editor
        Keyboard(main, wait).press(away, held)
        assert QApplication.focusWidget() is page.view.editor, "the key that leads out leads back"


def test_a_transcript_is_brought_along(main: MainWindow, find: Find, wait: Wait, tmp_path: Path) -> None:
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
    told, known = find("review_brought_file"), find("review_brought_known")
    assert isinstance(told, QLabel)
    assert isinstance(known, QPushButton)
    wait(told.isVisible)
    assert f"unencrypted: {file}." in told.text()
    assert not button.isVisible()
    known.click()
    assert page.bring.isHidden()
    assert [(one.start_ms, one.text) for one in page.text.segments] == [(1_000, "저는 회령에서 왔습니다."), (2_500, "네.")]
    assert page.view.row_rect(0).isValid()


def test_what_was_written_while_the_narrator_spoke_becomes_the_transcript(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    main.desk.note_taking.begin(code)
    main.desk.note_taking.save(code, "저는 회령에서 왔습니다.\n어머니와 함께 건넜습니다.")
    main.desk.note_taking.end(code)
    main.open_interview(code)
    main.open_step("transcript")
    take = find("review_bring_notes")
    assert isinstance(take, QPushButton)
    wait(take.isVisible)
    take.click()
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(lambda: len(page.text.segments) == 2)
    assert [one.text for one in page.text.segments] == ["저는 회령에서 왔습니다.", "어머니와 함께 건넜습니다."]
    assert not take.isVisible() and main.desk.note_taking.words(code)
    heard, sign, told = find("review_heard"), find("review_sign_off"), find("review_state")
    assert isinstance(heard, QPushButton) and isinstance(sign, QPushButton) and isinstance(told, QLabel)
    wait(lambda: heard.text() == "I have read all of it")
    wait(lambda: "Nobody has said yet that they read" in told.text())
    assert "isten" not in told.text(), "there is nothing to listen to"
    heard.click()
    wait(lambda: told.text() == "Not signed off.")
    sign.click()
    wait(lambda: told.text() == "Signed off.")
    assert "review read" in [one.action for one in main.desk.interviews.history(code).custody]
