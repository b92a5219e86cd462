"""What holds for every button of the program."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oralhistory.ui.look.pieces import button
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
