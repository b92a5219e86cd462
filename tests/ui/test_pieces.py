"""What holds for every button of the program."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox

from oralhistory.ui.look.pieces import DropDown, button
from oralhistory.ui.look.wording import Wording

Key = Qt.Key


def test_return_and_space_press_a_button_once_and_a_key_held_down_does_not(app: QApplication) -> None:
    made, pressed = button("go_on", Wording(), "Go on"), []
    made.clicked.connect(lambda: pressed.append(True))
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        QTest.keyClick(made, key)
    assert len(pressed) == 3
    QTest.keyClick(made, Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QApplication.sendEvent(made, held)
    made.setEnabled(False)
    QTest.keyClick(made, Key.Key_Return)
    assert len(pressed) == 3


def test_a_scroll_over_a_list_changes_no_answer_and_is_left_to_the_page(app: QApplication) -> None:
    box = DropDown()
    box.setEditable(True)
    box.addItems(["drawer 4", "a scan", "a clip"])
    nowhere, down = QPoint(), QPoint(0, -120)
    for part in (box, box.lineEdit()):
        turned = QWheelEvent(
            QPointF(2, 2), QPointF(2, 2), nowhere, down, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(part, turned)
        assert not turned.isAccepted()
    assert box.currentIndex() == 0


def test_a_choice_without_room_ends_with_an_ellipsis_and_never_inside_a_letter(app: QApplication) -> None:
    """As it looks when the words that fit, and "…", are all its words."""
    boxes, words = (DropDown(), DropDown()), "the interviews that were recorded last come first"
    for box in boxes:
        box.addItem(words)
        box.setStyleSheet("QComboBox { border: 1px solid; padding: 4px; } QComboBox::drop-down { border: none; width: 24px; }")
        box.resize(160, 32)
    long, cut = boxes
    option = QStyleOptionComboBox()
    long.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = long.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, long).width()
    fitting = long.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    assert fitting.endswith("…")
    cut.setItemText(0, fitting)
    one, other = long.grab().toImage(), cut.grab().toImage()
    differing = sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))
    assert differing < 20, "a letter's edge may fall otherwise, a letter may not"
