"""What holds for every button of the program."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QInputMethodEvent, QKeyEvent, QTextLayout, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QStyle, QStyleOptionComboBox, QToolButton, QWidget

from oralhistory import paths
from oralhistory.settings import SettingsFile
from oralhistory.ui.look import pieces
from oralhistory.ui.look.pieces import Choice, DropDown, button, line_edit
from oralhistory.ui.look.theme import Theme
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
    words = "the interviews that were recorded last come first"

    def picture(box: QComboBox, said: str, width: int = 160) -> QImage:
        box.addItem(said)
        box.resize(width, 32)
        return box.grab().toImage()

    box = DropDown()
    seen = picture(box, words)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box).width()
    told = box.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    assert told.endswith("…") and len(told) > 5
    assert seen == picture(DropDown(), told)
    assert seen != picture(QComboBox(), words), "where Qt cuts it"
    assert picture(DropDown(), words, 1_000) == picture(QComboBox(), words, 1_000), "what fits is painted as Qt paints it"


def test_words_stand_in_the_middle_of_a_field_in_each_script(app: QApplication) -> None:
    field = pieces.line_edit("a_name", Wording(), "Name")
    height = field.sizeHint().height()
    for words in ("어디에서", "文字", "Name", ""):
        field.setText(words)
        layout = QTextLayout(words, field.font())
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        spare = layout.boundingRect().height() - field.fontMetrics().height()
        margins = field.textMargins()
        assert margins.top() == pytest.approx(max(spare, 0) / 2, abs=0.6), words
        assert margins.top() + margins.bottom() == 0
        assert field.sizeHint().height() == height


def test_a_choice_that_is_to_stand_whole_asks_for_the_room_of_its_longest_words(app: QApplication) -> None:
    ways = [("a", "a passphrase"), ("b", "the recovery code as it was printed on paper")]
    broad, usual = (Choice("ways", Wording(), "What opens it", ways, whole=one) for one in (True, False))
    assert broad.minimumSizeHint().width() > broad.fontMetrics().horizontalAdvance(ways[1][1]) > usual.minimumSizeHint().width()


def test_the_button_that_empties_a_field_takes_the_colours_of_the_window(app: QApplication, settings: SettingsFile) -> None:
    theme = Theme(app, settings, paths.resources())
    field, drawn = pieces.line_edit("search", Wording(), "Search", clears=True), []
    for look in ("dark", "light"):
        settings.change(theme=look)
        theme.apply()
        drawn += [one.icon().pixmap(16).toImage() for one in field.findChildren(QToolButton)]
    app.setStyleSheet("")
    assert len(drawn) == 2 and drawn[0] != drawn[1]
    assert {one.pixelColor(0, 0).alpha() for one in drawn} == {0}, "its own drawing, without a ground"


def test_words_in_a_panel_take_the_colour_of_what_it_becomes(app: QApplication, settings: SettingsFile) -> None:
    theme, words = Theme(app, settings, paths.resources()), pieces.label()
    theme.apply()
    panel = pieces.card(words, role="note")
    panel.ensurePolished()
    words.ensurePolished()
    before = words.palette().color(words.foregroundRole())
    pieces.restyle(panel, "note_caution")
    now = words.palette().color(words.foregroundRole())
    app.setStyleSheet("")
    assert (before, now) == (theme.color("on_accent_soft"), theme.color("text"))


def test_all_fields_of_one_line_are_level(app: QApplication, settings: SettingsFile) -> None:
    theme, says = Theme(app, settings, paths.resources()), Wording()
    made = [pieces.line_edit("a", says, "A"), Choice("b", says, "B", [("c", "c")]), pieces.Number("d", says, "D", 1, 9)]
    heights = []
    for size in (100, 150):
        settings.change(text_size=size)
        theme.apply()
        heights += [{one.sizeHint().height() for one in made}]
    app.setStyleSheet("")
    assert [len(one) for one in heights] == [1, 1], heights


def test_what_stands_over_something_begins_with_a_capital_letter(app: QApplication) -> None:
    assert pieces.heading(Wording(), "who we are").text() == "Who we are"
    assert pieces.capital("저희가 누구인지") == "저희가 누구인지"
    assert pieces.capital("") == ""


@pytest.mark.parametrize("leave", ["another", "click", "hide"])
def test_a_line_keeps_the_syllable_that_is_being_composed_when_it_is_left(app: QApplication, leave: str) -> None:
    field = line_edit("name", Wording(), "Name")
    leave_composing(field, field, leave)
    assert field.text() == "a한"
    field.hide()
    assert field.text() == "a한", "once"


@pytest.mark.parametrize("leave", ["another", "click", "hide"])
def test_a_choice_in_which_one_may_write_keeps_it_too(app: QApplication, leave: str) -> None:
    box = DropDown()
    box.setEditable(True)
    box.addItem("a scan")
    box.setCurrentText("")
    field = box.lineEdit()
    assert field is not None
    leave_composing(box, field, leave)
    assert box.currentText() == "a한"


def leave_composing(whole: QWidget, field: QLineEdit, leave: str) -> None:
    """Write two letters, and leave while the second is being composed; `field` is `whole`, or in it."""
    whole.show()
    QTest.keyClicks(whole, "a")
    QCoreApplication.sendEvent(whole, QInputMethodEvent("한", []))
    assert field.text() == "a"
    if leave == "another":
        QCoreApplication.sendEvent(whole, QFocusEvent(QEvent.Type.FocusOut))
    elif leave == "click":
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    else:
        whole.hide()
