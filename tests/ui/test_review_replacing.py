"""Find and replace in the transcript in hand: words with their particles, or what a regular expression means."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget

from oralhistory.ui.review.replace_dialog import ReplaceDialog
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


def test_nothing_is_replaced_by_words_that_stood_there_before(page: TranscriptPage, wait: Wait) -> None:
    press(page, Key.Key_F, Mod.ControlModifier)
    dialog = page.findChild(ReplaceDialog, "review_replace")
    assert dialog is not None
    dialog._find.setText("연길")
    dialog._put.setText("도")
    wait(lambda: dialog._list.count() == 1 and "→ 도에서" in dialog._list.item(0).text())
    dialog._put.setFocus()
    QTest.keyClick(dialog._put, Key.Key_End)
    compose(dialog._put, "문")  # the last syllable is still being composed
    QTest.mouseClick(dialog._do, Qt.MouseButton.LeftButton)
    assert dialog._put.text() == "도문"
    wait(lambda: dialog._list.count() == 1 and "→ 도문에서" in dialog._list.item(0).text())
    QTest.mouseClick(dialog._do, Qt.MouseButton.LeftButton)
    wait(lambda: settled(page) and [one.text for one in page.text.segments] == [one.replace("연길", "도문") for one in LINES])
    dialog.reject()


def test_return_in_the_new_words_replaces_this_place_and_goes_on_to_the_next(page: TranscriptPage, wait: Wait) -> None:
    press(page, Key.Key_F, Mod.ControlModifier)
    dialog = page.findChild(ReplaceDialog, "review_replace")
    assert dialog is not None
    dialog._find.setText("습니다")
    dialog._put.setText("습니다요")  # is found again where it was put
    dialog._anywhere.setChecked(True)
    wait(lambda: dialog._do.isEnabled() and dialog._list.count() == 5)
    dialog._put.setFocus()
    QTest.keyClick(dialog._put, Key.Key_Return)
    wait(lambda: settled(page) and page.text.segments[0].text == LINES[0].replace("습니다", "습니다요"))
    wait(lambda: dialog._do.isEnabled() and dialog._list.currentRow() == 1)
    dialog._list.item(1).setCheckState(Qt.CheckState.Unchecked)
    QTest.keyClick(dialog._put, Key.Key_Return)
    assert dialog._list.currentRow() == 2 and settled(page), "what is not ticked is left"
    QTest.keyClick(dialog._put, Key.Key_Return)
    wait(lambda: settled(page) and page.text.segments[2].text == LINES[2].replace("습니다", "습니다요"))
    wait(lambda: dialog._do.isEnabled() and dialog._list.currentRow() == 3)
    assert [one.text for one in page.text.segments[1:2]] == [LINES[1]]
    dialog.reject()


def test_a_word_or_an_expression_is_replaced_everywhere_and_undone_as_one(page: TranscriptPage, wait: Wait) -> None:
    press(page, Key.Key_F, Mod.ControlModifier)
    dialog = page.findChild(ReplaceDialog, "review_replace")
    assert dialog is not None
    find, put = (dialog.findChild(QLineEdit, f"review_{name}") for name in ("find", "put"))
    found, listed = dialog.findChild(QLabel, "review_found"), dialog.findChild(QListWidget, "review_places")
    pattern, anywhere = (dialog.findChild(QCheckBox, f"review_find_{name}") for name in ("pattern", "anywhere"))
    assert None not in (find, put, found, listed, pattern, anywhere)
    find.setText("연길")
    put.setText("도문")
    wait(lambda: listed.count() == sum("연길" in one for one in LINES))
    pattern.click()
    assert not anywhere.isEnabled()
    find.setText("(연길|서울")
    wait(lambda: "not a regular expression" in found.text())
    assert listed.count() == 0
    find.setText(r"(연)길")
    put.setText(r"\1변")
    wait(lambda: listed.count() == sum("연길" in one for one in LINES) and "→ 연변" in listed.item(0).text())
    dialog._do.click()
    wait(lambda: settled(page) and [one.text for one in page.text.segments] == [one.replace("연길", "연변") for one in LINES])
    wait(lambda: "replaced" in found.text())
    assert not found.text().startswith("0")
    put.setText("연길")
    wait(lambda: "replaced" not in found.text())
    dialog.reject()
    page.window().activateWindow()
    page.view.edit_here()
    wait(page.view.editor.hasFocus)
    QTest.keyClick(page.view.editor, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and [one.text for one in page.text.segments] == list(LINES))
