"""What can be done with a segment is offered in a menu, with its key: by a right click, by the menu key, and by a button."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from oralhistory.i18n import tr
from oralhistory.ui.review.review_keys import shown
from oralhistory.ui.review.text_menu import TextMenu
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]


@pytest.fixture
def menu(page: TranscriptPage) -> TextMenu:
    found = page.findChild(TextMenu)
    assert found is not None
    return found


def offered(menu: QMenu) -> list[str]:
    return [one.objectName().removeprefix("review_menu_") for one in menu.actions() if one.objectName()]


def ask_by_mouse(widget: QWidget, at: QPoint) -> None:
    """As a right click comes in: the press, then the wish for a menu."""
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress, at, widget.mapToGlobal(at), Qt.MouseButton.RightButton, Qt.MouseButton.RightButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QCoreApplication.sendEvent(widget, press)
    QCoreApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))


def choose(menu: TextMenu, command: str) -> None:
    menu.close()
    next(one for one in menu.actions() if one.objectName() == f"review_menu_{command}").trigger()


def test_a_right_click_offers_the_commands_with_their_keys(page: TranscriptPage, menu: TextMenu) -> None:
    ask_by_mouse(page.view.editor.viewport(), QPoint(30, 8))
    assert menu.isVisible()
    commands = offered(menu)
    assert {"undo", "redo", "replace", "mark", "translation", "passage", "split", "edit-copy"} <= set(commands)
    for one in menu.actions():
        command = one.objectName().removeprefix("review_menu_")
        if command != one.objectName():
            key = page._keys.key(command)
            assert one.text() == f"{tr(key.offered or key.says)}\t{shown(key, 1)}"
    assert sum(one.isSeparator() for one in menu.actions()) >= 5


def test_a_right_click_beside_a_row_takes_it_in_hand_and_plays_nothing(
    page: TranscriptPage, menu: TextMenu, wait: Wait
) -> None:
    played: list[int] = []
    page.view.play_wanted.connect(played.append)
    ask_by_mouse(page.view.viewport(), QPoint(20, page.view.row_rect(2).center().y()))
    assert (page.view.current, played, menu.isVisible()) == (2, [], True)
    choose(menu, "check")
    wait(lambda: "check" in page.text.segments[2].flags)
    choose(menu, "undo")
    wait(lambda: "check" not in page.text.segments[2].flags)


def test_the_menu_key_opens_it_at_the_caret_and_what_is_chosen_happens_there(
    page: TranscriptPage, menu: TextMenu, wait: Wait
) -> None:
    editor = page.view.editor
    page.view.edit_here()
    editor.set_caret(LINES[0].index(" ") + 1)
    below = editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
    places: list[QPoint] = []
    page.view.menu_wanted.connect(places.append)
    QTest.keyClick(editor, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert menu.isVisible() and places == [below]
    choose(menu, "split")
    wait(lambda: len(page.text.segments) == len(LINES) + 1)


def test_a_click_puts_the_caret_there_but_keeps_what_is_selected(page: TranscriptPage, menu: TextMenu) -> None:
    editor = page.view.editor
    editor.set_caret(0)
    place = QPoint(editor.viewport().width() - 2, 8)
    ask_by_mouse(editor.viewport(), place)
    assert editor.caret() > 0
    menu.close()
    editor.selectAll()
    ask_by_mouse(editor.viewport(), place)
    assert editor.textCursor().hasSelection()


def test_a_button_below_the_text_opens_the_same(page: TranscriptPage, menu: TextMenu) -> None:
    button = page.findChild(QPushButton, "review_edit")
    assert button is not None and button.isVisible() and button.menu() is menu
    menu.aboutToShow.emit()
    assert "undo" in offered(menu) and "replace" in offered(menu)
