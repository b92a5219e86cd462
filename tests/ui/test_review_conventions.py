"""What is noted besides words goes in by key or chip, at the caret, with nothing that was being typed lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from oralhistory.domain.conventions import CONVENTIONS
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.review_keys import INSERT, KEYS
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
BOTH = Mod.ControlModifier | Mod.ShiftModifier


def test_keys_and_chips_note_at_the_caret_and_keep_what_is_composed(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    editor = page.view.editor
    page.view.go_to(1)
    page.view.edit_here()
    press(page, Key.Key_End)
    compose(editor, "네")
    press(page, Key.Key_L, Mod.ControlModifier)
    press(page, Key.Key_Y, BOTH)
    assert editor.toPlainText() == f"{LINES[1]}네 [inaudible 00:00:02] [crying] "
    chip = page.findChild(QPushButton, "review_insert_interpreter")
    assert chip is not None
    editor.set_caret(0)
    compose(editor, "음")
    chip.click()
    assert QApplication.focusWidget() is editor
    said = f"음 [interpreter:] {LINES[1]}네 [inaudible 00:00:02] [crying]"
    wait(lambda: settled(page) and main.desk.transcripts.segments(told.code)[1].text == said)
    spans = [one.cursor.selectedText() for one in editor.extraSelections()]
    assert {"[interpreter:]", "[inaudible 00:00:02]", "[crying]"} <= set(spans)
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and main.desk.transcripts.segments(told.code)[1].text == LINES[1])


def test_each_has_a_key_and_a_chip(page: TranscriptPage) -> None:
    commands = {key.command for key in KEYS}
    for one in CONVENTIONS:
        assert INSERT + one.code in commands
        assert page.findChild(QPushButton, f"review_{INSERT}{one.code}") is not None
