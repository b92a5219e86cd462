"""The glossary beside the text: taught by a correction, offered while correcting, put in with one key, undone with another."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.glossary_dialog import GlossaryDialog
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


def test_a_correction_teaches_it_and_the_next_one_is_a_key(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    editor, offered = page.view.editor, page.findChild(QPushButton, "review_glossary_put")
    assert offered is not None
    page.view.go_to(2)
    editor.set_caret(LINES[2].index("연길") + 2)
    for _ in range(2):
        press(page, Key.Key_Backspace)
    compose(editor, "", "도문")
    press(page, Key.Key_G, Mod.ControlModifier | Mod.ShiftModifier)
    dialog = page.findChild(GlossaryDialog, "review_glossary")
    assert dialog is not None
    fields = [dialog.findChild(QLineEdit, f"review_glossary_{name}") for name in ("text", "variant")]
    assert [one.text() for one in fields if one is not None] == ["도문", "연길"]
    QTest.keyClick(dialog, Key.Key_Return)
    wait(lambda: settled(page) and [one.text for one in main.desk.glossary.all()] == ["도문"])
    page.view.go_to(4)
    editor.set_caret(0)
    compose(editor, "", "연길에서 ")
    wait(lambda: settled(page) and page._glossary._lexicon is not None and 4 in page.panel.queue.rows)
    assert offered.text() == "연길에서 → 도문에서  (Ctrl+G)"
    page.view.edit_here()
    compose(editor, "아")  # still being composed when the key comes
    press(page, Key.Key_G, Mod.ControlModifier)
    wait(lambda: settled(page) and page.view.editor.toPlainText().startswith("도문에서 아"))
    assert main.desk.transcripts.segments(told.code)[4].text == "도문에서 아" + LINES[4]
    assert offered.isHidden()
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and page.text.segments[4].text == "연길에서 아" + LINES[4])
    assert not offered.isHidden()


def test_the_list_is_kept_in_the_settings(main: MainWindow, page: TranscriptPage, wait: Wait) -> None:
    main._go(main.settings_page)
    find = main.findChild
    table, text = find(QTableWidget, "settings_glossary"), find(QLineEdit, "settings_glossary_text")
    variants, keep = find(QLineEdit, "settings_glossary_variants"), find(QPushButton, "settings_glossary_keep")
    assert table and text and variants and keep
    known = len(main.desk.glossary.all())
    text.setText("회령")
    variants.setText("회룡, 해령，")
    variants.setFocus()
    QTest.keyClick(variants, Key.Key_Return)
    wait(lambda: table.rowCount() == known + 1)
    assert main.desk.glossary.all()[-1].variants == ("회룡", "해령")
    table.selectRow(known)
    assert text.text() == "회령"
    remove = find(QPushButton, "settings_glossary_remove")
    assert remove is not None
    remove.click()
    wait(lambda: table.rowCount() == known)
