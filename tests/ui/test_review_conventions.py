"""What is noted besides words goes in by key or chip, at the caret, with nothing that was being typed lost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton

from oralhistory import i18n
from oralhistory.domain.conventions import CONVENTIONS
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.chip_faces import WORDS, faces, read
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


def test_they_are_seen_in_the_language_of_the_reader_and_stored_in_one(page: TranscriptPage, wait: Wait) -> None:
    view, editor = page.view, page.view.editor
    view.go_to(1)
    view.edit_here()
    press(page, Key.Key_End)
    press(page, Key.Key_Y, BOTH)  # the caret stands behind the chip, as it does right after any
    wait(lambda: settled(page))

    def pictures() -> tuple[QImage, QImage]:
        view.go_to(0)
        painted = view.viewport().grab(view.row_rect(1)).toImage()
        view.go_to(1, len(LINES[1]) + len(" [crying] "))
        return painted, editor.viewport().grab().toImage()

    english = pictures()
    assert english == pictures()
    i18n.use("ko")
    try:
        assert next(faces("가 [crying] [pause 5 s] [?] [x]")) == (2, 10, "[울음]")
        assert read("가 [crying] [?] [x]") == "가 [울음] [?] [x]"
        korean = pictures()
        assert korean[0] != english[0]
        assert korean[1] != english[1]
        editor.set_caret(len(LINES[1]) + 3)  # whoever goes into it sees what is stored
        within = editor.viewport().grab().toImage()
        i18n.use("en")
        assert within == editor.viewport().grab().toImage()
    finally:
        i18n.use("en")
    assert page.text.segments[1].text == f"{LINES[1]} [crying]"


def test_the_table_of_keys_calls_what_is_noted_by_the_word_of_its_chip() -> None:
    keys = {one.command: one.says for one in KEYS}
    for language in ("ko", "zh_CN"):
        for one in CONVENTIONS:
            told, noted = i18n.said_in(language, keys[INSERT + one.code]), one.text.partition("{")[0].strip(" ]")
            assert told.startswith(i18n.said_in(language, WORDS[one.code])) and noted in told
