"""The list of the settings' parts: it jumps, it follows, and the keyboard is enough."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget

from oralhistory.ui.app import Frame
from oralhistory.ui.look.parts import Parts
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]


@pytest.fixture
def parts(main: MainWindow, wait: Wait) -> Parts:
    main._go(main.settings_page)
    wait(lambda: not main.jobs.busy)
    return main.settings_page._parts


def names(parts: Parts) -> list[str]:
    listed = parts._list
    return [listed.item(at).text() for at in range(listed.count())]


def at_the_top(parts: Parts) -> bool:
    """Whether the card that is chosen is where the page begins, as far as the page goes on that long."""
    bar = parts.area.verticalScrollBar()
    return bar.value() in (parts._shown()[parts._list.currentRow()].y() - 8, bar.maximum())


def test_every_part_is_in_the_list_and_what_is_not_asked_is_not(parts: Parts, frame: Frame, wait: Wait) -> None:
    assert names(parts)[0] == "Language and look"
    assert "An older state was brought back" not in names(parts)
    assert len(names(parts)) == len(set(names(parts))) == len(parts._shown())
    frame.speak("ko")
    assert names(parts)[0] == "언어와 모양"
    frame.speak("en")


def test_arrow_keys_bring_a_part_and_return_goes_into_it(parts: Parts, app: QApplication, wait: Wait) -> None:
    listed = parts._list
    assert isinstance(listed, QListWidget)
    listed.setCurrentRow(names(parts).index("Topics"))
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    assert names(parts)[listed.currentRow()] == "Passphrase"
    wait(lambda: at_the_top(parts))
    QTest.keyClick(listed, Qt.Key.Key_Return)
    focused = app.focusWidget()
    assert focused is not None
    assert focused.objectName() == "settings_old_passphrase"


def test_what_is_in_view_is_what_the_list_says(parts: Parts) -> None:
    bar = parts.area.verticalScrollBar()
    bar.setValue(0)
    assert parts._list.currentRow() == 0
    bar.setValue(parts._shown()[4].y())
    assert parts._list.currentRow() == 4
    bar.setValue(bar.maximum())
    assert parts._list.currentRow() == len(names(parts)) - 1


def test_a_part_too_near_the_end_to_come_to_the_top_stays_chosen(parts: Parts) -> None:
    last_but_one = len(names(parts)) - 2
    parts._list.setCurrentRow(last_but_one)
    assert parts.area.verticalScrollBar().value() == parts.area.verticalScrollBar().maximum()
    assert parts._list.currentRow() == last_but_one


def test_fields_beside_each_other_are_level_however_long_their_names(parts: Parts, main: MainWindow, wait: Wait) -> None:
    names = ("settings_step_back", "settings_listening_pause", "settings_listening_day")
    fields = [one for name in names if (one := parts.findChild(QComboBox, name)) is not None]
    fields[0].parentWidget().setMaximumWidth(fields[0].sizeHint().width())  # type: ignore[union-attr]  # its name wraps
    wait(lambda: len({one.mapTo(parts, one.rect().topLeft()).y() for one in fields}) == 1)


def test_where_there_is_no_room_for_the_list_one_line_stands_for_it(parts: Parts, frame: Frame, wait: Wait) -> None:
    line = parts._line
    assert isinstance(line, QComboBox)
    assert not line.isVisible()
    assert parts._list.accessibleName() == line.accessibleName() == "Parts of the settings"
    frame.resize(820, 768)
    wait(line.isVisible)
    assert not parts._list.isVisible()
    line.setFocus()
    line.setCurrentIndex(0)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert line.currentIndex() == 1
    wait(lambda: at_the_top(parts))
    frame.resize(1280, 900)
    wait(parts._list.isVisible)
