"""What a question takes for an answer."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from oralhistory.ui.look.question import Question
from oralhistory.ui.look.theme import GRID


def test_a_key_that_is_held_down_answers_nothing(app: QApplication) -> None:
    over = QWidget()
    question = Question(over, "some_question", "Remove it?", yes=("yes", "Remove it"), no=("no", "Keep it"))
    question.open()

    def press(name: str, *, held: bool) -> None:
        at = question.findChild(QPushButton, name)
        assert at is not None
        pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", held)
        QApplication.sendEvent(at, pressed)

    for name in ("some_question_no", "some_question_yes"):
        press(name, held=True)
        assert question.isVisible()
    press("some_question_no", held=False)
    assert not question.isVisible()
    over.deleteLater()


def test_the_words_begin_where_everything_begins(app: QApplication) -> None:
    over = QWidget()
    question = Question(
        over, "some_question", "Remove it?", yes=("yes", "Remove it"), no=("no", "Keep it as it stands here"), told="For good."
    )
    question.open()
    assert {one.x() for one in question.findChildren(QLabel) if one.isVisible() and one.text()} == {2 * GRID}
    question.close()
    over.deleteLater()
