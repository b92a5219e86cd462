"""A bar keeps to one line: what has no room in it is found in the menu behind it, by mouse and by keys."""

from PySide6.QtWidgets import QMenu, QWidget

from oralhistory.ui.look.folding import Folding
from oralhistory.ui.look.pieces import button, column
from oralhistory.ui.look.wording import Wording
from tests.ui.conftest import Wait

SIZES = """
QPushButton { min-width: 100px; max-width: 100px; min-height: 30px; max-height: 30px; padding: 0; margin: 0; border: none; }
#more { min-width: 90px; max-width: 90px; }
"""
"""Whatever size of text another window of these tests had."""


def test_what_has_no_room_is_offered_in_the_menu(wait: Wait) -> None:
    says = Wording()
    names = ("one", "two", "three", "four")
    buttons = [button(one, says, one) for one in names]
    bar = QWidget()
    bar.setStyleSheet(SIZES)
    line = Folding("more", says, "More", *buttons, foldable=buttons[1:])
    bar.setLayout(column(line))
    pressed: list[str] = []
    buttons[3].clicked.connect(lambda: pressed.append("four"))
    bar.resize(500, 40)
    bar.show()
    wait(bar.isVisible)

    def within() -> list[str]:
        parts = [one for one in [*buttons, line.more] if one.isVisible()]
        return [one.objectName() for one in parts if bar.rect().contains(one.geometry())]

    wait(lambda: within() == list(names))
    line.offer(buttons[1], False)  # its owner's wish, which is none of the menu's
    bar.resize(310, 40)
    wait(lambda: within() == ["one", "three", "more"])
    assert line.heightForWidth(310) == line.heightForWidth(500)
    assert buttons[3].isHidden()
    menu = line.more.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["four"]
    menu.actions()[0].trigger()
    assert pressed == ["four"]
    bar.resize(500, 40)
    wait(lambda: within() == ["one", "three", "four"])
    line.offer(buttons[1], True)
    wait(lambda: within() == list(names))
    bar.resize(50, 40)  # nothing is gained: then everything stands in lines
    wait(line.more.isHidden)
    assert not any(one.isHidden() for one in buttons)
