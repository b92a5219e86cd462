"""The second line: typed by a person in a field of its own, from segment to segment, no syllable lost, undone like everything."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier


def test_a_translation_is_typed_from_row_to_row_and_undone(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    def stored() -> list[list[tuple[str, str]]]:
        segments = main.desk.transcripts.segments(told.code)
        return [[(each.language, each.text) for each in one.translations] for one in segments][:3]

    bar, field, view = page.translation, page.translation.field, page.view
    page._translating._use("")
    assert bar.isHidden()
    QTest.keyClicks(view.editor, "A")
    high = view.row_rect(0).height()
    press(page, Key.Key_T, Mod.ControlModifier)
    assert QApplication.focusWidget() is field
    assert bar.language == "en"
    QTest.keyClicks(field, "I was born in Hoeryong. " * 12)
    press(page, Key.Key_Return)
    assert (view.current, field.toPlainText()) == (1, "")
    assert QApplication.focusWidget() is field
    wait(lambda: settled(page) and stored()[0] == [("en", ("I was born in Hoeryong. " * 12).strip())])
    assert view.row_rect(0).height() > high
    assert page.text.segments[0].text == "A" + LINES[0]
    compose(field, "탄광")  # still being composed when another row is taken in hand
    view.go_to(2)
    wait(lambda: settled(page) and stored()[1] == [("en", "탄광")])
    assert stored()[2] == []
    assert (view.current, view.editor.toPlainText()) == (2, LINES[2])
    view.go_to(1)
    assert field.toPlainText() == "탄광"
    field.setPlainText("")
    press(page, Key.Key_T, Mod.ControlModifier)
    wait(lambda: settled(page) and stored()[1] == [])
    assert QApplication.focusWidget() is view.editor
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and stored()[1] == [("en", "탄광")] and field.toPlainText() == "탄광")
    QTest.keyClicks(view.editor, "B")
    view.commit()
    wait(lambda: settled(page))
    state = bar.findChild(QLabel, "review_translation_told")
    assert state is not None
    assert "changed since" in state.text()
    press(page, Key.Key_T, Mod.ControlModifier)
    field.setPlainText("")
    QTest.keyClicks(field, "mine so ")
    wait(lambda: settled(page) and stored()[1] == [("en", "mine so")])  # nobody asked: the typing rested
    QTest.keyClicks(field, "far")
    assert field.toPlainText() == "mine so far", "the caret and the blank stayed where they were"
    wait(lambda: settled(page) and stored()[1] == [("en", "mine so far")])
    field.setPlainText("mine")
    page._translating._use("zh")  # what was written in English stays English
    wait(lambda: settled(page) and stored()[1] == [("en", "mine")])
    assert field.toPlainText() == ""
    page._translating._use("")
    assert view.row_rect(0).height() == high


def test_whoever_types_on_without_a_rest_loses_no_more_than_a_moment(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    press(page, Key.Key_T, Mod.ControlModifier)
    field, typist = page.translation.field, QTimer(interval=100)
    typist.timeout.connect(lambda: QTest.keyClicks(field, "a"))
    typist.start()
    wait(lambda: main.desk.transcripts.segments(told.code)[0].translations)
    typist.stop()
    assert set(field.toPlainText()) == {"a"}


def test_the_translation_is_closed_and_offers_no_language_that_the_text_is_in(
    page: TranscriptPage, main: MainWindow, wait: Wait
) -> None:
    bar = page.translation
    press(page, Key.Key_T, Mod.ControlModifier)
    assert bar.isVisible() and QApplication.focusWidget() is bar.field
    hidden = [at for at in range(bar._language.count()) if bar._language.view().isRowHidden(at)]  # type: ignore[attr-defined]
    assert [bar._language.itemData(at) for at in hidden] == ["ko"]
    close = bar.findChild(QToolButton, "review_translation_close")
    assert close is not None
    close.click()
    assert bar.isHidden() and main.context.settings.current.translation == ""
    assert QApplication.focusWidget() is page.view.editor
    main.context.settings.change(translation="ko")
    page._translating.begin()
    assert bar.isHidden() and main.context.settings.current.translation == "ko", "another interview may still want it"
    page._translating._use("")
